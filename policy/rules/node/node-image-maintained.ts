import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { amiTypeOf } from "../private/node-group";

const group = (amiType: string): TerraformJson => ({
  resource: { aws_eks_node_group: { workers: { cluster_name: "atlas-prod", ami_type: amiType } } },
});

/** Images of one's own are not judged. */
export const nodeImageMaintained = resourceRule({
  id: "FD-NODE-016",
  slug: "node-image-maintained",
  title: "Nodes start from an image that EKS still builds",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "EKS builds no more images of Amazon Linux 2, so that its nodes get no fixes and cannot follow the cluster to Kubernetes 1.33.",
  fix: "Set `ami_type` to an AL2023 or Bottlerocket type, such as AL2023_x86_64_STANDARD or AL2023_x86_64_NVIDIA.",
  types: ["aws_eks_node_group"],
  judge: (group) => {
    const ami = amiTypeOf(group);
    if (ami === undefined) return notApplicable();
    return ami.os === "al2"
      ? fail(`\`ami_type\` must be one that EKS still builds, got "${ami.name}"`, { attribute: "ami_type" })
      : pass();
  },
  examples: {
    failing: { terraform: group("AL2_x86_64_GPU") },
    passing: { terraform: group("AL2023_x86_64_NVIDIA") },
  },
});
