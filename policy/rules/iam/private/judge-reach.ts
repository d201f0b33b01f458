import type { RuleContext } from "../../../engine/context";
import type { Statement } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import type { Verdict } from "../../../engine/verdict";
import { allOf, fail, notApplicable, pass } from "../../../engine/verdict";
import { openGrantsOf } from "./open-grants";
import type { OpenGrant, Reach } from "./open-grants";

/**
 * Judges the policies of a resource by one kind of grant. A policy that is known only later is reported by one rule,
 * `iam-no-admin-policy`, and not by all of them.
 *
 * @param why what is wrong with such a grant, as the end of a sentence about the action
 */
export function judgeReach(reach: Reach, why: string): (resource: Resource, context: RuleContext) => Verdict {
  return (resource, { graph }) => {
    const { policies, grants } = openGrantsOf(resource, graph);
    const ofKind = grants.filter((grant) => grant.reach === reach);
    if (ofKind.length === 0) return policies > 0 ? pass() : notApplicable();
    const statements = [...new Set(ofKind.map(({ statement }) => statement))];
    return allOf(
      statements.map((one) => {
        const inIt = ofKind.filter(({ statement }) => statement === one);
        return faultOf(inIt, one, why);
      }),
    );
  };
}

const MOST_SHOWN = 3;

/** One fault for a statement, however many of its actions are of the kind. */
function faultOf(grants: readonly OpenGrant[], { sid }: Statement, why: string): Verdict {
  const attribute = grants[0]?.attribute ?? "policy";
  const which = sid === undefined ? "" : ` in statement ${sid}`;
  const more = grants.length > MOST_SHOWN ? ` and ${grants.length - MOST_SHOWN} more` : "";
  const actions = grants.slice(0, MOST_SHOWN).map(shown).join(", ") + more;
  return fail(`\`${attribute}\` must not allow ${actions}${which} ${why}`, {
    attribute,
    key: `Action::${grants.map(({ action }) => action).join(",")}`,
  });
}

/** The action as written, with one that it stands for where that is not the same or plain. */
function shown({ action, example }: OpenGrant): string {
  const plain = action.toLowerCase() === example.toLowerCase() || /^(.+:)?[*:]+$/.test(action);
  return plain ? `"${action}"` : `"${action}" (${example})`;
}
