import { findKubernetesVersion } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { versionPhase } from "../private/version-phase";

const cluster = (version: unknown): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", version } } },
});

/** Of versions without any support `eks-version-supported` speaks. */
export const eksVersionStandardSupport = resourceRule({
  id: "FD-EKS-006",
  slug: "eks-version-standard-support",
  title: "The cluster does not pay for extended support",
  severity: "medium",
  packs: ["cost", "cis-eks"],
  why: "In extended support a control plane costs several times as much an hour, and add-ons and charts stop being tested against it.",
  fix: "Upgrade the cluster, one minor version at a time, to one in standard support.",
  types: ["aws_eks_cluster"],
  judge: (cluster, { today }) => {
    const version = cluster.at("version");
    if (!version.known) return notApplicable();
    const phase = versionPhase(String(version.literal), today);
    if (phase === "standard") return pass();
    if (phase !== "extended") return notApplicable();
    const { standardSupportUntil } = findKubernetesVersion(String(version.literal));
    return fail(
      `\`version\` must be in standard support, got ${version.toString()}, which has cost extra since ${standardSupportUntil}`,
      { attribute: version.path },
    );
  },
  examples: {
    failing: { terraform: cluster("1.32") },
    passing: { terraform: cluster("1.35") },
  },
});
