import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { minorOf } from "../private/version-phase";
import { clusterOf } from "../private/node-group";

/** Minor versions that a kubelet may be behind its API server. */
const MOST_BEHIND = 3;

const group = (version: unknown): TerraformJson => ({
  resource: {
    aws_eks_cluster: { main: { name: "atlas-prod", version: "1.35" } },
    aws_eks_node_group: { workers: { cluster_name: "${aws_eks_cluster.main.name}", version } },
  },
});

/** Where the group states no version, EKS takes the cluster's. */
export const nodeVersionSkew = resourceRule({
  id: "FD-NODE-011",
  slug: "node-version-skew",
  title: `Nodes are not ahead of their cluster, nor more than ${MOST_BEHIND} versions behind`,
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Kubernetes supports no other pair of versions: EKS refuses newer nodes, and with older ones it refuses the cluster's next upgrade.",
  fix: "Upgrade the cluster first, then the node groups to the same `version`.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const version = group.at("version");
    const target = clusterOf(group, graph)?.at("version");
    if (version.absent || target === undefined || target.absent) return notApplicable();
    const about = { attribute: version.path };
    const message = `\`${version.path}\` must be the cluster's ${target.toString()} or up to ${MOST_BEHIND} minor versions older, got ${version.toString()}`;
    if (version.unknown && version.references.some((one) => target.references.includes(one))) return pass();
    if (version.unknown && version.references.some((one) => /^aws_eks_cluster\..*\.version$/.test(one))) return pass();
    if (version.unknown || target.unknown) return unknown(message, about);
    const behind = minorOf(String(target.literal)) - minorOf(String(version.literal));
    return behind >= 0 && behind <= MOST_BEHIND ? pass() : fail(message, about);
  },
  examples: {
    failing: { terraform: group("1.36") },
    passing: { terraform: group("1.34") },
    unknown: { terraform: group("${var.version}") },
  },
});
