/** One thing that is wrong with what the policy checks were told. */
export interface PolicyProblem {
  /** File and line, or the path of the construct it was written on. */
  readonly where: string;
  /** What must be so, and what is. */
  readonly message: string;
}

const CODE = "INVALID_POLICY_INPUT";

/** Everything that is wrong with settings, waivers, approvals, baseline and own rules, one line per problem. */
export class PolicyInputError extends Error {
  readonly code: string = CODE;
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(({ where, message }) => `${where}: ${message}`).join("\n"));
    this.name = "PolicyInputError";
    this.problems = problems;
  }
}

/** Runs every step, and throws the problems of all of them together. */
export class ProblemCollector {
  private readonly problems: PolicyProblem[] = [];

  /** What the step returns; undefined when it threw a {@link PolicyInputError}, whose problems are kept. */
  try<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof PolicyInputError)) throw error;
      this.problems.push(...error.problems);
      return undefined;
    }
  }

  add(problems: readonly PolicyProblem[]): void {
    this.problems.push(...problems);
  }

  /** @throws PolicyInputError with all problems, when there are any */
  throwIfAny(): void {
    if (this.problems.length > 0) throw new PolicyInputError(this.problems);
  }
}
