import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Graph } from "../../engine/graph";

const cluster = (groups: Readonly<Record<string, object>>): TerraformJson => ({
  resource: {
    aws_eks_cluster: { main: { name: "atlas-prod", enabled_cluster_log_types: ["audit"] } },
    ...(Object.keys(groups).length === 0
      ? {}
      : { aws_cloudwatch_log_group: groups as Record<string, Record<string, unknown>> }),
  },
});

function isLogGroupOf(group: Resource, cluster: Resource, graph: Graph): boolean {
  const { text } = group.at("name");
  if (text === undefined) return false;
  if (text === `/aws/eks/${cluster.at("name").text}/cluster`) return true;
  return text.startsWith("/aws/eks/") && graph.targets(group.at("name")).includes(cluster);
}

/** How long the group keeps its events is judged with all other log groups. */
export const eksLogGroupStated = resourceRule({
  id: "FD-EKS-018",
  slug: "eks-log-group-stated",
  title: "The control plane's log group is stated, so that its events expire",
  severity: "low",
  packs: ["baseline", "cost"],
  why: "EKS makes the log group by itself when there is none, without encryption of yours, without tags, and keeps its events for ever.",
  fix: "Define `aws_cloudwatch_log_group` with the name /aws/eks/<cluster>/cluster and `retention_in_days`, and let the cluster depend on it.",
  types: ["aws_eks_cluster"],
  judge: (cluster, { graph }) => {
    const logs = cluster.at("enabled_cluster_log_types");
    if (logs.absent || (logs.known && logs.items.length === 0)) return notApplicable();
    const groups = graph.resourcesOf("aws_cloudwatch_log_group");
    if (groups.some((group) => isLogGroupOf(group, cluster, graph))) return pass();
    const message = `no \`aws_cloudwatch_log_group\` is named /aws/eks/${cluster.at("name").text ?? "<cluster>"}/cluster`;
    return groups.some((group) => group.at("name").unknown)
      ? unknown(`${message}, unless one whose name is known only after apply is`)
      : fail(message);
  },
  examples: {
    failing: { terraform: cluster({}) },
    passing: { terraform: cluster({ logs: { name: "/aws/eks/atlas-prod/cluster", retention_in_days: 90 } }) },
    unknown: { terraform: cluster({ logs: { name: "${var.log_group}", retention_in_days: 90 } }) },
  },
});
