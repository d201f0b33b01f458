import type { RuleContext } from "../../../engine/context";
import type { Statement } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import type { Verdict } from "../../../engine/verdict";
import { allOf, fail, notApplicable, pass } from "../../../engine/verdict";
import { policiesOf } from "./policies";

/** What is wrong with a statement. */
export interface StatementFault {
  /** Starts with a verb: `must not allow …`. */
  readonly fault: string;
  readonly key: string;
}

/** Judges the policies of a resource statement by statement; what cannot be read is left to `iam-no-admin-policy`. */
export function judgeStatements(
  judge: (statement: Statement) => StatementFault | undefined,
): (resource: Resource, context: RuleContext) => Verdict {
  return (resource, { graph }) => {
    const policies = policiesOf(resource, graph).filter(({ document }) => document !== undefined);
    if (policies.length === 0) return notApplicable();
    const faults = policies.flatMap(({ value, document }) =>
      (document?.statements ?? []).flatMap((statement) => {
        const found = judge(statement);
        return found ? fail(`\`${value.path}\` ${found.fault}`, { attribute: value.path, key: found.key }) : [];
      }),
    );
    return faults.length > 0 ? allOf(faults) : pass();
  };
}
