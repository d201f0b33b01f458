import type { Graph } from "../../engine/graph";
import { objectRule } from "../../engine/rule";
import { allOf, fail, pass } from "../../engine/verdict";
import { clusterRole } from "./private/example-objects";
import { rulesOf } from "./private/rbac";

const READING = ["get", "list", "watch"];

/** A role that is only bound inside of namespaces reads the secrets of those. `*` is another rule's finding. */
export const k8sRbacNoSecretsClusterWide = objectRule({
  id: "FD-K8S-029",
  slug: "k8s-rbac-no-secrets-cluster-wide",
  title: "Nothing reads the secrets of all namespaces",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "One broken controller then holds the passwords of every database and the tokens of every team. `list` and `watch` give the content away just as `get` does.",
  fix: "Bind the role with RoleBindings in the namespaces that need it, or name the secrets in `resourceNames`.",
  sameAs: { trivy: ["KSV-0041"] },
  kinds: ["ClusterRole"],
  judge: (role, { graph }) => {
    const reading = rulesOf(role).filter(
      ({ verbs, resources, anyName }) => anyName && resources.has("secrets") && READING.some((verb) => verbs.has(verb)),
    );
    if (reading.length === 0 || isBoundInNamespacesOnly(graph, role.name)) return pass();
    return allOf(
      reading.map(({ path }) =>
        fail(`\`${path}\` must not read secrets of any name and namespace`, { attribute: path }),
      ),
    );
  },
  examples: {
    failing: { objects: [clusterRole({ apiGroups: [""], resources: ["secrets"], verbs: ["list"] })] },
    passing: {
      objects: [clusterRole({ apiGroups: [""], resources: ["secrets"], resourceNames: ["ca"], verbs: ["get"] })],
    },
  },
});

function isBoundInNamespacesOnly(graph: Graph, role: string): boolean {
  const binds = (kind: string) =>
    graph
      .objectsOf(kind)
      .some((bound) => bound.at("roleRef.kind").text === "ClusterRole" && bound.at("roleRef.name").text === role);
  return binds("RoleBinding") && !binds("ClusterRoleBinding");
}
