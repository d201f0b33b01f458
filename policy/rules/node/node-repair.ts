import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const group = (about: object): TerraformJson => ({
  resource: { aws_eks_node_group: { l40s: { cluster_name: "atlas-prod", ...about } } },
});

/** EKS repairs nothing unless told to. */
export const nodeRepair = resourceRule({
  id: "FD-NODE-012",
  slug: "node-repair",
  title: "Nodes that break are replaced by themselves",
  severity: "low",
  packs: ["baseline", "gpu"],
  why: "A GPU with a fault that only a reboot clears stays in the cluster as Ready, takes pods and fails them, one after the other.",
  fix: "Set `node_repair_config.enabled` to true and install the add-on eks-node-monitoring-agent, which sees faults of GPUs.",
  types: ["aws_eks_node_group"],
  judge: (group) => mustBe(group.at("node_repair_config.enabled"), true),
  examples: {
    failing: { terraform: group({}) },
    passing: { terraform: group({ node_repair_config: { enabled: true } }) },
    unknown: { terraform: group({ node_repair_config: { enabled: "${var.repair}" } }) },
  },
});
