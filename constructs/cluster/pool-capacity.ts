import type { ICapacityReservation } from "./capacity-reservation";

/** A Capacity Block that was bought: GPUs or Trainium for a time fixed in advance, side by side in one zone. */
export interface CapacityBlock {
  /** Id of the block's reservation, `cr-…`. */
  readonly reservationId: string;
  /** Zone the block lies in. */
  readonly zone: string;
}

/** Instances out of an on-demand capacity reservation, and no others. */
export interface ReservedCapacity {
  /** The reservation: a `CapacityReservation`, or its id or resource group as plain values. */
  readonly reservation: ICapacityReservation;
  /** Never beside `reservation`. */
  readonly capacityBlock?: never;
}

/** Instances out of a Capacity Block, and no others. */
export interface CapacityBlockCapacity {
  /** The block. */
  readonly capacityBlock: CapacityBlock;
  /** Never beside `capacityBlock`. */
  readonly reservation?: never;
}

/**
 * Where a pool's instances come from. One choice of four: a block or a reservation cannot be spot too.
 *
 * - `"on-demand"`: at the list price, as long as EC2 has some.
 * - `"spot"`: spare instances, cheaper, taken back with two minutes' notice. EKS knows no highest price for them.
 * - `{ reservation }`: instances that are held, and paid, whether they run or not.
 * - `{ capacityBlock }`: instances bought for some days ahead.
 */
export type PoolCapacity = "on-demand" | "spot" | ReservedCapacity | CapacityBlockCapacity;

/** The kinds of capacity as the label `flightdeck.dev/capacity` names them. */
export type CapacityKind = "on-demand" | "spot" | "reservation" | "capacity-block";
