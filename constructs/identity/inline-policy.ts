import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import type { IPrincipal, PolicyStatement } from "../core/grants";
import { policyDocument } from "../core/policy-document";

/** Which role the policy belongs to. */
export interface InlinePolicyProps {
  /** The construct of the role; the policy is defined in it as `Policy`. */
  readonly scope: Construct;
  /** Name of the role. */
  readonly roleName: string;
}

/**
 * All permissions of a role as one inline policy. It is defined with the first statement: a role that was granted nothing has
 * no policy, since AWS refuses an empty one.
 *
 * @example
 * const policy = new InlinePolicy({ scope: this, roleName: role.name });
 * policy.addToPolicy({ actions: ["sqs:ReceiveMessage"], resources: [queueArn] });
 */
export class InlinePolicy implements IPrincipal {
  private readonly statements: PolicyStatement[] = [];

  constructor(private readonly props: InlinePolicyProps) {
    props.scope.node.addValidation({ validate: () => this.validateSize() });
  }

  addToPolicy(statement: PolicyStatement): void {
    if (this.statements.length === 0) this.definePolicy();
    this.statements.push(statement);
  }

  private definePolicy(): void {
    new IamRolePolicy(this.props.scope, "Policy", {
      name: "permissions",
      role: this.props.roleName,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
  }

  /** References count with their placeholders, since real ARNs are not known yet: near the limit this is an estimate. */
  private validateSize(): string[] {
    const size = policyDocument(this.statements).length;
    if (size <= LONGEST_POLICY) return [];
    return [
      `The inline policy must have at most ${LONGEST_POLICY} characters (IAM), got ${size}: grant on fewer resources`,
    ];
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_POLICY = 10240;
