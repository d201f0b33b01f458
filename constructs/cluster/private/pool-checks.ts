import {
  type InstanceType,
  limits,
  nearestName,
  instanceTypes as allTypes,
  tryFindInstanceType,
} from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import { POOL_TAG } from "../../core/tags";
import type { ICluster } from "../cluster";
import type { PoolOptions } from "../pool-options";
import { checkEfa } from "./efa";
import { checkImage } from "./image-checks";
import { checkLabels, checkTaints } from "./label-checks";
import { checkOffHours } from "./off-hours-checks";
import { checkCapacity } from "./pool-capacity";
import type { PoolSettings } from "./pool-settings";
import { checkStorage, LARGEST_DISK_GIB } from "./storage-checks";

/** What a pool is checked against. */
export interface PoolRules {
  readonly cluster: ICluster;
  readonly smallestDisk: { readonly giB: number; readonly reason?: string };
}

const KEBAB_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** EKS allows 63 characters; the provider appends a hyphen and 26 of its own to make the name unique. */
const LONGEST_POOL_NAME = 36;
/** Of one network interface, less one for EFA's. @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MOST_SECURITY_GROUPS = 14;

/** Adds the rules that every kind of pool has. */
export function checkPool(checks: PropChecks, options: PoolOptions, settings: PoolSettings, rules: PoolRules): void {
  const { poolName, maxUnavailablePercentage, diskGiB } = settings;
  const name = `must be lower-case words joined by hyphens, at most ${LONGEST_POOL_NAME} characters`;
  checks.require(KEBAB_NAME.test(poolName) && poolName.length <= LONGEST_POOL_NAME, "poolName", name, poolName);
  checkInstanceTypes(checks, settings.instanceTypes);
  checkSizes(checks, settings);
  const { giB, reason } = rules.smallestDisk;
  const disk = `must be a whole number of GiB from ${giB}${reason ? `, ${reason},` : ""} to ${LARGEST_DISK_GIB}`;
  checks.require(Number.isInteger(diskGiB) && diskGiB >= giB && diskGiB <= LARGEST_DISK_GIB, "diskGiB", disk, diskGiB);
  checkZones(checks, settings.zones, rules.cluster.vpc.zones);
  checkLabels(checks, options.labels ?? {}, settings.labels);
  checkTaints(checks, options.taints ?? [], settings.taints);
  const share =
    Number.isInteger(maxUnavailablePercentage) && maxUnavailablePercentage >= 1 && maxUnavailablePercentage <= 100;
  checks.require(share, "maxUnavailablePercentage", "must be a whole number from 1 to 100", maxUnavailablePercentage);
  const types = knownTypes(settings.instanceTypes);
  checkCapacity(checks, options, types);
  checkStorage(checks, settings, types);
  checkImage(checks, rules.cluster, settings, types);
  checkEfa(checks, settings, types);
  if (settings.offHours !== undefined) checkOffHours(checks, settings.offHours);
  const groups = settings.securityGroups.length;
  const most = `must be at most ${MOST_SECURITY_GROUPS}, besides the cluster's and EFA's`;
  checks.require(groups <= MOST_SECURITY_GROUPS, "securityGroups", most, groups);
  const kept = `must not be \`${POOL_TAG}\`, by which costs are told apart`;
  checks.require(!Object.hasOwn(settings.instanceTags, POOL_TAG), `instanceTags["${POOL_TAG}"]`, kept, POOL_TAG);
}

/** The catalogue's entries for the names it knows; the others are reported by `checkPool`. */
export function knownTypes(names: readonly string[]): readonly InstanceType[] {
  return names.map(tryFindInstanceType).filter((type) => type !== undefined);
}

function checkInstanceTypes(checks: PropChecks, names: readonly string[]): void {
  const most = limits().eks.instanceTypesPerNodeGroupMax;
  checks.require(names.length >= 1 && names.length <= most, "instanceTypes", `must name 1 to ${most} types`, names);
  names.forEach((name, index) => {
    const prop = `instanceTypes[${index}]`;
    checks.require(names.indexOf(name) === index, prop, "must not be named twice", name);
    checks.require(
      tryFindInstanceType(name) !== undefined,
      prop,
      `must be an instance type of the catalogue${hint(name)}`,
      name,
    );
  });
  const types = knownTypes(names);
  const architectures = new Set(types.map((type) => type.arch));
  const described = types.map((type) => `${type.name} (${type.arch})`);
  checks.require(
    architectures.size <= 1,
    "instanceTypes",
    "must have one CPU architecture, since a group has one image",
    described,
  );
}

function hint(name: string): string {
  const nearest = nearestName(
    name,
    allTypes().map((type) => type.name),
  );
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}

function checkSizes(checks: PropChecks, { minSize, desiredSize, maxSize }: PoolSettings): void {
  const whole = Number.isInteger(minSize) && minSize >= 0;
  const max = Number.isInteger(maxSize) && maxSize >= 1;
  checks.require(whole, "minSize", "must be a whole number, 0 or more", minSize);
  checks.require(max, "maxSize", "must be a whole number, 1 or more", maxSize);
  if (!whole || !max) return;
  checks.require(maxSize >= minSize, "maxSize", `must be at least \`minSize\` (${minSize})`, maxSize);
  const within = Number.isInteger(desiredSize) && desiredSize >= minSize && desiredSize <= maxSize;
  const rule = `must be a whole number from \`minSize\` (${minSize}) to \`maxSize\` (${maxSize})`;
  checks.require(within || maxSize < minSize, "desiredSize", rule, desiredSize);
}

function checkZones(checks: PropChecks, zones: readonly string[] | undefined, allowed: readonly string[]): void {
  if (zones === undefined) return;
  checks.require(zones.length > 0, "zones", "must name at least one zone, or be left out", zones);
  zones.forEach((zone, index) => {
    const prop = `zones[${index}]`;
    checks.require(allowed.includes(zone), prop, `must be a zone of the cluster's VPC (${allowed.join(", ")})`, zone);
    checks.require(zones.indexOf(zone) === index, prop, "must not be named twice", zone);
  });
}
