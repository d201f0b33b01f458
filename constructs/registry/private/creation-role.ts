import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../../core/naming";
import { policyDocument } from "../../core/policy-document";
import type { IKey } from "../../encryption/key";
import { MAKE_REPOSITORY_ACTIONS, REPOSITORY_KEY_ACTIONS } from "../perms";
import { repositoryArn } from "./registry-address";

/** A role in which ECR makes repositories. */
export interface CreationRole {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Its permissions: they must be there as long as the template is. */
  readonly permissions: ITerraformDependable;
}

/**
 * Defines the role in which ECR makes the repositories below a prefix. It asks for one when they have a key of one's own.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html
 */
export function defineCreationRole(
  scope: Construct,
  identity: EnvironmentIdentity,
  { prefix, encryptionKey }: { readonly prefix: string; readonly encryptionKey: IKey },
): CreationRole {
  const { project, stage } = identity;
  const part = prefix.replace(`${project}-${stage}/`, "").replace(/[^a-z0-9]+/g, "-");
  const name = resourceName([project, stage, "ecr", part], { max: NAME_LIMITS.iamRole });
  const role = new IamRole(scope, "CreationRole", {
    name,
    description: `ECR makes the repositories ${prefix}/*`,
    assumeRolePolicy: policyDocument([
      { principals: { Service: ["ecr.amazonaws.com"] }, actions: ["sts:AssumeRole"], resources: [] },
    ]),
    tags: { Name: name },
  });
  const permissions = new IamRolePolicy(scope, "CreationPermissions", {
    name: "make-repositories",
    role: role.name,
    policy: policyDocument([
      { actions: MAKE_REPOSITORY_ACTIONS, resources: [repositoryArn(identity, `${prefix}/*`)] },
      { actions: REPOSITORY_KEY_ACTIONS, resources: [encryptionKey.keyArn] },
    ]),
  });
  return { roleArn: role.arn, permissions };
}
