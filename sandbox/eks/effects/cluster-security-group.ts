import { createHash } from "node:crypto";

import type { AwsPort } from "../contract";
import { EksApiError, invalidParameter, type ErrorSubject } from "../errors";
import { callXml, text } from "./aws-xml";

/** Which cluster the group is for. */
export interface SecurityGroupOwner {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly vpcId: string;
  /** Makes the number in the name differ from an earlier cluster's of the same name. */
  readonly now: number;
}

/**
 * Defines the cluster security group as EKS does: all traffic among its members, tagged as owned by the cluster.
 *
 * @returns id of the group
 */
export async function createClusterSecurityGroup(aws: AwsPort, owner: SecurityGroupOwner): Promise<string> {
  const { clusterName, vpcId } = owner;
  const name = `eks-cluster-sg-${clusterName}-${numberFor(owner)}`;
  const tags = { Name: name, [`kubernetes.io/cluster/${clusterName}`]: "owned" };
  const params: Record<string, string> = {
    GroupName: name,
    GroupDescription:
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
    VpcId: vpcId,
    "TagSpecification.1.ResourceType": "security-group",
  };
  for (const [index, [key, value]] of Object.entries(tags).entries()) {
    params[`TagSpecification.1.Tag.${index + 1}.Key`] = key;
    params[`TagSpecification.1.Tag.${index + 1}.Value`] = value;
  }
  const created = await callXml(aws, "ec2", "CreateSecurityGroup", params);
  if (!created.ok) throw serverError("CreateSecurityGroup", created.error.message, { clusterName });
  const groupId = text(created.node, "groupId");
  const allowed = await callXml(aws, "ec2", "AuthorizeSecurityGroupIngress", {
    GroupId: groupId,
    "IpPermissions.1.IpProtocol": "-1",
    "IpPermissions.1.Groups.1.GroupId": groupId,
  });
  if (!allowed.ok) throw serverError("AuthorizeSecurityGroupIngress", allowed.error.message, { clusterName });
  return groupId;
}

/**
 * Deletes the cluster security group. One that others still refer to is left, as EKS leaves it.
 *
 * @returns whether it is gone
 */
export async function deleteClusterSecurityGroup(aws: AwsPort, groupId: string): Promise<boolean> {
  const result = await callXml(aws, "ec2", "DeleteSecurityGroup", { GroupId: groupId });
  return result.ok || result.error.code === "InvalidGroup.NotFound";
}

/**
 * Checks that security groups exist.
 *
 * @throws EksApiError InvalidParameterException
 */
export async function requireSecurityGroups(
  aws: AwsPort,
  ids: readonly string[],
  subject: ErrorSubject,
): Promise<void> {
  if (ids.length === 0) return;
  const params = Object.fromEntries(ids.map((id, index) => [`GroupId.${index + 1}`, id]));
  const result = await callXml(aws, "ec2", "DescribeSecurityGroups", params);
  if (!result.ok) throw invalidParameter(`${result.error.message} (${result.error.code})`, subject);
}

function numberFor(owner: SecurityGroupOwner): string {
  const digest = createHash("sha256").update(JSON.stringify(owner)).digest();
  return String(digest.readUInt32BE(0)).padStart(10, "0");
}

function serverError(action: string, message: string, subject: ErrorSubject): EksApiError {
  return new EksApiError("ServerException", `ec2:${action} failed: ${message}`, subject);
}
