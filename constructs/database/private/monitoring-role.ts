import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import { policyDocument } from "../../core/policy-document";

/** A role for Enhanced Monitoring. */
export interface MonitoringRole {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Its permissions: they must be there before the database and after it. */
  readonly permissions: ITerraformDependable;
}

/**
 * Defines the role in which RDS writes the measurements of one database.
 *
 * @param instanceName name of the database instance
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
export function defineMonitoringRole(
  scope: Construct,
  { project, stage, account, region }: EnvironmentIdentity,
  { name, instanceName }: { readonly name: string; readonly instanceName: string },
): MonitoringRole {
  const partition = partitionOf(region);
  const roleName = resourceName([project, stage, "rds", name, "monitoring"], { max: NAME_LIMITS.iamRole });
  const role = new IamRole(scope, "MonitoringRole", {
    name: roleName,
    description: `Enhanced Monitoring of the database ${instanceName}`,
    assumeRolePolicy: policyDocument([
      {
        principals: { Service: ["monitoring.rds.amazonaws.com"] },
        actions: ["sts:AssumeRole"],
        resources: [],
        conditions: {
          StringEquals: {
            "aws:SourceAccount": account,
            "aws:SourceArn": `arn:${partition}:rds:${region}:${account}:db:${instanceName}`,
          },
        },
      },
    ]),
    tags: { Name: roleName },
  });
  const permissions = new IamRolePolicyAttachment(scope, "MonitoringPermissions", {
    role: role.name,
    policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
  });
  return { roleArn: role.arn, permissions };
}
