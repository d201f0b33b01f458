import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail } from "../../engine/verdict";

const addon = (about: object): TerraformJson => ({
  resource: { aws_eks_addon: { cni: { cluster_name: "atlas-prod", addon_name: "vpc-cni", ...about } } },
});

/** A data source that picks the newest version on each plan pins nothing. */
export const eksAddonVersionPinned = resourceRule({
  id: "FD-EKS-013",
  slug: "eks-addon-version-pinned",
  title: "Add-ons have a version that was chosen",
  severity: "medium",
  packs: ["baseline"],
  why: "Without a version EKS takes its default on the day of the apply, so that two environments made from one commit run different builds.",
  fix: "Set `addon_version` to a build that fits the Kubernetes version, such as v1.22.4-eksbuild.3.",
  types: ["aws_eks_addon"],
  judge: (addon, { graph }) => {
    const version = addon.at("addon_version");
    const newest = graph
      .targets(version)
      .find(({ type, values }) => type === "aws_eks_addon_version" && String(values["most_recent"]) === "true");
    return newest === undefined
      ? mustBeSet(version)
      : fail(`\`addon_version\` must be a fixed version, got the newest of each day: ${version.toString()}`, {
          attribute: version.path,
        });
  },
  examples: {
    failing: { terraform: addon({}) },
    passing: { terraform: addon({ addon_version: "v1.22.4-eksbuild.3" }) },
  },
});
