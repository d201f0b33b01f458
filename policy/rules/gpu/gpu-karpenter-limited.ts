import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { isGpuNodePool } from "../private/karpenter";
import { gpuNodePool } from "./private/node-pool-example";

/** How high the limit may be is judged with all GPUs of the environment. */
export const gpuKarpenterLimited = objectRule({
  id: "FD-GPU-022",
  slug: "gpu-karpenter-limited",
  title: "Karpenter's node pools with GPUs have a limit on them",
  severity: "high",
  packs: ["gpu", "cost"],
  why: "Karpenter starts nodes as long as pods wait: without a limit a loop that makes jobs is stopped by the account's quota alone.",
  fix: "Set `spec.limits` with nvidia.com/gpu to the most GPUs the pool may have.",
  kinds: ["NodePool"],
  judge: (pool) => (isGpuNodePool(pool) ? mustBeSet(pool.at(["spec", "limits", "nvidia.com/gpu"])) : notApplicable()),
  examples: {
    failing: { objects: [gpuNodePool({ limits: { cpu: 256 } })] },
    passing: { objects: [gpuNodePool({ limits: { "nvidia.com/gpu": 8 } })] },
  },
});
