import { must } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { clusterRole } from "./private/example-objects";
import { RBAC_ROLES } from "./private/rbac";

export const k8sRbacNoWildcards = objectRule({
  id: "FD-K8S-026",
  slug: "k8s-rbac-no-wildcards",
  title: "Roles name what they allow",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "`*` also holds for secrets, for the roles themselves and for every kind that is installed later.",
  fix: "List the verbs and the resources that are needed.",
  sameAs: { checkov: ["CKV_K8S_49"], trivy: ["KSV-0044", "KSV-0045", "KSV-0046", "KSV-0112"] },
  kinds: RBAC_ROLES,
  judge: (role) =>
    allOf(
      pass(),
      role.each("rules").flatMap((rule) => [...rule.each("verbs"), ...rule.each("resources")].map(judgeName)),
    ),
  examples: {
    failing: { objects: [clusterRole({ apiGroups: [""], resources: ["pods"], verbs: ["*"] })] },
    passing: { objects: [clusterRole({ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] })] },
    unknown: { objects: [clusterRole({ apiGroups: [""], resources: ["${var.resource}"], verbs: ["get"] })] },
  },
});

function judgeName(name: Value): Verdict {
  return must(name, (literal) => literal !== "*", "must not be `*`");
}
