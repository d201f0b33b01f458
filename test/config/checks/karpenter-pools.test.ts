import { accepted, refusal, VALID } from "../environment-fixture";

const withPool = (pool: string, rest = "") =>
  `${VALID.replace('  version: "1.36"', '  version: "1.36"\n  karpenter: true')}  karpenter:\n    burst: ${pool}\n${rest}`;

describe("a pool of Karpenter", () => {
  test("is spot or on demand in dev, whichever is cheaper", () => {
    const { burst } = accepted(withPool("{instanceTypes: [g6.xlarge], limits: {accelerators: 4}}")).nodePools.karpenter;
    expect(burst).toMatchObject({ capacity: ["spot", "on-demand"], limits: { accelerators: 4 }, expireAfter: "720h" });
  });

  test.each([
    [
      "without a limit of its cost",
      "{instanceTypes: [c7i.xlarge], limits: {nodes: 3}}",
      "dev.yaml:19 nodePools.karpenter.burst.limits: must limit cpus: the cost of a pool without accelerators has no other limit",
    ],
    [
      "with GPUs and without",
      "{instanceTypes: [g6.xlarge, c7i.xlarge], limits: {accelerators: 4}}",
      'dev.yaml:19 nodePools.karpenter.burst.instanceTypes[1]: must be a GPU instance type, got "c7i.xlarge"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    ],
    [
      "in a zone of another network",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, zones: [us-east-1f]}",
      'dev.yaml:19 nodePools.karpenter.burst.zones[0]: must be a zone of network.zones, got "us-east-1f"; allowed: us-east-1a, us-east-1b',
    ],
    [
      "of an unknown type",
      "{instanceTypes: [c7i.xlrge], limits: {cpus: 4}}",
      'dev.yaml:19 nodePools.karpenter.burst.instanceTypes[0]: must be an instance type that the catalogue knows (did you mean "c7i.xlarge"?), got "c7i.xlrge"; allowed: for example m7i.large, m7g.large, c7i.2xlarge',
    ],
    [
      "whose nodes live for ever by another word",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, expireAfter: never}",
      'dev.yaml:19 nodePools.karpenter.burst.expireAfter: must be hours, 1h or more, as in 720h, or Never, got "never"',
    ],
    [
      "whose nodes live no time",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, expireAfter: 0h}",
      'dev.yaml:19 nodePools.karpenter.burst.expireAfter: must be hours, 1h or more, as in 720h, or Never, got "0h"',
    ],
    [
      "with GPUs and a limit of CPU alone",
      "{instanceTypes: [g6.xlarge], limits: {cpus: 4}}",
      "dev.yaml:19 nodePools.karpenter.burst.limits: must limit accelerators: the cost of a pool with accelerators has no other limit",
    ],
    [
      "with Neuron devices and a limit of memory alone",
      "{instanceTypes: [inf2.xlarge], limits: {memoryGiB: 64}}",
      "dev.yaml:19 nodePools.karpenter.burst.limits: must limit accelerators: the cost of a pool with accelerators has no other limit",
    ],
    [
      "without accelerators and a limit of them",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4, accelerators: 1}}",
      "dev.yaml:19 nodePools.karpenter.burst.limits.accelerators: must be left out: the pool has no accelerators, got 1",
    ],
    [
      "with less than one node's CPU cores",
      "{instanceTypes: [c7i.2xlarge, c7i.xlarge], limits: {cpus: 3}}",
      "dev.yaml:19 nodePools.karpenter.burst.limits.cpus: must be at least 4, what the smallest node has, got 3",
    ],
    [
      "with GPUs and a disk for images without",
      "{instanceTypes: [g6.xlarge], limits: {accelerators: 4}, diskGiB: 99}",
      "dev.yaml:19 nodePools.karpenter.burst.diskGiB: must be 100 to 16384 with accelerators, whose images take 5 to 20 GiB each, got 99",
    ],
    [
      "with Neuron devices and Bottlerocket",
      "{instanceTypes: [inf2.xlarge], limits: {accelerators: 4}, operatingSystem: bottlerocket}",
      'dev.yaml:19 nodePools.karpenter.burst.operatingSystem: must be al2023, the one that EKS builds images with the Neuron driver of, got "bottlerocket"',
    ],
    [
      "with a label of Karpenter",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, labels: {karpenter.sh/team: a}}",
      'dev.yaml:19 nodePools.karpenter.burst.labels["karpenter.sh/team"]: must not have a key under karpenter.sh, which is reserved, got "karpenter.sh/team"',
    ],
    [
      "with a label of Karpenter on AWS",
      "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, labels: {karpenter.k8s.aws/team: a}}",
      'dev.yaml:19 nodePools.karpenter.burst.labels["karpenter.k8s.aws/team"]: must not have a key under karpenter.k8s.aws, which is reserved, got "karpenter.k8s.aws/team"',
    ],
  ])("cannot be %s", (_what, pool, message) => {
    expect(refusal(withPool(pool))).toBe(message);
  });

  test.each([
    "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, diskGiB: 20, expireAfter: 1h}",
    "{instanceTypes: [g6.xlarge], limits: {accelerators: 1}, diskGiB: 100, operatingSystem: bottlerocket}",
    "{instanceTypes: [inf2.xlarge], limits: {accelerators: 1}, expireAfter: Never}",
    "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}, labels: {my-karpenter.sh-like/team: a}}",
  ])("may be %s", (pool) => {
    expect(refusal(withPool(pool))).toBe("");
  });

  test("has a name of at most 36 characters", () => {
    const named = (length: number) =>
      refusal(withPool("{instanceTypes: [c7i.xlarge], limits: {cpus: 4}}").replace("burst", "b".repeat(length)));
    const name = "b".repeat(37);
    expect(named(36)).toBe("");
    expect(named(37)).toBe(
      `dev.yaml:19 nodePools.karpenter.${name}: must have a name of at most 36 characters, which becomes a label, got "${name}"`,
    );
  });

  test("cannot have the name of a node group", () => {
    expect(refusal(withPool("{instanceTypes: [c7i.xlarge], limits: {cpus: 4}}").replace("burst", "l4"))).toBe(
      'dev.yaml:19 nodePools.karpenter.l4: must not have the name of another pool (nodePools.gpu.l4), got "l4"',
    );
  });

  test("needs Karpenter, and the layer that installs it", () => {
    const pool = "{instanceTypes: [c7i.xlarge], limits: {cpus: 4}}";
    expect(refusal(withPool(pool).replace("karpenter: true", "karpenter: false"))).toBe(
      "dev.yaml:19 nodePools.karpenter.burst: must be left out while cluster.karpenter is false",
    );
    expect(refusal(withPool(pool, "controllers: {enabled: false}\n"))).toBe(
      "dev.yaml:19 nodePools.karpenter.burst: must be left out while controllers.enabled is false",
    );
  });
});
