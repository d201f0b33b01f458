import type { TerraformStack } from "cdktf";
import type { IGrantable } from "../../constructs/core/grants";
import { PodRole } from "../../constructs/identity/pod-role";
import { type PolicyJson, type RequestContext } from "../support/iam-evaluation";
import { synth, testStack } from "../support/synth";

/** Actions that a grant must allow on one resource. */
export interface Allowance {
  readonly actions: readonly string[];
  /** ARN of the resource; `*` for actions that know none. */
  readonly resource: string;
  /** Condition keys without which the request must be denied; none when it is allowed in any case. */
  readonly context?: RequestContext;
}

/** One way to give permissions, and all that it may allow. */
export interface GrantCase {
  /** File below `constructs` and method, as `encryption/key.grantDecrypt`. */
  readonly method: string;
  /** What is special about it: `imported`, `with a prefix`. */
  readonly variant: string;
  readonly grant: (stack: TerraformStack, grantee: IGrantable) => void;
  /** Everything that must be allowed; all else must be denied, on these resources and on the others. */
  readonly allows: readonly Allowance[];
  /** ARNs of neighbours, on which everything must be denied. */
  readonly others: readonly string[];
  /** ARNs that references stand for, by `<resource type>.<attribute>`. */
  readonly references?: Readonly<Record<string, string>>;
  /** Further contexts to try, which must allow no more. */
  readonly contexts?: readonly RequestContext[];
}

/** The policy that a role has after the grant, read from the synthesised stack, with ARNs in place of references. */
export function synthesisedPolicy({ method, grant, references = {} }: GrantCase): PolicyJson {
  const stack = testStack();
  const roleArn = "arn:aws:iam::111111111111:role/grantee";
  grant(stack, PodRole.fromPodRoleAttributes(stack, "Grantee", { roleArn }));
  const { policy } = synth(stack).resource("aws_iam_role_policy", "Grantee/Policy");
  const text = String(policy).replace(/\$\{(\w+)\.\w+\.([^}]+)\}/g, (_, type: string, attribute: string) => {
    const arn = references[`${type}.${attribute}`];
    if (arn === undefined) throw new Error(`${method}: say what ${type}.${attribute} stands for, in \`references\``);
    return arn;
  });
  return JSON.parse(text) as PolicyJson;
}
