import type { AwsPort } from "../contract";
import { invalidParameter, type ErrorSubject } from "../errors";
import { at, callXml, items, text } from "./aws-xml";

/** What EKS wants to know of a subnet. */
export interface SubnetFacts {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  /** IPv4 range in CIDR notation. */
  readonly cidr: string;
}

/**
 * Looks up subnets.
 *
 * @throws EksApiError InvalidParameterException when one is missing
 */
export async function describeSubnets(
  aws: AwsPort,
  ids: readonly string[],
  subject: ErrorSubject,
): Promise<SubnetFacts[]> {
  const params = Object.fromEntries([...new Set(ids)].map((id, index) => [`SubnetId.${index + 1}`, id]));
  const result = await callXml(aws, "ec2", "DescribeSubnets", params);
  if (!result.ok) throw invalidParameter(`${result.error.message} (${result.error.code})`, subject);
  return items(at(result.node, "subnetSet")).map((item) => ({
    id: text(item, "subnetId"),
    vpcId: text(item, "vpcId"),
    zone: text(item, "availabilityZone"),
    cidr: text(item, "cidrBlock"),
  }));
}
