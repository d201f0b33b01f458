import { kubernetesVersionsAsOf } from "../../../catalog";
import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import { versionPhase } from "../private/version-phase";

const cluster = (version: unknown): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", version } } },
});

/** Judged by the day of the run and the catalogue's dates; a version that is newer than the catalogue is unknown. */
export const eksVersionSupported = resourceRule({
  id: "FD-EKS-005",
  slug: "eks-version-supported",
  title: "The Kubernetes version is stated, and EKS supports it",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "After its support a version gets no fixes, and EKS upgrades the cluster by itself at a time of its own. Without a stated version nobody decides on upgrades.",
  fix: "Set `version` to one in standard support, and go up one minor version at a time.",
  sameAs: { checkov: ["CKV_AWS_339"] },
  types: ["aws_eks_cluster"],
  judge: (cluster, { today }) => {
    const version = cluster.at("version");
    const about = { attribute: version.path };
    if (version.unknown)
      return unknown(`\`version\` must be supported, and is known only after apply: ${version.toString()}`, about);
    if (version.absent) return mustBeSet(version);
    const phase = versionPhase(String(version.literal), today);
    if (phase === "newer")
      return unknown(
        `\`version\` must be supported: ${version.toString()} came after the catalogue of ${kubernetesVersionsAsOf()}`,
        about,
      );
    if (phase === "standard" || phase === "extended") return pass();
    const why = phase === "ended" ? "whose support has ended" : "which EKS does not offer yet";
    return fail(`\`version\` must be supported on ${today}, got ${version.toString()}, ${why}`, about);
  },
  examples: {
    failing: { terraform: cluster("1.28") },
    passing: { terraform: cluster("1.35") },
    unknown: { terraform: cluster("${var.kubernetes_version}") },
  },
});
