import { mustBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, fail, notApplicable, pass } from "../../engine/verdict";
import { roleBinding } from "./private/example-objects";
import { RBAC_BINDINGS, subjectsOf } from "./private/rbac";

const AUTOMOUNT = "automountServiceAccountToken";

export const k8sRbacNoDefaultAccount = objectRule({
  id: "FD-K8S-030",
  slug: "k8s-rbac-no-default-account",
  title: "The service account `default` has no rights and no token",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Every pod that names no service account runs as `default`: a right of that account is a right of whatever is put into the namespace next.",
  fix: "Bind roles to a service account of the workload's own, and set `automountServiceAccountToken` of `default` to false where it is defined.",
  sameAs: { checkov: ["CKV_K8S_41", "CKV_K8S_42"] },
  kinds: ["ServiceAccount", ...RBAC_BINDINGS],
  judge: (object) => {
    if (object.kind === "ServiceAccount")
      return object.name === "default" ? mustBe(object.at(AUTOMOUNT), false) : notApplicable();
    return allOf(
      pass(),
      subjectsOf(object)
        .filter(({ name }) => /^ServiceAccount .*\/default$/.test(name))
        .map(({ path, name }) =>
          fail(`\`${path}\` must not be a service account \`default\`, got ${name}`, { attribute: path }),
        ),
    );
  },
  examples: {
    failing: {
      objects: [
        roleBinding("RoleBinding", "reader", { kind: "ServiceAccount", name: "default", namespace: "serving" }),
      ],
    },
    passing: {
      objects: [roleBinding("RoleBinding", "reader", { kind: "ServiceAccount", name: "router", namespace: "serving" })],
    },
    unknown: {
      objects: [
        {
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name: "default", namespace: "serving" },
          automountServiceAccountToken: "${var.token}",
        },
      ],
    },
  },
});
