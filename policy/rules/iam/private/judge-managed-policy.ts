import type { RuleContext } from "../../../engine/context";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import type { Verdict } from "../../../engine/verdict";
import { allOf, fail, pass, unknown } from "../../../engine/verdict";

/** Arguments that attach policies of AWS, by type. */
const ATTACHED = {
  aws_iam_role: "managed_policy_arns",
  aws_iam_policy_attachment: "policy_arn",
  aws_iam_role_policy_attachment: "policy_arn",
  aws_iam_user_policy_attachment: "policy_arn",
  aws_iam_group_policy_attachment: "policy_arn",
  aws_ssoadmin_managed_policy_attachment: "managed_policy_arn",
} as const;

/** Types that attach a policy to somebody. */
export const ATTACHING_TYPES: readonly string[] = Object.keys(ATTACHED);

/**
 * Judges that a policy of AWS is not attached. A reference to a policy that is made here is one to another policy.
 *
 * @param policy name of the policy, e.g. `AdministratorAccess`
 */
export function judgeManagedPolicy(policy: string): (resource: Resource, context: RuleContext) => Verdict {
  return (resource, context) =>
    allOf(
      resource
        .each(ATTACHED[resource.type as keyof typeof ATTACHED])
        .filter((arn) => !arn.absent)
        .map((arn) => judgeArn(arn, policy, context)),
    );
}

function judgeArn(arn: Value, policy: string, { graph }: RuleContext): Verdict {
  const about = { attribute: arn.path, key: policy };
  const rule = `\`${arn.path}\` must not be the policy ${policy} of AWS`;
  if (arn.text?.endsWith(`:aws:policy/${policy}`)) return fail(rule, about);
  if (!arn.unknown || arn.text?.startsWith("arn:") || graph.targets(arn).some(({ mode }) => mode === "managed"))
    return pass();
  return unknown(`${rule}, and is known only after apply: ${arn.toString()}`, about);
}
