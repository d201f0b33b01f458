import fc from "fast-check";
import type { Example, Rule, TerraformJson } from "../../../policy/engine/rule";
import { job, plainObject } from "../../../policy/rules/k8s/private/example-objects";
import { cpuPool, gpuPod, gpuPool } from "../../../policy/rules/scheduling/private/example-pools";
import { quantity } from "../../../policy/rules/scheduling/private/accelerators";
import { schedCpuOffGpuNodes } from "../../../policy/rules/scheduling/sched-cpu-off-gpu-nodes";
import { schedGpuFits } from "../../../policy/rules/scheduling/sched-gpu-fits";
import { schedGpuLimitEqualsRequest } from "../../../policy/rules/scheduling/sched-gpu-limit-equals-request";
import { schedGpuPlacement } from "../../../policy/rules/scheduling/sched-gpu-placement";
import { schedGpuPoolExists } from "../../../policy/rules/scheduling/sched-gpu-pool-exists";
import { schedGpuToleration } from "../../../policy/rules/scheduling/sched-gpu-toleration";
import { schedPodFits } from "../../../policy/rules/scheduling/sched-pod-fits";
import { schedQueueExists } from "../../../policy/rules/scheduling/sched-queue-exists";
import { schedServingNotOnSpot } from "../../../policy/rules/scheduling/sched-serving-not-on-spot";
import { answersOf } from "./answers-of";

type Fields = Readonly<Record<string, unknown>>;

/** What a rule says of objects beside pools. */
function ask(rule: Rule, pools: TerraformJson, objects: readonly Fields[], about: Omit<Example, "terraform"> = {}) {
  return answersOf(rule, pools.resource!, { objects, ...about });
}

/** A Job that asks for an accelerator, or a share of one. */
function asking(resource: string, amount: number, pod: Fields = {}): Fields {
  return job({ container: { resources: { limits: { [resource]: amount } } }, pod });
}

/** A NodePool of Karpenter for examples. */
function nodePool(requirements: readonly Fields[], template: Fields = {}): Fields {
  const spec = { requirements, taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }] };
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "gpus" },
    spec: { template: { ...template, spec } },
  };
}

const NONE: TerraformJson = { resource: {} };
const isIn = (key: string, ...values: readonly string[]) => ({ key, operator: "In", values });

describe("what a node group has", () => {
  test.each([
    ["nvidia.com/gpu", 8, "pass"],
    ["nvidia.com/gpu", 9, "fail"],
    ["aws.amazon.com/neuron", 1, "not applicable"],
  ])("%i %s on eight H100s", (resource, amount, outcome) => {
    const [answer] = ask(schedGpuFits, gpuPool({ instance_types: ["p5.48xlarge"] }), [asking(resource, amount)]);
    expect(answer).toMatch(new RegExp(`^${outcome}`));
  });

  test("GPUs that are cut are had by the name of the cut, as many as the profile gives", () => {
    const pool = gpuPool({ instance_types: ["p5.48xlarge"], labels: { "nvidia.com/mig.config": "all-1g.10gb" } });
    expect(ask(schedGpuFits, pool, [asking("nvidia.com/mig-1g.10gb", 56)])).toEqual(["pass"]);
    expect(ask(schedGpuFits, pool, [asking("nvidia.com/mig-1g.10gb", 57)])).toEqual([
      "fail: its pods must fit on a node of pool `pool`: they ask for 57 nvidia.com/mig-1g.10gb of 56",
    ]);
    expect(ask(schedGpuPoolExists, pool, [asking("nvidia.com/gpu", 1)])[0]).toMatch(
      /^fail: no pool has both nvidia.com\/gpu/,
    );
  });

  test("what the pool tells the cluster autoscaler counts", () => {
    const tag = "k8s.io/cluster-autoscaler/node-template/resources/";
    const pool = gpuPool({ tags: { [`${tag}nvidia.com/gpu`]: "0", [`${tag}nvidia.com/gpu.shared`]: "4" } });
    expect(ask(schedGpuPoolExists, pool, [asking("nvidia.com/gpu.shared", 1)])).toEqual(["pass"]);
    expect(ask(schedGpuPoolExists, pool, [asking("nvidia.com/gpu", 1)])[0]).toMatch(/^fail/);
  });

  test("the launch template names the type where the group does not", () => {
    const pool = gpuPool({ instance_types: undefined, launch_template: { id: "${aws_launch_template.t.id}" } });
    const resource = { ...pool.resource, aws_launch_template: { t: { instance_type: "g6e.12xlarge" } } };
    expect(answersOf(schedGpuFits, resource, { objects: [gpuPod({}, 4)] })).toEqual(["pass"]);
    expect(answersOf(schedGpuFits, resource, { objects: [gpuPod({}, 5)] })[0]).toMatch(/^fail/);
  });

  test("memory and CPUs count too", () => {
    const big = { requests: { memory: "2Ti" }, limits: { "nvidia.com/gpu": 1 } };
    expect(ask(schedGpuFits, gpuPool(), [job({ container: { resources: big } })])).toEqual([
      "fail: its pods must fit on a node of pool `pool`: they ask for 2048 GiB of memory of 64",
    ]);
  });
});

describe("pools of Karpenter", () => {
  const l4 = nodePool([isIn("karpenter.k8s.aws/instance-family", "g6"), isIn("karpenter.sh/capacity-type", "spot")]);

  test("instance types follow from the requirements", () => {
    expect(ask(schedGpuFits, NONE, [l4, asking("nvidia.com/gpu", 8)])).toEqual(["pass"]);
    expect(ask(schedGpuFits, NONE, [l4, asking("nvidia.com/gpu", 16)])[0]).toMatch(
      /of pool `gpus`: they ask for 16 nvidia.com\/gpu of 8$/,
    );
    const single = nodePool([
      isIn("karpenter.k8s.aws/instance-gpu-name", "l4"),
      { key: "karpenter.k8s.aws/instance-gpu-count", operator: "Lt", values: ["2"] },
    ]);
    expect(ask(schedGpuFits, NONE, [single, asking("nvidia.com/gpu", 2)])[0]).toMatch(/of 1$/);
  });

  test("labels follow from the requirements, spot too", () => {
    const pinned = gpuPod({ nodeSelector: { "karpenter.sh/nodepool": "gpus" } });
    expect(ask(schedGpuPoolExists, NONE, [l4, pinned])).toEqual(["pass"]);
    expect(ask(schedServingNotOnSpot, NONE, [l4, pinned])).toEqual([
      "fail: `spec.template.spec.nodeSelector` must fit a pool with on-demand nodes: all of gpus is spot",
    ]);
  });
});

describe("tolerations", () => {
  const tolerate = (toleration: Fields) => ask(schedGpuToleration, gpuPool(), [gpuPod({ tolerations: [toleration] })]);

  test.each([
    [{ operator: "Exists" }],
    [{ key: "nvidia.com/gpu", operator: "Exists" }],
    [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
    [{ key: "nvidia.com/gpu", operator: "Equal", value: "${var.taint}" }],
  ])("%j covers the taint", (toleration) => {
    expect(tolerate(toleration)).toEqual(["pass"]);
  });

  test.each([
    [{ key: "nvidia.com/gpu", value: "present" }],
    [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoExecute" }],
    [{ key: "nvidia.com", operator: "Exists" }],
  ])("%j does not", (toleration) => {
    expect(tolerate(toleration)).toEqual([
      "fail: `spec.template.spec.tolerations` must cover nvidia.com/gpu=true:NoSchedule, the taint of pool `pool`",
    ]);
  });

  test("a pod without a GPU that tolerates everything takes nodes with GPUs", () => {
    const pod = { tolerations: [{ operator: "Exists" }] };
    expect(ask(schedCpuOffGpuNodes, NONE, [job({ pod })])).toEqual([
      "fail: `spec.template.spec.tolerations[0].key` must not be a taint of nodes with GPUs, got nothing",
    ]);
  });
});

describe("placement", () => {
  const affinity = (...terms: readonly Fields[]) => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
    nodeSelector: undefined,
  });
  const term = (...matchExpressions: readonly Fields[]) => ({ matchExpressions });

  test("one term of a required affinity is enough", () => {
    const pod = gpuPod(affinity(term(isIn("pool", "h100")), term(isIn("pool", "a100", "l40s"))));
    expect(ask(schedGpuPlacement, gpuPool(), [pod])).toEqual(["pass"]);
    expect(ask(schedGpuPoolExists, gpuPool(), [pod])).toEqual(["pass"]);
    expect(ask(schedGpuPoolExists, gpuPool(), [gpuPod(affinity(term(isIn("pool", "h100"))))])[0]).toMatch(/^fail/);
  });

  test("labels that come with every node are known, those of agents are believed", () => {
    const selector = {
      "kubernetes.io/arch": "amd64",
      "topology.kubernetes.io/zone": "us-east-1a",
      "nvidia.com/gpu.product": "L40S",
    };
    expect(ask(schedGpuPoolExists, gpuPool(), [gpuPod({ nodeSelector: selector })])).toEqual(["pass"]);
    expect(
      ask(schedGpuPoolExists, gpuPool(), [gpuPod({ nodeSelector: { "kubernetes.io/arch": "arm64" } })])[0],
    ).toMatch(/^fail/);
  });

  test("a job that a queue places needs no selector", () => {
    const labels = { "kueue.x-k8s.io/queue-name": "research" };
    const resources = { limits: { "nvidia.com/gpu": 1 } };
    expect(ask(schedGpuPlacement, gpuPool(), [job({ labels, container: { resources } })])).toEqual(["not applicable"]);
  });

  test("a queue is one of the same namespace", () => {
    const queue = plainObject("kueue.x-k8s.io/v1beta2", "LocalQueue", { name: "research", namespace: "research" }, {});
    const labels = { "kueue.x-k8s.io/queue-name": "research" };
    expect(ask(schedQueueExists, NONE, [queue, job({ labels, namespace: "research" })])).toEqual(["pass"]);
    expect(ask(schedQueueExists, NONE, [queue, job({ labels })])).toEqual([
      'fail: `metadata.labels.kueue.x-k8s.io/queue-name` must be a LocalQueue of its namespace, which has none, got "research"',
    ]);
  });

  test("a pod without labels may run anywhere", () => {
    expect(ask(schedPodFits, cpuPool(), [job({})])).toEqual(["pass"]);
    expect(ask(schedPodFits, NONE, [job({})])).toEqual(["not applicable"]);
  });
});

describe("amounts", () => {
  test("a request without a limit, and one that differs", () => {
    const only = (resources: Fields) => ask(schedGpuLimitEqualsRequest, NONE, [job({ container: { resources } })]);
    expect(only({ requests: { "nvidia.com/gpu": 1 } })).toEqual([
      "fail: `spec.template.spec.containers[0].resources.limits.nvidia.com/gpu` must be set to what is requested, got nothing (container `server`)",
    ]);
    expect(only({ requests: { "nvidia.com/gpu": 1 }, limits: { "nvidia.com/gpu": "2" } })).toEqual([
      'fail: `spec.template.spec.containers[0].resources.requests.nvidia.com/gpu` must equal the limit, "2", got 1 (container `server`)',
    ]);
    expect(only({ limits: { cpu: "500m" } })).toEqual(["not applicable"]);
  });

  test.each([
    ["500m", 0.5],
    ["1.5", 1.5],
    ["2Gi", 2 ** 31],
    ["1e3", 1000],
    ["64G", 64e9],
    ["a lot", undefined],
  ])("%s is %p", (text, amount) => {
    expect(quantity(text)).toBe(amount);
  });

  test("whole numbers are themselves, whatever their unit", () => {
    fc.assert(
      fc.property(fc.nat(100_000), (amount) => {
        expect(quantity(String(amount))).toBe(amount);
        expect(quantity(`${amount}Ki`)).toBe(amount * 1024);
      }),
    );
  });
});
