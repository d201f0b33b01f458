import { missingDriver } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { hasOwnImage, kindOf, shapeOf } from "../private/node-group";

const group = (type: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      gpu: { cluster_name: "atlas-prod", instance_types: [type], ami_type: "AL2023_x86_64_NVIDIA" },
    },
  },
});

/** Which driver EKS's images bring is in the catalogue. Images of one's own are not judged. */
export const gpuDriverPresent = resourceRule({
  id: "FD-GPU-020",
  slug: "gpu-driver-present",
  title: "The driver in EKS's image knows the GPUs of the node group",
  severity: "high",
  packs: ["gpu"],
  why: "With a driver older than its GPU the node joins the cluster, offers no GPU, and is paid for.",
  fix: "Build an image with the newer driver and use it by launch template, or choose GPUs that the image's driver knows.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    if (kindOf(group, graph) !== "nvidia" || hasOwnImage(group, graph)) return notApplicable();
    const { names, value } = shapeOf(group, graph);
    const missing = names.flatMap((name) => {
      const driver = missingDriver(name);
      return driver === undefined ? [] : [`${name}, which needs ${driver.needed}`];
    });
    const available = names.map(missingDriver).find((driver) => driver !== undefined)?.available;
    return missing.length === 0
      ? pass()
      : fail(`\`${value.path}\` must work with driver ${available} of EKS's images, got ${missing.join("; ")}`, {
          attribute: value.path,
        });
  },
  examples: { failing: { terraform: group("g7.2xlarge") }, passing: { terraform: group("g6e.2xlarge") } },
});
