import { NodePool } from "../../../constructs/cluster/node-pool";
import type { PoolCapacity } from "../../../constructs/cluster/pool-capacity";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { gpuPool, type GpuPoolOptions, gpuPoolProblems, refusedGpuPool } from "../../support/pools";
import { testStack } from "../../support/synth";

const ID = "cr-0123456789abcdef0";
const ZONE = "eu-central-1a";
const GROUP = "arn:aws:resource-groups:eu-central-1:111111111111:group/p5-reservations";
const BLOCK: GpuPoolOptions = {
  instanceTypes: ["p5.48xlarge"],
  capacity: { capacityBlock: { reservationId: ID, zone: ZONE } },
};
const RESERVED: GpuPoolOptions = {
  instanceTypes: ["p5en.48xlarge"],
  capacity: { reservation: { reservationId: ID, zone: ZONE } },
};

test("a spot pool of one type is warned of, since one shortage takes all of it", () => {
  const warnings: unknown[] = [];
  gpuPool({ capacity: "spot" }, (pool) => warnings.push(...pool.node.metadata.map(({ data }) => data as unknown)));
  gpuPool({ capacity: "spot", instanceTypes: ["g6.xlarge", "g6.2xlarge"] }, (pool) =>
    warnings.push(...pool.node.metadata),
  );

  expect(warnings).toEqual([
    'Spot pool "training" names one instance type (g6.xlarge): one shortage takes the whole pool. Name further types with the same GPU in `instanceTypes`.',
  ]);
});

describe("a pool out of a Capacity Block", () => {
  const out = gpuPool(BLOCK);

  test("has its type, market and reservation in the launch template", () => {
    expect(out.resource("aws_launch_template")).toMatchObject({
      instance_type: "p5.48xlarge",
      instance_market_options: { market_type: "capacity-block" },
      capacity_reservation_specification: { capacity_reservation_target: { capacity_reservation_id: ID } },
    });
  });

  test("names no type on the node group, and only the subnet of the block's zone", () => {
    const group = out.resource("aws_eks_node_group");
    expect(group).toMatchObject({
      capacity_type: "CAPACITY_BLOCK",
      subnet_ids: ["subnet-a"],
      labels: { "flightdeck.dev/capacity": "capacity-block" },
    });
    expect(group["instance_types"]).toBeUndefined();
  });
});

describe("a pool out of a reservation", () => {
  test("takes from that reservation alone, in its zone, on demand", () => {
    const out = gpuPool(RESERVED);
    expect(out.resource("aws_launch_template")).toMatchObject({
      capacity_reservation_specification: { capacity_reservation_target: { capacity_reservation_id: ID } },
    });
    expect(out.resource("aws_launch_template")["instance_market_options"]).toBeUndefined();
    expect(out.resource("aws_eks_node_group")).toMatchObject({
      capacity_type: "ON_DEMAND",
      instance_types: ["p5en.48xlarge"],
      subnet_ids: ["subnet-a"],
      labels: { "flightdeck.dev/capacity": "reservation" },
    });
  });

  test("may be given its zone by the pool", () => {
    const out = gpuPool({ ...RESERVED, capacity: { reservation: { reservationId: ID } }, zones: [ZONE] });
    expect(out.resource("aws_eks_node_group")).toMatchObject({ subnet_ids: ["subnet-a"] });
  });

  test("may be one of a resource group, of several types in several zones", () => {
    const out = gpuPool({
      instanceTypes: ["g6.xlarge", "g6.2xlarge"],
      capacity: { reservation: { resourceGroupArn: GROUP } },
    });
    expect(out.resource("aws_launch_template")).toMatchObject({
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_resource_group_arn: GROUP },
      },
    });
    expect(out.resource("aws_eks_node_group")).toMatchObject({ subnet_ids: ["subnet-a", "subnet-b"] });
  });
});

describe("a pool refuses", () => {
  const CHOICE = '`capacity` must be "on-demand", "spot", or one of `{ reservation }` and `{ capacityBlock }`';
  const both = { reservation: { reservationId: ID }, capacityBlock: { reservationId: ID, zone: ZONE } };

  test.each<[string, GpuPoolOptions, string]>([
    [
      "a Capacity Block that is a reservation too",
      { ...BLOCK, capacity: both as unknown as PoolCapacity },
      `${CHOICE}, got ${JSON.stringify(both).slice(0, 120)}… (136 characters)`,
    ],
    ["capacity of an unknown kind", { capacity: "block" as "spot" }, `${CHOICE}, got "block"`],
    ["capacity that names nothing", { capacity: {} as PoolCapacity }, `${CHOICE}, got {}`],
    [
      "a Capacity Block and spot at once",
      { ...BLOCK, capacity: { capacityBlock: "spot" } as unknown as PoolCapacity },
      "`capacity.capacityBlock.reservationId` must be the id of a capacity reservation, `cr-` and 8 or 17 hexadecimal digits, got nothing",
    ],
    [
      "a block of two types",
      { ...BLOCK, instanceTypes: ["p5.48xlarge", "p5.4xlarge"] },
      '`instanceTypes` must name one type, the one that was bought, got ["p5.48xlarge","p5.4xlarge"]',
    ],
    [
      "a block of a type that none are sold of",
      { ...BLOCK, instanceTypes: ["g6.xlarge"] },
      '`instanceTypes` must be a type that Capacity Blocks are sold of, got ["g6.xlarge"]',
    ],
    [
      "a block that keeps a node beyond its end",
      { ...BLOCK, minSize: 1 },
      "`minSize` must be 0 with a Capacity Block: EKS scales the pool to zero 40 minutes before the block ends, got 1",
    ],
    [
      "a block with off hours",
      { ...BLOCK, offHours: { timeZone: "UTC", start: "07:00", stop: "20:00" } },
      '`offHours` must be left out with a Capacity Block, which is paid in advance, got {"timeZone":"UTC","start":"07:00","stop":"20:00"}',
    ],
    [
      "a block in a zone that the network is not in",
      { ...BLOCK, capacity: { capacityBlock: { reservationId: ID, zone: "eu-central-1c" } } },
      '`zones[0]` must be a zone of the cluster\'s VPC (eu-central-1a, eu-central-1b), got "eu-central-1c"',
    ],
    [
      "zones beside the one of the block",
      { ...BLOCK, zones: ["eu-central-1b"] },
      '`zones` must be left out, or be the zone of the capacity (eu-central-1a), got ["eu-central-1b"]',
    ],
    [
      "a reservation without zone in two zones",
      { ...RESERVED, capacity: { reservation: { reservationId: ID } } },
      "`zones` must name the one zone that the reservation lies in, got nothing",
    ],
    [
      "a reservation of two types",
      { ...RESERVED, instanceTypes: ["g6.xlarge", "g6.2xlarge"] },
      '`instanceTypes` must name one type, the one that the reservation holds, got ["g6.xlarge","g6.2xlarge"]',
    ],
    [
      "another type than the reservation holds",
      { capacity: { reservation: { reservationId: ID, zone: ZONE, instanceType: "p5.48xlarge" } } },
      '`instanceTypes` must be the type that the reservation holds (p5.48xlarge), got ["g6.xlarge"]',
    ],
    [
      "a reservation with a malformed id",
      { ...RESERVED, capacity: { reservation: { reservationId: "p5", zone: ZONE } } },
      '`capacity.reservation.reservationId` must be the id of a capacity reservation, `cr-` and 8 or 17 hexadecimal digits, got "p5"',
    ],
    [
      "a reservation by id and by group",
      { ...RESERVED, capacity: { reservation: { reservationId: ID, resourceGroupArn: GROUP, zone: ZONE } } },
      `\`capacity.reservation\` must have one of \`reservationId\` and \`resourceGroupArn\`, got ${JSON.stringify({ reservationId: ID, resourceGroupArn: GROUP, zone: ZONE }).slice(0, 120)}… (${JSON.stringify({ reservationId: ID, resourceGroupArn: GROUP, zone: ZONE }).length} characters)`,
    ],
    [
      "a resource group that is none",
      { capacity: { reservation: { resourceGroupArn: "arn:aws:iam::1:group/x" } } },
      '`capacity.reservation.resourceGroupArn` must be the ARN of a resource group, got "arn:aws:iam::1:group/x"',
    ],
  ])("%s", (_name, options, line) => {
    expect(refusedGpuPool(options)).toEqual(gpuPoolProblems(line));
  });

  test("a Capacity Block for nodes without accelerators", () => {
    const refused = failure(() => {
      const stack = testStack();
      const capacity = { capacityBlock: { reservationId: ID, zone: ZONE } };
      const pool = { poolName: "batch", instanceTypes: ["m7i.xlarge"], maxSize: 1, capacity };
      new NodePool(stack, "Pool", { cluster: importedCluster(stack), ...pool });
    });
    expect(refused.message).toContain("`instanceTypes` must be a type that Capacity Blocks are sold of");
  });
});
