import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { kindOf } from "../private/node-group";

const KEYS = ["nvidia.com/gpu.present", "k8s.amazonaws.com/accelerator", "nvidia.com/gpu.product"];

const group = (labels: unknown): TerraformJson => ({
  resource: { aws_eks_node_group: { l4: { cluster_name: "atlas-prod", instance_types: ["g6.xlarge"], labels } } },
});

/** Labels that only appear on a running node are of no use to an autoscaler that has none yet. */
export const gpuNodesLabelled = resourceRule({
  id: "FD-GPU-002",
  slug: "gpu-nodes-labelled",
  title: "GPU node groups say by label that their nodes have GPUs",
  severity: "medium",
  packs: ["gpu"],
  why: "The device plugin chooses its nodes by such a label, and the cluster autoscaler knows the nodes of an empty group by its labels alone: without them pods wait for ever.",
  fix: 'Add nvidia.com/gpu.present: "true" to `labels`, and k8s.amazonaws.com/accelerator for the cluster autoscaler.',
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    if (kindOf(group, graph) !== "nvidia") return notApplicable();
    const labels = group.at("labels");
    const about = { attribute: labels.path };
    if (KEYS.some((key) => labels.keys.includes(key))) return pass();
    const message = `\`labels\` must hold one of ${KEYS.join(", ")}, got ${labels.toString()}`;
    return labels.unknown ? unknown(message, about) : fail(message, about);
  },
  examples: {
    failing: { terraform: group({ pool: "l4" }) },
    passing: { terraform: group({ "nvidia.com/gpu.present": "true" }) },
    unknown: { terraform: group("${var.labels}") },
  },
});
