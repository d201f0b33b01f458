import { objectRule } from "../../engine/rule";
import { allOf, fail, pass } from "../../engine/verdict";
import { clusterRole } from "./private/example-objects";
import { RBAC_ROLES, rulesOf } from "./private/rbac";

const ROLES = ["roles", "clusterroles"];
const PEOPLE = ["users", "groups", "serviceaccounts"];
/** Verbs with which a role goes past itself, and the resources that it does so on. */
const ESCALATIONS: Readonly<Record<string, readonly string[]>> = { escalate: ROLES, bind: ROLES, impersonate: PEOPLE };

export const k8sRbacNoEscalation = objectRule({
  id: "FD-K8S-028",
  slug: "k8s-rbac-no-escalation",
  title: "No role can be used to get a greater one",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "`escalate` writes rights into a role that its writer does not have, `bind` hands out any role, `impersonate` acts as anyone: each is cluster-admin in two steps.",
  fix: "Take the verbs out, or name the roles that may be bound in `resourceNames`.",
  sameAs: { checkov: ["CKV_K8S_157", "CKV_K8S_158"], trivy: ["KSV-0043", "KSV-0050"] },
  kinds: RBAC_ROLES,
  judge: (role) =>
    allOf(
      pass(),
      rulesOf(role).flatMap(({ path, verbs, resources, anyName }) =>
        Object.entries(ESCALATIONS)
          .filter(([verb, on]) => anyName && verbs.has(verb) && on.some((resource) => resources.has(resource)))
          .map(([verb]) =>
            fail(`\`${path}.verbs\` must not hold \`${verb}\` for ${[...resources].join(", ")} of any name`, {
              attribute: `${path}.verbs`,
              key: `Verb::${verb}`,
            }),
          ),
      ),
    ),
  examples: {
    failing: {
      objects: [
        clusterRole({ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind"] }),
      ],
    },
    passing: {
      objects: [clusterRole({ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["get"] })],
    },
  },
});
