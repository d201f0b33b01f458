import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { asksForAccelerator, demandOf } from "./private/accelerators";
import { gpuPod, gpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import { poolsWithAccelerators } from "./private/placement";

export const schedGpuPoolExists = objectRule({
  id: "FD-SCHED-003",
  slug: "sched-gpu-pool-exists",
  title: "GPUs are asked for where some pool has them",
  severity: "high",
  packs: ["gpu"],
  why: "The pod waits for a node that will never come, without an error in any deploy: a label is misspelt, the pool was renamed, or its GPUs are shared under another name.",
  fix: "Name the labels of a pool with that resource in `nodeSelector`; a shared or cut GPU is `nvidia.com/gpu.shared` or `nvidia.com/mig-<profile>`.",
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    if (!asksForAccelerator(workload)) return notApplicable();
    const pools = nodePools(graph);
    const resources = [...demandOf(workload).accelerators.keys()].join(", ");
    if (pools.length === 0) return unknown(`some pool must have ${resources}, and no pool is known here`);
    if (poolsWithAccelerators(workload, pools).length > 0) return pass();
    const names = pools.map(({ name }) => name).join(", ");
    const message = `no pool has both ${resources} and the labels that its pods ask for, of ${names}`;
    return pools.every(({ known }) => known) ? fail(message) : unknown(`${message}, as far as pools are known`);
  },
  examples: {
    failing: { terraform: gpuPool(), objects: [gpuPod({ nodeSelector: { pool: "h100" } })] },
    passing: { terraform: gpuPool(), objects: [gpuPod()] },
    unknown: { objects: [gpuPod()] },
  },
});
