import { mustInclude } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const cluster = (types: unknown): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", enabled_cluster_log_types: types } } },
});

/** EKS writes none of its logs unless told to. */
export const eksControlPlaneLogs = resourceRule({
  id: "FD-EKS-004",
  slug: "eks-control-plane-logs",
  title: "The control plane writes all of its logs",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Who did what in the cluster, and why a pod was not scheduled, is in these logs and nowhere else; they cannot be had afterwards.",
  fix: `Set \`enabled_cluster_log_types\` to ${TYPES.join(", ")}.`,
  sameAs: { checkov: ["CKV_AWS_37"], trivy: ["AWS-0038"], cdkNag: ["AwsSolutions-EKS2"] },
  types: ["aws_eks_cluster"],
  judge: (cluster) => mustInclude(cluster.at("enabled_cluster_log_types"), TYPES),
  examples: {
    failing: { terraform: cluster(["api", "audit"]) },
    passing: { terraform: cluster([...TYPES]) },
    unknown: { terraform: cluster("${var.logs}") },
  },
});
