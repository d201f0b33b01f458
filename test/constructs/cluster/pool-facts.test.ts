import { NodePool } from "../../../constructs/cluster/node-pool";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { testStack } from "../../support/synth";

test("an imported pool is refused when its nodes cannot be known", () => {
  const stack = testStack();
  const attributes = { poolName: "batch", nodeGroupName: "batch-2026", nodeGroupArn: "arn", nodeRoleArn: "arn" };
  const imported = () =>
    NodePool.fromNodePoolAttributes(stack, "Pool", {
      ...attributes,
      cluster: importedCluster(stack),
      instanceTypes: ["m7i.huge"],
      minSize: 3,
      maxSize: 2,
    });
  expect(failure(imported)).toEqual({
    code: "INVALID_NODE_POOL_ATTRIBUTES",
    message: [
      '`instanceTypes` must be types of the catalogue, got ["m7i.huge"]',
      "`maxSize` must be a whole number, 1 or more, at least `minSize` (3), got 2",
      "  in test/Pool",
    ].join("\n"),
  });
});

test("a pool says what its nodes are, without references", () => {
  const stack = testStack();
  const pool = new NodePool(stack, "Pool", {
    ...{ cluster: importedCluster(stack), poolName: "batch", instanceTypes: ["m7i.large", "m7i.xlarge"] },
    ...{ minSize: 1, maxSize: 5, zones: ["eu-central-1a"], capacity: "spot", operatingSystem: "bottlerocket" },
  });
  expect(pool).toMatchObject({
    ...{ kind: "cpu", instanceTypes: ["m7i.large", "m7i.xlarge"], capacity: "spot", operatingSystem: "bottlerocket" },
    ...{ minSize: 1, maxSize: 5, zones: ["eu-central-1a"], allocatable: {}, largestNode: {}, efa: false },
  });
});

test("a pool places a workload by its label and past its taints", () => {
  const stack = testStack();
  const pool = new NodePool(stack, "Pool", {
    ...{ cluster: importedCluster(stack), poolName: "batch", instanceTypes: ["m7i.large", "m7i.xlarge"], maxSize: 5 },
    capacity: "spot",
    taints: [
      { key: "workload", value: "batch", effect: "NoSchedule" },
      { key: "quiet", effect: "PreferNoSchedule" },
    ],
  });
  const placeOn = jest.fn();
  pool.place({ placeOn });
  expect(placeOn.mock.calls).toEqual([
    [
      {
        poolName: "batch",
        clusterName: "atlas-dev",
        nodeSelector: { "flightdeck.dev/pool": "batch" },
        tolerations: [
          { key: "workload", operator: "Equal", value: "batch", effect: "NoSchedule" },
          { key: "quiet", operator: "Exists", effect: "PreferNoSchedule" },
        ],
        spot: true,
        gpuResource: undefined,
        largestNode: {},
        largestVcpu: 4,
        largestMemoryMiB: 16384,
      },
    ],
  ]);
});
