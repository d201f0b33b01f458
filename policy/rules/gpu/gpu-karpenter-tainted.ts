import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { isGpuNodePool } from "../private/karpenter";
import { gpuNodePool } from "./private/node-pool-example";

const EFFECTS = ["NoSchedule", "NoExecute"];

/** Node pools with GPUs are told by their requirements. */
export const gpuKarpenterTainted = objectRule({
  id: "FD-GPU-021",
  slug: "gpu-karpenter-tainted",
  title: "GPU nodes that Karpenter starts keep out pods that need no GPU",
  severity: "high",
  packs: ["gpu"],
  why: "Without a taint Karpenter takes a GPU node for any pod whose other choices are not to be had, and packs further pods on it.",
  fix: "Add a taint with key nvidia.com/gpu and effect NoSchedule to `spec.template.spec.taints`.",
  kinds: ["NodePool"],
  judge: (pool) => {
    if (!isGpuNodePool(pool)) return notApplicable();
    const taints = pool.each("spec.template.spec.taints");
    const kept = taints.some(
      (taint) => taint.at("key").literal === "nvidia.com/gpu" && EFFECTS.includes(String(taint.at("effect").literal)),
    );
    if (kept) return pass();
    const about = { attribute: "spec.template.spec.taints" };
    const message = "`spec.template.spec.taints` must hold nvidia.com/gpu with effect NoSchedule";
    return taints.some((taint) => taint.unknown) ? unknown(message, about) : fail(message, about);
  },
  examples: {
    failing: { objects: [gpuNodePool({})] },
    passing: {
      objects: [gpuNodePool({ template: { taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }] } })],
    },
  },
});
