import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { kindOf } from "../private/node-group";
import { mustBeTainted } from "./private/must-be-tainted";

const group = (taint: unknown): TerraformJson => ({
  resource: { aws_eks_node_group: { l4: { cluster_name: "atlas-prod", instance_types: ["g6.xlarge"], taint } } },
});

/** A group whose types nothing tells may have GPUs: it passes with the taint, and is unknown without. */
export const gpuNodesTainted = resourceRule({
  id: "FD-GPU-001",
  slug: "gpu-nodes-tainted",
  title: "GPU nodes keep out pods that need no GPU",
  severity: "high",
  packs: ["baseline", "gpu"],
  why: "Without a taint any pod may land on a GPU node: it takes the CPU and memory that the GPU's own pods need, and keeps the node from being scaled in.",
  fix: "Give the node group a `taint` with key nvidia.com/gpu and effect NO_SCHEDULE; pods that ask for GPUs tolerate it.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const kind = kindOf(group, graph);
    if (kind !== "nvidia" && kind !== "unknown") return notApplicable();
    return mustBeTainted(group, "nvidia.com/gpu", kind === "nvidia");
  },
  examples: {
    failing: { terraform: group([{ key: "workload", value: "serving", effect: "NO_SCHEDULE" }]) },
    passing: { terraform: group([{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }]) },
    unknown: { terraform: group("${var.taints}") },
  },
});
