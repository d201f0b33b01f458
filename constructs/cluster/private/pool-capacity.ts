import type { InstanceType } from "../../../catalog";
import { hasCapacityBlocks } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { ICapacityReservation } from "../capacity-reservation";
import type { CapacityBlock, CapacityKind, PoolCapacity } from "../pool-capacity";
import type { PoolOptions } from "../pool-options";

/** What a launch template aims at. */
export interface CapacityTarget {
  readonly reservationId?: string;
  readonly resourceGroupArn?: string;
  readonly placementGroupName?: string;
}

const RESERVATION_ID = /^cr-([0-9a-f]{8}|[0-9a-f]{17})$/;
const RESERVATION_ID_RULE = "must be the id of a capacity reservation, `cr-` and 8 or 17 hexadecimal digits";
const GROUP_ARN = /^arn:aws[a-z-]*:resource-groups:[a-z0-9-]+:\d{12}:group\/[\w.-]{1,300}$/;

/** The kind of capacity; an object that is neither counts as on-demand, and is reported by `checkCapacity`. */
export function capacityKind(capacity: PoolCapacity): CapacityKind {
  if (typeof capacity === "string") return capacity;
  if (capacity.capacityBlock !== undefined) return "capacity-block";
  return capacity.reservation === undefined ? "on-demand" : "reservation";
}

/** What the instances are taken out of; nothing for on-demand and spot. */
export function capacityTarget(capacity: PoolCapacity): CapacityTarget | undefined {
  if (typeof capacity === "string") return undefined;
  if (capacity.capacityBlock !== undefined) return { reservationId: capacity.capacityBlock.reservationId };
  const { reservationId, resourceGroupArn, placementGroupName } = capacity.reservation ?? {};
  return { reservationId, resourceGroupArn, placementGroupName };
}

/** The zone the capacity lies in, where it lies in one. */
export function capacityZone(capacity: PoolCapacity): string | undefined {
  if (typeof capacity === "string") return undefined;
  return capacity.capacityBlock?.zone ?? capacity.reservation?.zone;
}

/** Adds the rules for where the instances come from. The names of zones themselves are checked by `checkPool`. */
export function checkCapacity(checks: PropChecks, options: PoolOptions, types: readonly InstanceType[]): void {
  const { capacity } = options;
  if (capacity === undefined || capacity === "on-demand" || capacity === "spot") return;
  const { reservation, capacityBlock } = typeof capacity === "object" ? asGiven(capacity) : {};
  const one = (reservation === undefined) !== (capacityBlock === undefined);
  const choice = 'must be "on-demand", "spot", or one of `{ reservation }` and `{ capacityBlock }`';
  checks.require(one, "capacity", choice, capacity);
  if (!one) return;
  checkZoneChoice(checks, options);
  if (reservation !== undefined) checkReservation(checks, reservation, options);
  if (capacityBlock !== undefined) checkCapacityBlock(checks, capacityBlock, options, types);
}

/** What the type forbids can still be handed over by callers without types. */
function asGiven(capacity: object): { reservation?: ICapacityReservation; capacityBlock?: CapacityBlock } {
  return capacity;
}

function checkZoneChoice(checks: PropChecks, { capacity = "on-demand", zones }: PoolOptions): void {
  const zone = capacityZone(capacity);
  if (zone === undefined || zones === undefined) return;
  const same = zones.length === 1 && zones[0] === zone;
  checks.require(same, "zones", `must be left out, or be the zone of the capacity (${zone})`, zones);
}

function checkReservation(checks: PropChecks, reservation: ICapacityReservation, options: PoolOptions): void {
  const { reservationId, resourceGroupArn, zone, instanceType } = reservation;
  const { instanceTypes, zones } = options;
  const prop = "capacity.reservation";
  const one = (reservationId === undefined) !== (resourceGroupArn === undefined);
  checks.require(one, prop, "must have one of `reservationId` and `resourceGroupArn`", reservation);
  if (resourceGroupArn !== undefined) {
    const rule = "must be the ARN of a resource group";
    checks.require(GROUP_ARN.test(resourceGroupArn), `${prop}.resourceGroupArn`, rule, resourceGroupArn);
  }
  if (reservationId === undefined) return;
  checks.require(RESERVATION_ID.test(reservationId), `${prop}.reservationId`, RESERVATION_ID_RULE, reservationId);
  const single = "must name one type, the one that the reservation holds";
  checks.require(instanceTypes.length === 1, "instanceTypes", single, instanceTypes);
  const fits = instanceType === undefined || instanceTypes.every((name) => name === instanceType);
  checks.require(fits, "instanceTypes", `must be the type that the reservation holds (${instanceType})`, instanceTypes);
  const oneZone = zone !== undefined || zones?.length === 1;
  checks.require(oneZone, "zones", "must name the one zone that the reservation lies in", zones);
}

function checkCapacityBlock(
  checks: PropChecks,
  { reservationId }: CapacityBlock,
  options: PoolOptions,
  types: readonly InstanceType[],
): void {
  const { instanceTypes, minSize = 0, offHours } = options;
  const id = "capacity.capacityBlock.reservationId";
  checks.require(RESERVATION_ID.test(reservationId), id, RESERVATION_ID_RULE, reservationId);
  const single = "must name one type, the one that was bought";
  checks.require(instanceTypes.length === 1, "instanceTypes", single, instanceTypes);
  const unsold = types.filter((type) => !hasCapacityBlocks(type)).map((type) => type.name);
  checks.require(unsold.length === 0, "instanceTypes", "must be a type that Capacity Blocks are sold of", unsold);
  const empty = "must be 0 with a Capacity Block: EKS scales the pool to zero 40 minutes before the block ends";
  checks.require(minSize === 0, "minSize", empty, minSize);
  const always = "must be left out with a Capacity Block, which is paid in advance";
  checks.require(offHours === undefined, "offHours", always, offHours);
}
