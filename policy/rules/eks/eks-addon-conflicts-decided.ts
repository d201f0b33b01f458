import { mustBeOneOf } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const addon = (about: object): TerraformJson => ({
  resource: { aws_eks_addon: { dns: { cluster_name: "atlas-prod", addon_name: "coredns", ...about } } },
});

/** EKS stops at the first conflict unless told otherwise, so an absent argument fails too. */
export const eksAddonConflictsDecided = resourceRule({
  id: "FD-EKS-015",
  slug: "eks-addon-conflicts-decided",
  title: "It is decided what an add-on's upgrade does to fields that were changed by hand",
  severity: "low",
  packs: ["strict"],
  why: "Undecided, an upgrade of the add-on stops half-way when somebody has changed one of its fields in the cluster.",
  fix: "Set `resolve_conflicts_on_update` to OVERWRITE, or to PRESERVE where changes by hand are to stay.",
  types: ["aws_eks_addon"],
  judge: (addon) => mustBeOneOf(addon.at("resolve_conflicts_on_update"), ["OVERWRITE", "PRESERVE"]),
  examples: {
    failing: { terraform: addon({}) },
    passing: { terraform: addon({ resolve_conflicts_on_update: "OVERWRITE" }) },
    unknown: { terraform: addon({ resolve_conflicts_on_update: "${var.conflicts}" }) },
  },
});
