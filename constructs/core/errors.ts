import type { IConstruct } from "constructs";
import { describeValue } from "./private/describe-value";

/** Base of every error this library throws on purpose: `code` is stable, the message is meant for people. */
export class FlightdeckError extends Error {
  /** Stable identifier in UPPER_SNAKE_CASE: tests and callers match on it, never on the message. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** One broken rule of one prop. */
export interface PropProblem {
  /** Path of the prop inside its props object, such as `scaling.maxSize` or `zones[1]`. */
  readonly prop: string;
  /** The rule and what it allows, starting with a verb: "must be at least `minSize` (2)". */
  readonly rule: string;
  /** The value that broke the rule. */
  readonly got: unknown;
}

/**
 * Props that break the rules of a construct. The message has one line per problem and ends with the path of the construct:
 *
 *     `maxSize` must be at least `minSize` (2), got 1
 *       in atlas-dev-cluster/GpuPool
 */
export class ValidationError extends FlightdeckError {
  /** The broken rules, in the order in which they were found. Empty when the error was given as text. */
  readonly problems: readonly PropProblem[];

  constructor(code: string, problems: readonly PropProblem[] | string, scope?: IConstruct) {
    const lines = typeof problems === "string" ? [problems] : problems.map(problemLine);
    super(code, [...lines, ...(scope ? [`  in ${scope.node.path}`] : [])].join("\n"));
    this.problems = typeof problems === "string" ? [] : [...problems];
  }
}

function problemLine({ prop, rule, got }: PropProblem): string {
  return `\`${prop}\` ${rule}, got ${describeValue(got)}`;
}
