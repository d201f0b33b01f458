import { objectRule } from "../../engine/rule";
import { clusterRole } from "./private/example-objects";
import { RBAC_ROLES } from "./private/rbac";
import { judgeOpenWildcards } from "./private/rbac-wildcards";

/** A wildcard that stays within what one API or one namespace has is another rule's finding. */
export const k8sRbacNoWildcards = objectRule({
  id: "FD-K8S-026",
  slug: "k8s-rbac-no-wildcards",
  title: "Roles name what they allow",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "Such a `*` reaches secrets, roles, every namespace or whatever is installed later: who holds it can take over more than was meant.",
  fix: "List the APIs, the resources and the verbs that are needed.",
  sameAs: { checkov: ["CKV_K8S_49"], trivy: ["KSV-0044", "KSV-0045", "KSV-0046", "KSV-0112"] },
  kinds: RBAC_ROLES,
  judge: judgeOpenWildcards,
  examples: {
    failing: { objects: [clusterRole({ apiGroups: [""], resources: ["pods"], verbs: ["*"] })] },
    passing: { objects: [clusterRole({ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] })] },
    unknown: { objects: [clusterRole({ apiGroups: [""], resources: ["${var.resource}"], verbs: ["get"] })] },
  },
});
