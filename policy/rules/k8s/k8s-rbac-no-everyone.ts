import { objectRule } from "../../engine/rule";
import { allOf, fail, pass } from "../../engine/verdict";
import { roleBinding } from "./private/example-objects";
import { RBAC_BINDINGS, subjectsOf } from "./private/rbac";

const EVERYONE = new Set([
  "User system:anonymous",
  "Group system:unauthenticated",
  "Group system:authenticated",
  "Group system:serviceaccounts",
]);

export const k8sRbacNoEveryone = objectRule({
  id: "FD-K8S-031",
  slug: "k8s-rbac-no-everyone",
  title: "No role is bound to everyone",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "These groups hold callers without a name, every principal that can reach the cluster, or every pod in it.",
  fix: "Bind the role to a service account or to a group of an access entry.",
  sameAs: { trivy: ["KSV-0122", "KSV-01011"] },
  kinds: RBAC_BINDINGS,
  judge: (object) =>
    allOf(
      pass(),
      subjectsOf(object)
        .filter(({ name }) => EVERYONE.has(name))
        .map(({ path, name }) => fail(`\`${path}\` must not stand for everyone, got ${name}`, { attribute: path })),
    ),
  examples: {
    failing: { objects: [roleBinding("ClusterRoleBinding", "view", { kind: "Group", name: "system:authenticated" })] },
    passing: { objects: [roleBinding("ClusterRoleBinding", "view", { kind: "Group", name: "on-call" })] },
  },
});
