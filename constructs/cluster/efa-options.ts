/** How a pool's nodes talk to one another over the Elastic Fabric Adapter. */
export interface EfaOptions {
  /**
   * EFA interfaces of each node, the first network cards first. Fewer than the type has leave bandwidth unused.
   *
   * @default - all that the instance type has
   */
  readonly interfaces?: number;
  /**
   * Name of an existing cluster placement group to start in: the one that a reservation was made in.
   *
   * @default - a group of the pool's own; with a reservation the reservation's, or none where it has none, and none with a
   * Capacity Block: EC2 puts those side by side itself, and a group of another name keeps the reserved instances from starting
   */
  readonly placementGroupName?: string;
}
