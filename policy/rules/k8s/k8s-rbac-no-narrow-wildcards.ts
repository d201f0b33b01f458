import { objectRule } from "../../engine/rule";
import { clusterRole } from "./private/example-objects";
import { RBAC_ROLES } from "./private/rbac";
import { judgeNarrowWildcards } from "./private/rbac-wildcards";

/** Of a permission with a wildcard that opens more, another rule tells all there is to say. */
export const k8sRbacNoNarrowWildcards = objectRule({
  id: "FD-K8S-051",
  slug: "k8s-rbac-no-narrow-wildcards",
  title: "Roles name what they allow, within one API or namespace too",
  severity: "low",
  packs: ["strict"],
  why: "Operators often ask for all verbs on resources of their own, or read all that their API has. It stays within what they are for, but grows with each verb and kind that a new version brings, and nobody looks at that.",
  fix: "List the verbs and the resources that are needed; the operator's documentation or the audit log of the cluster tells them.",
  sameAs: { checkov: ["CKV_K8S_49"], trivy: ["KSV-0045", "KSV-0046"] },
  kinds: RBAC_ROLES,
  judge: judgeNarrowWildcards,
  examples: {
    failing: {
      objects: [clusterRole({ apiGroups: ["serving.kserve.io"], resources: ["*"], verbs: ["get", "list", "watch"] })],
    },
    passing: {
      objects: [clusterRole({ apiGroups: ["serving.kserve.io"], resources: ["inferenceservices"], verbs: ["get"] })],
    },
    unknown: {
      objects: [clusterRole({ apiGroups: ["serving.kserve.io"], resources: ["${var.resource}"], verbs: ["get"] })],
    },
  },
});
