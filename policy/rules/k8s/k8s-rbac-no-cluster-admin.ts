import { mustNotBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, fail } from "../../engine/verdict";
import { roleBinding } from "./private/example-objects";
import { RBAC_BINDINGS, subjectsOf } from "./private/rbac";

export const k8sRbacNoClusterAdmin = objectRule({
  id: "FD-K8S-027",
  slug: "k8s-rbac-no-cluster-admin",
  title: "Nobody is bound to cluster-admin",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "With it a broken service account is a broken cluster. People get their rights through access entries of EKS, which CloudTrail records.",
  fix: "Bind a role with what is needed, or use an EKS access entry for people.",
  sameAs: { trivy: ["KSV-0111", "KSV-0123"] },
  kinds: RBAC_BINDINGS,
  judge: (binding) => {
    const masters = subjectsOf(binding).filter(({ name }) => name === "Group system:masters");
    return allOf(
      mustNotBe(binding.at("roleRef.name"), "cluster-admin"),
      masters.map(({ path }) => fail(`\`${path}\` must not be the group system:masters`, { attribute: path })),
    );
  },
  examples: {
    failing: {
      objects: [
        roleBinding("ClusterRoleBinding", "cluster-admin", { kind: "ServiceAccount", name: "ci", namespace: "ci" }),
      ],
    },
    passing: {
      objects: [roleBinding("ClusterRoleBinding", "deployer", { kind: "ServiceAccount", name: "ci", namespace: "ci" })],
    },
    unknown: {
      objects: [
        roleBinding("ClusterRoleBinding", "${var.role}", { kind: "ServiceAccount", name: "ci", namespace: "ci" }),
      ],
    },
  },
});
