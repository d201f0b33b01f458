import { refusal, withChange } from "../environment-fixture";

describe("names, sizes and zones of node pools", () => {
  test.each([
    {
      behaviour: "refuses a maximum of no nodes",
      before: "maxSize: 2",
      after: "maxSize: 0",
      message: "dev.yaml:16 nodePools.gpu.l4.maxSize: must be at least 1, got 0",
    },
    {
      behaviour: "refuses a minimum below 0",
      before: "maxSize: 2",
      after: "maxSize: 2\n      minSize: -1",
      message: "dev.yaml:17 nodePools.gpu.l4.minSize: must be at least 0, got -1",
    },
    {
      behaviour: "refuses a minimum above the maximum",
      before: "maxSize: 2",
      after: "maxSize: 2\n      minSize: 3",
      message: "dev.yaml:17 nodePools.gpu.l4.minSize: must be at most maxSize (2), got 3",
    },
    {
      behaviour: "refuses a desired size above the maximum",
      before: "maxSize: 2",
      after: "maxSize: 2\n      desiredSize: 3",
      message: "dev.yaml:17 nodePools.gpu.l4.desiredSize: must be at most maxSize (2), got 3",
    },
    {
      behaviour: "refuses a desired size below the minimum",
      before: "maxSize: 2",
      after: "maxSize: 2\n      minSize: 2\n      desiredSize: 1",
      message: "dev.yaml:18 nodePools.gpu.l4.desiredSize: must be at least minSize (2), got 1",
    },
    {
      behaviour: "refuses half a node",
      before: "maxSize: 2",
      after: "maxSize: 1.5",
      message: "dev.yaml:16 nodePools.gpu.l4.maxSize: must be a whole number, got 1.5",
    },
    {
      behaviour: "refuses sizes that are no numbers",
      before: "maxSize: 2",
      after: "maxSize: .nan",
      message: "dev.yaml:16 nodePools.gpu.l4.maxSize: must be a whole number, got NaN",
    },
    {
      behaviour: "refuses endless sizes",
      before: "maxSize: 2",
      after: "maxSize: .inf",
      message: "dev.yaml:16 nodePools.gpu.l4.maxSize: must be a whole number, got Infinity",
    },
    {
      behaviour: "points at the pool when a default of the stage is out of its new bounds",
      before: "nodePools:",
      after: "nodePools:\n  system: {maxSize: 1}",
      message: "dev.yaml:13 nodePools.system.desiredSize: must be at most maxSize (1), got 2",
    },
    {
      behaviour: "refuses a system pool that may shrink to nothing",
      before: "nodePools:",
      after: "nodePools:\n  system: {minSize: 0}",
      message:
        "dev.yaml:13 nodePools.system.minSize: must be at least 1, or the cluster's own components have no node, got 0",
    },
    {
      behaviour: "refuses a GPU pool with the name of a CPU pool",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {l4: {instanceTypes: [m7i.large]}}",
      message: 'dev.yaml:15 nodePools.gpu.l4: must not have the name of another pool (nodePools.cpu.l4), got "l4"',
    },
    {
      behaviour: "refuses a CPU pool with the name of the system pool",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {system: {instanceTypes: [m7i.large]}}",
      message:
        'dev.yaml:13 nodePools.cpu.system: must not have the name of another pool (nodePools.system), got "system"',
    },
    {
      behaviour: "refuses a zone that the network does not span",
      before: "maxSize: 2",
      after: "maxSize: 2\n      zones: [us-east-1c]",
      message:
        'dev.yaml:17 nodePools.gpu.l4.zones[0]: must be a zone of network.zones, got "us-east-1c"; allowed: us-east-1a, us-east-1b',
    },
    {
      behaviour: "refuses a zone named twice",
      before: "maxSize: 2",
      after: "maxSize: 2\n      zones: [us-east-1a, us-east-1a]",
      message: 'dev.yaml:17 nodePools.gpu.l4.zones[1]: must not name a zone twice, got "us-east-1a"',
    },
    {
      behaviour: "refuses an empty list of zones",
      before: "maxSize: 2",
      after: "maxSize: 2\n      zones: []",
      message: "dev.yaml:17 nodePools.gpu.l4.zones: must name at least one zone, got []",
    },
    {
      behaviour: "refuses a GPU disk too small for CUDA images",
      before: "maxSize: 2",
      after: "maxSize: 2\n      diskGiB: 99",
      message: "dev.yaml:17 nodePools.gpu.l4.diskGiB: must be 100 to 16384, got 99",
    },
    {
      behaviour: "refuses a disk larger than gp3 offers",
      before: "maxSize: 2",
      after: "maxSize: 2\n      diskGiB: 16385",
      message: "dev.yaml:17 nodePools.gpu.l4.diskGiB: must be 100 to 16384, got 16385",
    },
    {
      behaviour: "refuses a CPU disk too small for a node",
      before: "nodePools:",
      after: "nodePools:\n  system: {diskGiB: 19}",
      message: "dev.yaml:13 nodePools.system.diskGiB: must be 20 to 16384, got 19",
    },
    {
      behaviour: "refuses a capacity that does not exist",
      before: "maxSize: 2",
      after: "maxSize: 2\n      capacity: Spot",
      message:
        'dev.yaml:17 nodePools.gpu.l4.capacity: must be one of the allowed values, got "Spot"; allowed: on-demand, spot',
    },
    {
      behaviour: "requires a maximum of GPU pools, for it is their cost",
      before: "      maxSize: 2\n",
      after: "",
      message: "dev.yaml:14 nodePools.gpu.l4.maxSize: is required",
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts equal minimum, desired and maximum size",
      before: "maxSize: 2",
      after: "maxSize: 2\n      minSize: 2\n      desiredSize: 2",
    },
    {
      behaviour: "accepts a GPU pool that starts with nothing",
      before: "maxSize: 2",
      after: "maxSize: 2\n      minSize: 0\n      desiredSize: 0",
    },
    { behaviour: "accepts the smallest GPU disk", before: "maxSize: 2", after: "maxSize: 2\n      diskGiB: 100" },
    { behaviour: "accepts the largest disk", before: "maxSize: 2", after: "maxSize: 2\n      diskGiB: 16384" },
    { behaviour: "accepts the smallest CPU disk", before: "nodePools:", after: "nodePools:\n  system: {diskGiB: 20}" },
    { behaviour: "accepts a pool in one zone", before: "maxSize: 2", after: "maxSize: 2\n      zones: [us-east-1b]" },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
