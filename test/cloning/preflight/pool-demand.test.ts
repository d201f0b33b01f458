import { largestVcpu, poolDemands } from "../../../cloning/preflight/pool-demand";
import { planOf } from "./fixture";

const RESERVED = "maxSize: 2\n      capacity: on-demand\n      zones: [us-east-1a]";

test("every pool is gathered with what its stage and the environment give it", () => {
  expect(poolDemands(planOf().config)).toEqual([
    {
      name: "system",
      capacity: "on-demand",
      instanceTypes: ["m7i.large", "m6i.large"],
      maxSize: 3,
      zones: ["us-east-1a", "us-east-1b"],
      diskGiB: 50,
      reservationGroup: false,
    },
    {
      name: "l4",
      capacity: "spot",
      instanceTypes: ["g6.xlarge", "g6.2xlarge"],
      maxSize: 2,
      zones: ["us-east-1a", "us-east-1b"],
      diskGiB: 200,
      reservationGroup: false,
      reservationId: undefined,
    },
  ]);
});

test("a reservation is on demand, by its id or its group", () => {
  const byId = planOf(["maxSize: 2", `${RESERVED}\n      reservation: { id: cr-0123456789abcdef0 }`]);
  expect(byId.pools[1]).toMatchObject({
    capacity: "on-demand",
    zones: ["us-east-1a"],
    reservationId: "cr-0123456789abcdef0",
    reservationGroup: false,
  });
  const arn = "arn:aws:resource-groups:us-east-1:111111111111:group/gpus";
  const byGroup = planOf(["maxSize: 2", `${RESERVED}\n      reservation: { resourceGroupArn: "${arn}" }`]);
  expect(byGroup.pools[1]).toMatchObject({ reservationId: undefined, reservationGroup: true });
});

test("a capacity block is a way of buying of its own", () => {
  const plan = planOf(
    ["[g6.xlarge, g6.2xlarge]", "[p5.48xlarge]"],
    ["maxSize: 2", `${RESERVED}\n      capacityBlock: { reservationId: cr-0123456789abcdef0 }`],
  );
  expect(plan.pools[1]).toMatchObject({ capacity: "capacity-block", reservationId: "cr-0123456789abcdef0" });
});

test("Neuron pools are pools too", () => {
  const plan = planOf([
    "  gpu:\n    l4:\n      instanceTypes: [g6.xlarge, g6.2xlarge]",
    "  neuron:\n    inf:\n      instanceTypes: [inf2.xlarge]",
  ]);
  expect(plan.pools.map(({ name, instanceTypes }) => [name, instanceTypes])).toEqual([
    ["system", ["m7i.large", "m6i.large"]],
    ["inf", ["inf2.xlarge"]],
  ]);
});

test("the largest type decides how many vCPUs a node may have", () => {
  expect(largestVcpu(["g6.xlarge", "g6.2xlarge"])).toBe(8);
  expect(largestVcpu([])).toBe(0);
});
