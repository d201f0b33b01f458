import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { asksForAccelerator } from "./private/accelerators";
import { gpuPod } from "./private/example-pools";
import { placementOf } from "./private/placement";
import { queueOf } from "./private/queues";

export const schedGpuPlacement = objectRule({
  id: "FD-SCHED-005",
  slug: "sched-gpu-placement",
  title: "Pods with GPUs say which GPU they mean",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "Without a selector a small model lands on the first node with a free GPU, which may be one of eight H100s, and a large one on a card that it does not fit in.",
  fix: "Name the pool or the accelerator in `nodeSelector`, or leave it to a Kueue queue whose flavours do.",
  kinds: WORKLOAD_KINDS,
  judge: (workload) => {
    if (!asksForAccelerator(workload) || queueOf(workload) !== undefined) return notApplicable();
    const selector = podSpecOf(workload).at("nodeSelector");
    if (placementOf(workload).given) return pass();
    return fail(`\`${selector.path}\` must name the pool or the kind of GPU, got nothing`, {
      attribute: selector.path,
    });
  },
  examples: {
    failing: { objects: [gpuPod({ nodeSelector: {} })] },
    passing: { objects: [gpuPod()] },
  },
});
