import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { asksForAccelerator, demandOf } from "./private/accelerators";
import { gpuPod, gpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import { misfit, poolsWithAccelerators } from "./private/placement";

/** A pod for which no pool exists at all is another rule's finding. */
export const schedGpuFits = objectRule({
  id: "FD-SCHED-004",
  slug: "sched-gpu-fits",
  title: "A pod with GPUs fits on one node of its pool",
  severity: "high",
  packs: ["gpu"],
  why: "A pod cannot be spread over two nodes: one that asks for more GPUs, CPUs or memory than the largest node of its pool has waits for ever.",
  fix: "Ask for what one node has, or split the work into several pods, as a JobSet or a TrainJob does.",
  kinds: WORKLOAD_KINDS,
  judge: (workload, { graph }) => {
    if (!asksForAccelerator(workload)) return notApplicable();
    const pools = poolsWithAccelerators(workload, nodePools(graph));
    if (pools.length === 0) return notApplicable();
    const demand = demandOf(workload);
    if ([...demand.accelerators.values()].includes(undefined))
      return unknown("how many GPUs its pods ask for is known only after apply");
    const misfits = pools.map((pool) => misfit(demand, pool));
    if (misfits.includes(undefined)) return pass();
    return fail(`its pods must fit on a node of pool \`${pools[0]?.name ?? ""}\`: they ask for ${misfits[0] ?? ""}`);
  },
  examples: {
    failing: { terraform: gpuPool(), objects: [gpuPod({}, 8)] },
    passing: { terraform: gpuPool(), objects: [gpuPod({}, 1)] },
    unknown: { terraform: gpuPool(), objects: [gpuPod({}, "${var.gpus}")] },
  },
});
