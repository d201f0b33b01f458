import { CapacityReservation, type CapacityReservationProps } from "../../../constructs/cluster/capacity-reservation";
import { GpuNodePool } from "../../../constructs/cluster/gpu-node-pool";
import { importedCluster } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: CapacityReservationProps = {
  identity: IDENTITY,
  purpose: "training",
  instanceType: "p5en.48xlarge",
  zone: "eu-central-1a",
  instanceCount: 2,
};
const reservationWith = (props: Partial<CapacityReservationProps> = {}) =>
  synthesize((stack) => {
    new CapacityReservation(stack, "Reservation", { ...MINIMAL, ...props });
  });
const refused = (props: Partial<CapacityReservationProps>) =>
  failure(() => new CapacityReservation(testStack(), "Reservation", { ...MINIMAL, ...props }));

describe("CapacityReservation with minimal props", () => {
  const out = reservationWith();

  test("holds the instances until it is destroyed, for those alone who name it", () => {
    expect(out.resource("aws_ec2_capacity_reservation")).toEqual({
      instance_type: "p5en.48xlarge",
      instance_platform: "Linux/UNIX",
      availability_zone: "eu-central-1a",
      instance_count: 2,
      instance_match_criteria: "targeted",
      end_date_type: "unlimited",
      tags: { Name: "atlas-dev-training" },
      lifecycle: { prevent_destroy: true },
    });
    expect(out.resources("aws_placement_group")).toEqual({});
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_ec2_capacity_reservation")).toEqual({
      "Reservation/Resource": "aws_ec2_capacity_reservation.Reservation_658FFB35",
    });
  });
});

test("CapacityReservation with every prop ends at its date and holds the instances side by side", () => {
  const out = reservationWith({ endDate: "2027-03-31T20:00:00Z", clusterPlacement: true, deletionProtection: false });
  const reservation = out.resource("aws_ec2_capacity_reservation");
  expect(reservation).toMatchObject({
    end_date_type: "limited",
    end_date: "2027-03-31T20:00:00Z",
    placement_group_arn: expect.stringMatching(/^\$\{aws_placement_group\.\w+\.arn\}$/) as string,
  });
  expect(reservation["lifecycle"]).toBeUndefined();
  expect(out.resource("aws_placement_group")).toMatchObject({ name: "atlas-dev-training", strategy: "cluster" });
});

test("a pool takes from it, in its zone and its placement group", () => {
  const out = synthesize((stack) => {
    const reservation = new CapacityReservation(stack, "Reservation", { ...MINIMAL, clusterPlacement: true });
    const pool = { poolName: "training", instanceTypes: ["p5en.48xlarge"], maxSize: 2 };
    new GpuNodePool(stack, "Pool", {
      cluster: importedCluster(stack),
      ...pool,
      capacity: { reservation },
      efa: true,
    });
  });
  expect(out.resource("aws_eks_node_group")).toMatchObject({ subnet_ids: ["subnet-a"] });
  expect(out.resource("aws_launch_template")).toMatchObject({
    capacity_reservation_specification: {
      capacity_reservation_target: {
        capacity_reservation_id: "${aws_ec2_capacity_reservation.Reservation_658FFB35.id}",
      },
    },
    placement: { group_name: expect.stringMatching(/^\$\{aws_placement_group\.Reservation_/) as string },
  });
});

describe("CapacityReservation accepts the ends of each range", () => {
  test.each([1, 1000])("%i instances", (instanceCount) => {
    expect(reservationWith({ instanceCount }).resource("aws_ec2_capacity_reservation")).toMatchObject({
      instance_count: instanceCount,
    });
  });
});

describe("CapacityReservation refuses", () => {
  const COUNT = "`instanceCount` must be a whole number from 1 to 1000";
  const DATE = "`endDate` must be a time in UTC, such as 2027-03-31T20:00:00Z";
  test.each<[string, Partial<CapacityReservationProps>, string]>([
    [
      "a purpose with capitals",
      { purpose: "Training" },
      '`purpose` must be lower-case letters and digits, in words joined by single hyphens, got "Training"',
    ],
    [
      "an unknown type",
      { instanceType: "p9.48xlarge" },
      '`instanceType` must be an instance type of the catalogue, got "p9.48xlarge"',
    ],
    [
      "a zone of another region",
      { zone: "us-east-1a" },
      '`zone` must be a zone of eu-central-1, such as eu-central-1a, got "us-east-1a"',
    ],
    ["no instance", { instanceCount: 0 }, `${COUNT}, got 0`],
    ["too many instances", { instanceCount: 1001 }, `${COUNT}, got 1001`],
    ["a day for an end", { endDate: "2027-03-31" }, `${DATE}, got "2027-03-31"`],
    ["a time that does not exist", { endDate: "2027-03-31T25:00:00Z" }, `${DATE}, got "2027-03-31T25:00:00Z"`],
  ])("%s", (_name, props, line) => {
    expect(refused(props)).toEqual({
      code: "INVALID_CAPACITY_RESERVATION_PROPS",
      message: `${line}\n  in test/Reservation`,
    });
  });
});

describe("imported capacity", () => {
  const arn = "arn:aws:resource-groups:eu-central-1:111111111111:group/p5";

  test("carries its attributes", () => {
    const attributes = { reservationId: "cr-0123456789abcdef0", zone: "eu-central-1a", placementGroupName: "p5" };
    const stack = testStack();
    expect(CapacityReservation.fromCapacityReservationAttributes(stack, "One", attributes)).toEqual(attributes);
    const group = { resourceGroupArn: arn };
    expect(CapacityReservation.fromCapacityReservationAttributes(stack, "Many", group)).toEqual(group);
  });

  test.each([{}, { reservationId: "cr-1", resourceGroupArn: arn }])(
    "is one thing or the other, not %j",
    (attributes) => {
      const { code } = failure(() =>
        CapacityReservation.fromCapacityReservationAttributes(testStack(), "One", attributes),
      );
      expect(code).toBe("INVALID_CAPACITY_RESERVATION_ATTRIBUTES");
    },
  );
});
