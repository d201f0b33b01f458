import { internalCall } from "../../gateway/aws-port";
import { AwsFault } from "./aws-fault";
import type { Subnet } from "./cache-state";
import type { OperationContext } from "./operation";

/** The subnets of those ids, with the VPC they are all in. */
export async function findSubnets(
  ids: readonly string[],
  context: OperationContext,
): Promise<{ readonly vpcId: string; readonly subnets: readonly Subnet[] }> {
  const answer = await describe("DescribeSubnets", "SubnetId", ids, context);
  if (answer === undefined)
    throw new AwsFault("InvalidSubnet", `Some input subnets in :[${ids.join(", ")}] are invalid.`);
  const items = answer.split("<subnetId>").slice(1);
  const zones = new Map(items.map((item) => [item.slice(0, item.indexOf("<")), tagged(item, "availabilityZone")]));
  const vpcs = [...new Set([...answer.matchAll(/<vpcId>([^<]+)<\/vpcId>/g)].map(([, id = ""]) => id))];
  const [vpcId = "", ...others] = vpcs;
  if (others.length > 0) throw AwsFault.invalidValue(`The subnets must all be in one VPC, not in ${vpcs.join(", ")}.`);
  return { vpcId, subnets: ids.map((id) => ({ id, zone: zones.get(id) ?? "" })) };
}

/** Refuses security groups that are not there. */
export async function requireSecurityGroups(ids: readonly string[], context: OperationContext): Promise<void> {
  const answer = await describe("DescribeSecurityGroups", "GroupId", ids, context);
  if (answer === undefined) throw AwsFault.invalidValue(`Some security groups are invalid: ${ids.join(", ")}.`);
}

async function describe(
  action: string,
  parameter: string,
  ids: readonly string[],
  { call, moto }: OperationContext,
): Promise<string | undefined> {
  if (ids.length === 0) return "";
  const { account, principal, region } = call;
  const given = ids.map((id, index): [string, string] => [`${parameter}.${index + 1}`, id]);
  const body = new URLSearchParams([["Action", action], ["Version", "2016-11-15"], ...given]).toString();
  const headers = ["content-type", "application/x-www-form-urlencoded; charset=utf-8"];
  const response = await moto(
    internalCall({ account, principal, region, service: "ec2", method: "POST", url: "/", headers, body }),
  );
  return response.status === 200 ? response.body.toString("utf8") : undefined;
}

function tagged(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
}
