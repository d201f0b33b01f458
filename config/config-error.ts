/** One thing that is wrong with the configuration, with everything needed to mend it. */
export interface ConfigProblem {
  /** File it is in, relative to the repository's root; a folder when a file is missing. */
  readonly file: string;
  /** Line of the value, counted from 1; of the nearest key around it when the value is missing. */
  readonly line?: number;
  /** Path of the value, as in `nodePools.gpu.l4.instanceTypes[0]`; empty for the whole file. */
  readonly path: string;
  /** The rule that is broken, as in `must be 12 digits`. */
  readonly rule: string;
  /** The value found; absent when nothing was found. */
  readonly got?: unknown;
  /** What would be accepted, in words. */
  readonly allowed?: string;
}

const CODE = "CONFIG_INVALID";

/** Everything that is wrong with the configuration, found in one pass. The message is fit for a user, one line per problem. */
export class ConfigError extends Error {
  readonly code: string = CODE;
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** One problem on one line: `file:line path: rule, got value; allowed: …`. */
export function formatProblem(problem: ConfigProblem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const where = problem.path === "" ? place : `${place} ${problem.path}`;
  const got = "got" in problem && problem.got !== undefined ? `, got ${formatValue(problem.got)}` : "";
  const allowed = problem.allowed === undefined ? "" : `; allowed: ${problem.allowed}`;
  return `${where}: ${problem.rule}${got}${allowed}`;
}

const LONGEST_VALUE = 80;

function formatValue(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
