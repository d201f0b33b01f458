import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const cluster = (access: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", access_config: access } } },
});

/** With the ConfigMap alone the creator is always an administrator; of that `eks-authentication-by-api` speaks. */
export const eksNoCreatorAdmin = resourceRule({
  id: "FD-EKS-008",
  slug: "eks-no-creator-admin",
  title: "Whoever created the cluster is not its administrator for that alone",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "The role of the pipeline that made the cluster stays its administrator for good, in no list of access entries that anybody wrote.",
  fix: "Set `access_config.bootstrap_cluster_creator_admin_permissions` to false and write an access entry for each administrator.",
  types: ["aws_eks_cluster"],
  judge: (cluster) => {
    const mode = cluster.at("access_config.authentication_mode");
    if (mode.absent || mode.literal === "CONFIG_MAP") return notApplicable();
    return mustBe(cluster.at("access_config.bootstrap_cluster_creator_admin_permissions"), false);
  },
  examples: {
    failing: { terraform: cluster({ authentication_mode: "API" }) },
    passing: {
      terraform: cluster({ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false }),
    },
    unknown: {
      terraform: cluster({ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: "${var.admin}" }),
    },
  },
});
