import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { Value } from "../../engine/value";
import { notApplicable, unknown } from "../../engine/verdict";
import { chartOf, readYamlText } from "../private/chart-values";

const OTHER_ENFORCERS = ["cilium", "calico", "tigera-operator"];

const addon = (configuration: object): TerraformJson => ({
  resource: { aws_eks_addon: { cni: { cluster_name: "atlas-prod", addon_name: "vpc-cni", ...configuration } } },
});

/** Not asked where Cilium or Calico does it. */
export const eksNetworkPoliciesEnforced = resourceRule({
  id: "FD-EKS-014",
  slug: "eks-network-policies-enforced",
  title: "The network plug-in enforces network policies",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "EKS's network plug-in accepts NetworkPolicy objects and ignores them unless told otherwise: they look like a wall and are none.",
  fix: 'Set `enableNetworkPolicy` to "true" in `configuration_values` of the add-on vpc-cni.',
  types: ["aws_eks_addon"],
  judge: (addon, { graph }) => {
    if (addon.at("addon_name").literal !== "vpc-cni") return notApplicable();
    const charts = graph.resourcesOf("helm_release").map(chartOf);
    if (charts.some((chart) => OTHER_ENFORCERS.includes(chart ?? ""))) return notApplicable();
    const values = addon.at("configuration_values");
    const read = values.absent ? {} : readYamlText(values);
    if (read === undefined)
      return unknown(`\`${values.path}\` must switch on \`enableNetworkPolicy\`, and is known only after apply`, {
        attribute: values.path,
      });
    const enabled = new Value(addon.stack, values.path, read).at("enableNetworkPolicy");
    return must(enabled, (literal) => String(literal) === "true", "must be true");
  },
  examples: {
    failing: { terraform: addon({}) },
    passing: { terraform: addon({ configuration_values: '{"enableNetworkPolicy":"true"}' }) },
    unknown: { terraform: addon({ configuration_values: "${var.configuration}" }) },
  },
});
