import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const cluster = (environment: CompliantEnvironment): Block => resourceOf(environment, "aws_eks_cluster");

function changed(rule: string, what: string, path: string, value: unknown): Mutant {
  return { rule, what, change: (environment: CompliantEnvironment): void => put(cluster(environment), path, value) };
}

/** One broken attribute for each rule of clusters, their add-ons and who gets in. */
export const mutants: readonly Mutant[] = [
  {
    rule: "FD-EKS-001",
    what: "the endpoint is opened to one network",
    change: (environment: CompliantEnvironment): void => {
      put(cluster(environment), "vpc_config.endpoint_public_access", true);
      put(cluster(environment), "vpc_config.public_access_cidrs", ["203.0.113.0/24"]);
    },
  },
  changed("FD-EKS-002", "secrets are no longer encrypted", "encryption_config", undefined),
  changed("FD-EKS-002", "the key of secrets is taken away", "encryption_config.provider.key_arn", undefined),
  changed("FD-EKS-002", "something else than secrets is encrypted", "encryption_config.resources", []),
  {
    rule: "FD-EKS-003",
    what: "a public endpoint is opened to everybody",
    given: (environment: CompliantEnvironment): void => {
      put(cluster(environment), "vpc_config.endpoint_public_access", true);
      put(cluster(environment), "vpc_config.public_access_cidrs", ["203.0.113.0/24"]);
    },
    change: (environment: CompliantEnvironment): void =>
      put(cluster(environment), "vpc_config.public_access_cidrs", ["0.0.0.0/0"]),
  },
  changed("FD-EKS-004", "the audit log is left out", "enabled_cluster_log_types", [
    "api",
    "authenticator",
    "controllerManager",
    "scheduler",
  ]),
  changed("FD-EKS-005", "no version is stated", "version", undefined),
  {
    rule: "FD-EKS-005",
    what: "the version has run out of support",
    given: followTheCluster,
    change: (environment: CompliantEnvironment): void => put(cluster(environment), "version", "1.29"),
  },
  {
    rule: "FD-EKS-006",
    what: "the version has run into extended support",
    given: followTheCluster,
    change: (environment: CompliantEnvironment): void => put(cluster(environment), "version", "1.33"),
  },
  changed("FD-EKS-007", "the ConfigMap counts too", "access_config.authentication_mode", "API_AND_CONFIG_MAP"),
  changed(
    "FD-EKS-008",
    "the creator is an administrator",
    "access_config.bootstrap_cluster_creator_admin_permissions",
    true,
  ),
  changed("FD-EKS-009", "extended support is allowed", "upgrade_policy.support_type", "EXTENDED"),
  {
    rule: "FD-EKS-010",
    what: "engineers are put into system:masters",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_eks_access_entry", "ml-engineer"), "kubernetes_groups", ["system:masters"]),
  },
  {
    rule: "FD-EKS-011",
    what: "everybody is made an administrator",
    change: (environment: CompliantEnvironment): void => {
      for (const name of ["ml-engineer", "on-call"])
        put(
          resourceOf(environment, "aws_eks_access_policy_association", name),
          "policy_arn",
          "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        );
    },
  },
  {
    rule: "FD-EKS-012",
    what: "a user gets in",
    change: (environment: CompliantEnvironment): void =>
      put(
        resourceOf(environment, "aws_eks_access_entry", "ml-engineer"),
        "principal_arn",
        "arn:aws:iam::333333333333:user/alice",
      ),
  },
  ofAddon("FD-EKS-013", "the version of an add-on is left open", "CoreDns", "addon_version", undefined),
  ofAddon("FD-EKS-014", "network policies are ignored", "VpcCni", "configuration_values", '{"env":{}}'),
  ofAddon("FD-EKS-015", "conflicts are left open", "CoreDns", "resolve_conflicts_on_update", undefined),
  {
    rule: "FD-EKS-016",
    what: "a service account gets a second role",
    change: ({ stacks }: CompliantEnvironment): void => {
      const all = Object.values(stacks).map(({ resource }) => resource?.["aws_eks_pod_identity_association"] ?? {});
      const associations = all.find((one) => Object.keys(one).some((name) => name.startsWith("PodRole-serving")))!;
      const [name, serving] = Object.entries(associations).find(([one]) => one.startsWith("PodRole-serving"))!;
      associations[`${name}Again`] = { ...serving };
    },
  },
  {
    rule: "FD-EKS-017",
    what: "tokens are good for another service too",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_iam_openid_connect_provider", "Cluster"), "client_id_list", [
        "sts.amazonaws.com",
        "vault",
      ]),
  },
  {
    rule: "FD-EKS-018",
    what: "the log group has another name",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_cloudwatch_log_group", "Cluster_LogGroup"), "name", "/atlas/prod/control-plane"),
  },
  changed("FD-EKS-019", "the endpoint inside is closed", "vpc_config.endpoint_private_access", false),
];

function ofAddon(rule: string, what: string, addon: string, argument: string, value: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_eks_addon", addon), argument, value),
  };
}

/** Node groups take their cluster's version, so that only the cluster's is judged. */
function followTheCluster({ stacks }: CompliantEnvironment): void {
  for (const { resource } of Object.values(stacks))
    for (const group of Object.values(resource?.["aws_eks_node_group"] ?? {})) delete group["version"];
}
