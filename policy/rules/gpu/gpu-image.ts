import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { amiTypeOf, hasOwnImage, kindOf } from "../private/node-group";

const group = (amiType: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: { l4: { cluster_name: "atlas-prod", instance_types: ["g6.xlarge"], ami_type: amiType } },
  },
});

/** What an image of one's own holds is not known here. */
export const gpuImage = resourceRule({
  id: "FD-GPU-003",
  slug: "gpu-image",
  title: "Accelerated nodes start from an image with the driver of their accelerator",
  severity: "high",
  packs: ["baseline", "gpu"],
  why: "Nodes from a plain image join the cluster as Ready and offer no GPU: pods wait for ever while the nodes are paid for.",
  fix: "Set `ami_type` to AL2023_x86_64_NVIDIA or BOTTLEROCKET_x86_64_NVIDIA for GPUs, to AL2023_x86_64_NEURON for Inferentia and Trainium.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const kind = kindOf(group, graph);
    if (kind !== "nvidia" && kind !== "neuron") return notApplicable();
    const value = group.at("ami_type");
    const message = `\`ami_type\` must be one for ${kind === "nvidia" ? "NVIDIA GPUs" : "Neuron"}, got ${value.toString()}`;
    const about = { attribute: value.path };
    const ami = amiTypeOf(group);
    if (ami !== undefined) return ami.accelerator === kind ? pass() : fail(message, about);
    if (hasOwnImage(group, graph)) return unknown(`${message}: what the image holds is not known here`, about);
    return value.absent ? fail(message, about) : unknown(message, about);
  },
  examples: {
    failing: { terraform: group("AL2023_x86_64_STANDARD") },
    passing: { terraform: group("AL2023_x86_64_NVIDIA") },
    unknown: { terraform: group("CUSTOM") },
  },
});
