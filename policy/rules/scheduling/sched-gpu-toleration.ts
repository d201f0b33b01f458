import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { asksForAccelerator, demandOf } from "./private/accelerators";
import { gpuPod, gpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import { poolsWithAccelerators, tolerates, untolerated } from "./private/placement";

/** Where no pool is known, the taint that GPU nodes carry by convention counts. */
export const schedGpuToleration = objectRule({
  id: "FD-SCHED-002",
  slug: "sched-gpu-toleration",
  title: "Pods with GPUs tolerate the taint of the nodes they are for",
  severity: "high",
  packs: ["gpu"],
  why: "EKS adds no toleration by itself: the pod stays pending while the autoscaler starts no node for it, or starts one that it may not use.",
  fix: "Add `tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]`, and one for every other taint of the pool.",
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    if (!asksForAccelerator(workload)) return notApplicable();
    const pools = nodePools(graph);
    if (pools.length === 0) return judgeConvention(workload);
    const fitting = poolsWithAccelerators(workload, pools);
    if (fitting.length === 0) return notApplicable();
    const missing = fitting.map((pool) => ({ pool, taints: untolerated(workload, pool) }));
    const [first] = missing;
    if (first === undefined || missing.some(({ taints }) => taints.length === 0)) return pass();
    const tolerations = podSpecOf(workload).at("tolerations");
    const taints = first.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).join(", ");
    return fail(`\`${tolerations.path}\` must cover ${taints}, the taint of pool \`${first.pool.name}\``, {
      attribute: tolerations.path,
    });
  },
  examples: {
    failing: { terraform: gpuPool(), objects: [gpuPod({ tolerations: [] })] },
    passing: { terraform: gpuPool(), objects: [gpuPod()] },
    unknown: { objects: [gpuPod({ tolerations: [] })] },
  },
});

function judgeConvention(workload: KubernetesObject): Verdict {
  const tolerations = podSpecOf(workload).at("tolerations");
  const [resource = ""] = [...demandOf(workload).accelerators.keys()];
  const taint = {
    key: resource.replace(/\/.*/, resource.startsWith("aws") ? "/neuron" : "/gpu"),
    value: "true",
    effect: "NoSchedule",
  };
  if (
    podSpecOf(workload)
      .each("tolerations")
      .some((toleration) => tolerates(toleration, taint))
  )
    return pass();
  return unknown(
    `\`${tolerations.path}\` must cover ${taint.key} if its nodes are tainted, as far as pools are known`,
    { attribute: tolerations.path },
  );
}
