import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "./errors";
import type { PropProblem } from "./errors";

/**
 * Collects every problem of one props object and throws them together.
 *
 * @example
 * new PropChecks(this, "INVALID_KEY_PROPS")
 *   .require(days >= 7 && days <= 30, "deletionWindowDays", "must be between 7 and 30 days", days)
 *   .throwIfAny();
 */
export class PropChecks {
  private readonly problems: PropProblem[] = [];

  /**
   * @param scope the construct whose props are checked, named in the message; none for plain functions
   * @param code stable code of the error thrown
   */
  constructor(
    private readonly scope: IConstruct | undefined,
    private readonly code: string,
  ) {}

  /**
   * Records a problem unless `ok`. A value known only after apply (a reference to another resource) passes every check,
   * since nothing can be said about it at synthesis.
   */
  require(ok: boolean, prop: string, rule: string, got: unknown): this {
    if (!ok && !Token.isUnresolved(got)) this.problems.push({ prop, rule, got });
    return this;
  }

  /** @throws ValidationError with all recorded problems, when there are any */
  throwIfAny(): void {
    if (this.problems.length > 0) throw new ValidationError(this.code, this.problems, this.scope);
  }
}
