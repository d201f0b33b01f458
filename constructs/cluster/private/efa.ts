import type { LaunchTemplateNetworkInterfaces } from "@cdktf/provider-aws/lib/launch-template";
import { PlacementGroup } from "@cdktf/provider-aws/lib/placement-group";
import type { Construct } from "constructs";
import { findInstanceType, type InstanceType } from "../../../catalog";
import { Port } from "../../core/connections";
import { resourceName } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";
import { SecurityGroup } from "../../network/security-group";
import type { ICluster } from "../cluster";
import type { PoolSettings } from "./pool-settings";

/** Resource that the EFA device plugin counts interfaces as. */
export const EFA_RESOURCE = "vpc.amazonaws.com/efa";
/** Of a placement group's name. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html */
const LONGEST_NAME = 255;

/** Adds the rules for EFA: types that have it and agree, and one zone. */
export function checkEfa(checks: PropChecks, settings: PoolSettings, types: readonly InstanceType[]): void {
  const { efa, zones } = settings;
  if (efa === undefined) return;
  const without = types.filter((type) => type.efaInterfaces === 0).map((type) => type.name);
  checks.require(without.length === 0, "instanceTypes", "must be types with EFA, or `efa` be left out", without);
  const described = types.map((type) => `${type.name} (${type.efaInterfaces} of ${type.networkCards} cards)`);
  const layouts = new Set(types.map((type) => `${type.efaInterfaces}/${type.networkCards}`));
  const alike = "must have the same network cards, since one launch template lists the interfaces";
  checks.require(layouts.size <= 1 || without.length > 0, "instanceTypes", alike, described);
  const single = "must name one zone with `efa`: its traffic does not leave the zone";
  checks.require(zones?.length === 1, "zones", single, zones);
  const { interfaces } = efa;
  const most = Math.min(...types.map((type) => type.efaInterfaces));
  if (interfaces === undefined || types.length === 0 || most === 0) return;
  const within = Number.isInteger(interfaces) && interfaces >= 1 && interfaces <= most;
  const rule = `must be a whole number from 1 to ${most}, what ${types.map((type) => type.name).join(", ")} has`;
  checks.require(within, "efa.interfaces", rule, interfaces);
}

/** What EFA adds to a launch template. */
export interface EfaParts {
  readonly networkInterfaces: LaunchTemplateNetworkInterfaces[];
  readonly placementGroupName?: string;
}

/**
 * Defines what EFA needs: a security group that lets the nodes talk to one another freely, a placement group that puts them
 * side by side, and the list of interfaces, which must name all security groups.
 */
export function defineEfa(
  scope: Construct,
  cluster: ICluster,
  settings: PoolSettings,
  securityGroupIds: readonly string[],
): EfaParts | undefined {
  const { efa, instanceTypes, poolName } = settings;
  if (efa === undefined) return undefined;
  const group = new SecurityGroup(scope, "EfaSecurityGroup", {
    identity: cluster.identity,
    vpc: cluster.vpc,
    purpose: `${poolName}-efa`,
    description: `EFA traffic between the nodes of pool ${poolName}`,
  });
  // EFA passes by the operating system and takes only rules that name the group itself, not address ranges.
  group.connections.allowTo(group, Port.allTraffic(), "EFA traffic between the nodes");
  const type = findInstanceType(instanceTypes[0] ?? "");
  const groups = [...securityGroupIds, group.securityGroupId];
  return {
    networkInterfaces: networkInterfaces(type, efa.interfaces ?? type.efaInterfaces, groups),
    placementGroupName: placementGroupName(scope, cluster, settings),
  };
}

/** A reservation holds its instances where it was made: a group of another name finds none of them. */
function placementGroupName(scope: Construct, cluster: ICluster, settings: PoolSettings): string | undefined {
  const { efa, capacityTarget, poolName } = settings;
  if (efa?.placementGroupName !== undefined) return efa.placementGroupName;
  if (capacityTarget !== undefined) return capacityTarget.placementGroupName;
  const { project, stage } = cluster.identity;
  const name = resourceName([project, stage, poolName], { max: LONGEST_NAME });
  return new PlacementGroup(scope, "PlacementGroup", { name, strategy: "cluster", tags: { Name: name } }).name;
}

/**
 * The first card carries the node's address (`efa` is EFA and a normal interface in one), the others EFA alone, which takes no
 * addresses. Where the first card has no EFA (p6-b300), it is a normal interface and EFA begins on the second.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html
 * @see https://github.com/aws/aws-parallelcluster/issues/7143
 */
function networkInterfaces(
  { efaInterfaces, networkCards }: InstanceType,
  count: number,
  securityGroups: string[],
): LaunchTemplateNetworkInterfaces[] {
  const plainFirst = (networkCards ?? efaInterfaces) > efaInterfaces;
  const cards = Array.from({ length: plainFirst ? count + 1 : count }, (_, card) => card);
  return cards.map((card) => ({
    networkCardIndex: card,
    deviceIndex: card === 0 || plainFirst ? 0 : 1,
    interfaceType: interfaceType(card, plainFirst),
    deleteOnTermination: "true",
    securityGroups,
  }));
}

function interfaceType(card: number, plainFirst: boolean): string {
  if (card > 0) return "efa-only";
  return plainFirst ? "interface" : "efa";
}
