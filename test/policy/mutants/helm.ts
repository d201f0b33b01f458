import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

/** Changes one argument of the release of Prometheus. */
function release(rule: string, what: string, path: string, value: unknown): Mutant {
  return { rule, what, change: (environment) => put(named(environment, "monitoring"), path, value) };
}

/** Changes one of the values of a release. */
function value(rule: string, what: string, [name, path]: readonly [string, string], to: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment) => {
      const changed = named(environment, name);
      const values = JSON.parse((changed.values as string[])[0]!) as Block;
      put(values, path, to);
      changed.values = [JSON.stringify(values)];
    },
  };
}

function named(environment: CompliantEnvironment, name: string): Block {
  return resourceOf(environment, "helm_release", name);
}

export const mutants: readonly Mutant[] = [
  release("FD-HELM-001", "any version will do", "version", undefined),
  release("FD-HELM-001", "a range of versions will do", "version", "88.x"),
  release("FD-HELM-002", "a chart comes over plain HTTP", "repository", "http://charts.example.com"),
  {
    rule: "FD-HELM-003",
    what: "nobody waits for pods",
    change: (environment) => Object.assign(named(environment, "monitoring"), { wait: false, atomic: false }),
  },
  release("FD-HELM-004", "a release that fails stays", "atomic", false),
  release("FD-HELM-005", "a release gets a minute", "timeout", 60),
  release("FD-HELM-006", "what a failed upgrade made stays", "cleanup_on_fail", false),
  release("FD-HELM-007", "every version is kept", "max_history", undefined),
  release("FD-HELM-008", "a password is given as sensitive, in clear text", "set_sensitive", [
    { name: "grafana.ldap.config", value: "correct-horse" },
  ]),
  value(
    "FD-HELM-008",
    "a key of AWS stands in the values",
    ["tracking", "artifactRoot.s3.awsSecretAccessKey"],
    "correct-horse",
  ),
  value("FD-HELM-009", "Grafana has the password of the documentation", ["monitoring", "grafana.admin"], undefined),
  value("FD-HELM-009", "Grafana's password is written down", ["monitoring", "grafana"], {
    adminPassword: "correct-horse",
  }),
  value("FD-HELM-010", "series go with the pod", ["monitoring", "prometheus.prometheusSpec.storageSpec"], undefined),
  value("FD-HELM-011", "series are kept for a day", ["monitoring", "prometheus.prometheusSpec.retention"], "24h"),
  value("FD-HELM-012", "artifacts go to the disk of the pod", ["tracking", "artifactRoot.s3.enabled"], false),
  value(
    "FD-HELM-012",
    "artifacts go to another project's bucket",
    ["tracking", "artifactRoot.s3.bucket"],
    "their-models",
  ),
  release("FD-HELM-013", "a release is put into the namespace default", "namespace", "default"),
  value("FD-HELM-014", "a key is misspelt", ["tracking", "replicaCounts"], 2),
  value("FD-HELM-014", "a number is given as text", ["tracking", "replicaCount"], "two"),
  release("FD-HELM-015", "a chart is not at the version that was looked at", "version", "88.0.0"),
  release("FD-HELM-016", "Helm makes the namespace", "create_namespace", true),
  value("FD-HELM-017", "the image is the latest one", ["tracking", "image.tag"], "latest"),
  value("FD-HELM-018", "a controller runs once", ["LoadBalancers_Chart", "replicaCount"], 1),
  value("FD-HELM-019", "cert-manager comes without its definitions", ["CertManager_Chart", "crds.enabled"], false),
  release("FD-HELM-020", "fields are not checked", "disable_openapi_validation", true),
  release("FD-HELM-021", "upgrades replace by force", "force_update", true),
];
