import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { EnvironmentIdentity } from "../../core/naming";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";
import type { ICiProvider } from "../ci-provider";
import { InlinePolicy } from "../inline-policy";
import { type Rule, rulesDocument } from "./rules-document";
import { type Subjects, trustDocument } from "./ci-trust";

/** What a role for pipelines is made of. */
export interface CiRoleProps {
  /** The environment the role belongs to. */
  readonly identity: EnvironmentIdentity;
  /** Whose tokens the role takes. */
  readonly provider: ICiProvider;
  /** What the role is for: the last part of its name `<project>-<stage>-ci-<system>-<purpose>`. */
  readonly purpose: string;
  /** What the role is for, as a sentence. */
  readonly description: string;
  /** Whose jobs may take the role. */
  readonly subjects: Subjects;
  /** What the role may do. */
  readonly rules: readonly Rule[];
  /** Longest session, in hours. */
  readonly sessionHours: number;
  /**
   * ARN of the policy that bounds the role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
}

/** The resources of a role for pipelines, defined in the construct that has the role. */
export class CiRole {
  readonly roleArn: string;
  readonly roleName: string;
  readonly grantPrincipal: InlinePolicy;

  constructor(scope: Construct, props: CiRoleProps) {
    const { identity, provider, purpose, description, rules, sessionHours } = props;
    const name = resourceName([identity.project, identity.stage, "ci", provider.system, purpose], {
      max: NAME_LIMITS.iamRole,
    });
    const role = new IamRole(scope, "Resource", {
      name,
      description,
      assumeRolePolicy: trustDocument(provider, props.subjects),
      maxSessionDuration: sessionHours * 3600,
      permissionsBoundary: props.permissionsBoundaryArn,
      tags: { Name: name },
    });
    new IamRolePolicy(scope, "Permissions", { name: purpose, role: role.name, policy: rulesDocument(rules) });

    this.roleArn = role.arn;
    this.roleName = role.name;
    this.grantPrincipal = new InlinePolicy({ scope, roleName: role.name });
  }
}

/** Adds the rule for the length of sessions. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function checkSessionHours(checks: PropChecks, hours: number): PropChecks {
  const inRange = Number.isInteger(hours) && hours >= 1 && hours <= 12;
  return checks.require(inRange, "sessionHours", "must be a whole number of hours from 1 to 12", hours);
}
