import { Ec2CapacityReservation } from "@cdktf/provider-aws/lib/ec2-capacity-reservation";
import { PlacementGroup } from "@cdktf/provider-aws/lib/placement-group";
import { Construct } from "constructs";
import { tryFindInstanceType } from "../../catalog";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, resourceName } from "../core/naming";
import { PropChecks } from "../core/prop-checks";

/** Capacity that is held for a pool: by the id of one reservation, or by a resource group of several. */
export interface ICapacityReservation {
  /** Id of the reservation, `cr-…`. One of this and `resourceGroupArn`. */
  readonly reservationId?: string;
  /** ARN of a resource group of reservations. One of this and `reservationId`. */
  readonly resourceGroupArn?: string;
  /** Zone the capacity lies in; unknown for a group over several. */
  readonly zone?: string;
  /** Instance type that is held; unknown for a group of several. */
  readonly instanceType?: string;
  /** Name of the cluster placement group the capacity was made in. */
  readonly placementGroupName?: string;
}

/** What a `CapacityReservation` is made of. */
export interface CapacityReservationProps {
  /** The environment the capacity is for. */
  readonly identity: EnvironmentIdentity;
  /** What it is for, in kebab-case, such as `training`: the last part of its name `<project>-<stage>-<purpose>`. */
  readonly purpose: string;
  /** Instance type that is held. It cannot be changed later. */
  readonly instanceType: string;
  /** Zone it is held in. It cannot be changed later. */
  readonly zone: string;
  /** Instances held, 1 to 1000: paid from the first minute, whether they run or not. */
  readonly instanceCount: number;
  /**
   * When the capacity is given back, in UTC, such as `2027-03-31T20:00:00Z`.
   *
   * @default - it is held until it is destroyed
   */
  readonly endDate?: string;
  /**
   * Whether the instances are held side by side, in a cluster placement group of its own, as training over EFA wants it. EC2
   * may have less of that. It cannot be changed later.
   *
   * @default false
   */
  readonly clusterPlacement?: boolean;
  /**
   * Whether Terraform refuses every plan that would give the capacity back: scarce types may not be had again.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** Existing capacity, as `ICapacityReservation` describes it. */
export type CapacityReservationAttributes = ICapacityReservation;

/**
 * Instances of one type that EC2 holds in one zone for those who name the reservation (targeted matching): a pool takes from
 * it with `capacity: { reservation }`, and nothing else uses it up.
 *
 * @example
 * const reservation = new CapacityReservation(this, "Reservation", {
 *   identity, purpose: "training", instanceType: "p5en.48xlarge", zone: "eu-central-1a", instanceCount: 4,
 * });
 * cluster.addGpuNodePool("TrainingPool", {
 *   poolName: "training", instanceTypes: ["p5en.48xlarge"], maxSize: 4, capacity: { reservation }, efa: true,
 * });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html
 */
export class CapacityReservation extends Construct implements ICapacityReservation {
  /**
   * Capacity that is held elsewhere.
   *
   * @throws ValidationError `INVALID_CAPACITY_RESERVATION_ATTRIBUTES` unless exactly one of id and resource group is given
   */
  static fromCapacityReservationAttributes(
    scope: Construct,
    id: string,
    attributes: CapacityReservationAttributes,
  ): ICapacityReservation {
    const { reservationId, resourceGroupArn } = attributes;
    const one = (reservationId === undefined) !== (resourceGroupArn === undefined);
    new PropChecks(new Construct(scope, id), "INVALID_CAPACITY_RESERVATION_ATTRIBUTES")
      .require(one, "reservationId", "must be given, or else `resourceGroupArn`, and not both", attributes)
      .throwIfAny();
    return { ...attributes };
  }

  readonly reservationId: string;
  /** ARN of the reservation. */
  readonly reservationArn: string;
  readonly zone: string;
  readonly instanceType: string;
  readonly placementGroupName?: string;

  /** @throws ValidationError `INVALID_CAPACITY_RESERVATION_PROPS` */
  constructor(scope: Construct, id: string, props: CapacityReservationProps) {
    super(scope, id);
    const { identity, purpose, instanceType, zone, instanceCount, endDate, clusterPlacement = false } = props;

    this.validateProps(props);

    const name = resourceName([identity.project, identity.stage, purpose], { max: LONGEST_NAME });
    const group = clusterPlacement
      ? new PlacementGroup(this, "PlacementGroup", { name, strategy: "cluster", tags: { Name: name } })
      : undefined;
    const reservation = new Ec2CapacityReservation(this, "Resource", {
      instanceType,
      instancePlatform: "Linux/UNIX",
      availabilityZone: zone,
      instanceCount,
      instanceMatchCriteria: "targeted",
      endDateType: endDate === undefined ? "unlimited" : "limited",
      endDate,
      placementGroupArn: group?.arn,
      tags: { Name: name },
      lifecycle: (props.deletionProtection ?? true) ? { preventDestroy: true } : undefined,
    });

    this.reservationId = reservation.id;
    this.reservationArn = reservation.arn;
    this.zone = zone;
    this.instanceType = instanceType;
    this.placementGroupName = group?.name;
  }

  private validateProps(props: CapacityReservationProps): void {
    const { identity, purpose, instanceType, zone, instanceCount, endDate } = props;
    const checks = checkIdentity(new PropChecks(this, "INVALID_CAPACITY_RESERVATION_PROPS"), identity);
    const words = "must be lower-case letters and digits, in words joined by single hyphens";
    checks.require(PURPOSE.test(purpose), "purpose", words, purpose);
    const known = tryFindInstanceType(instanceType) !== undefined;
    checks.require(known, "instanceType", "must be an instance type of the catalogue", instanceType);
    const { region } = identity;
    const ofRegion = zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
    checks.require(ofRegion, "zone", `must be a zone of ${region}, such as ${region}a`, zone);
    const counted = Number.isInteger(instanceCount) && instanceCount >= 1 && instanceCount <= MOST_INSTANCES;
    checks.require(counted, "instanceCount", `must be a whole number from 1 to ${MOST_INSTANCES}`, instanceCount);
    const dated = endDate === undefined || (UTC_TIME.test(endDate) && !Number.isNaN(Date.parse(endDate)));
    checks.require(dated, "endDate", "must be a time in UTC, such as 2027-03-31T20:00:00Z", endDate);
    checks.throwIfAny();
  }
}

const PURPOSE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const UTC_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
/** Of a placement group's name. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html */
const LONGEST_NAME = 255;
const MOST_INSTANCES = 1000;
