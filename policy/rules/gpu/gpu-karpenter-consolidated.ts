import { mustNotBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { isGpuNodePool } from "../private/karpenter";
import { gpuNodePool } from "./private/node-pool-example";

/** Karpenter's defaults consolidate, and replace a node after 30 days. */
export const gpuKarpenterConsolidated = objectRule({
  id: "FD-GPU-023",
  slug: "gpu-karpenter-consolidated",
  title: "Karpenter takes down GPU nodes that are idle, and replaces old ones",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "Nodes that are never consolidated are paid for after their last pod has gone, and nodes that never expire run drivers and kernels without fixes.",
  fix: "Set `spec.disruption.consolidateAfter` and `spec.template.spec.expireAfter` to a duration instead of Never; protect long jobs by the annotation karpenter.sh/do-not-disrupt.",
  kinds: ["NodePool"],
  judge: (pool) =>
    isGpuNodePool(pool)
      ? allOf(
          mustNotBe(pool.at("spec.disruption.consolidateAfter"), "Never"),
          mustNotBe(pool.at("spec.template.spec.expireAfter"), "Never"),
        )
      : notApplicable(),
  examples: {
    failing: { objects: [gpuNodePool({ disruption: { consolidateAfter: "Never" } })] },
    passing: { objects: [gpuNodePool({ disruption: { consolidateAfter: "10m" } })] },
  },
});
