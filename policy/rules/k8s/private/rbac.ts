import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

/** Kinds that say what may be done. */
export const RBAC_ROLES: readonly string[] = ["ClusterRole", "Role"];
/** Kinds that say who may do it. */
export const RBAC_BINDINGS: readonly string[] = ["ClusterRoleBinding", "RoleBinding"];

/** One permission of a role. */
interface RbacRule {
  /** Path of the permission, such as `rules[0]`. */
  readonly path: string;
  /** Literal verbs. */
  readonly verbs: ReadonlySet<string>;
  /** Literal resources. */
  readonly resources: ReadonlySet<string>;
  /** Whether it holds for objects of any name. */
  readonly anyName: boolean;
}

/** The permissions of a role as far as they are known. */
export function rulesOf(role: KubernetesObject): readonly RbacRule[] {
  return role.each("rules").map((rule) => ({
    path: rule.path,
    verbs: texts(rule.each("verbs")),
    resources: texts(rule.each("resources")),
    anyName: rule.each("resourceNames").length === 0,
  }));
}

/** Who a binding is for, as `<kind> <namespace>/<name>`, without the namespace for users and groups. */
export function subjectsOf(binding: KubernetesObject): readonly { readonly path: string; readonly name: string }[] {
  return binding.each("subjects").map((subject) => {
    const kind = subject.at("kind").text ?? "";
    const name = subject.at("name").text ?? "";
    const namespace = subject.at("namespace").text ?? binding.namespace ?? "";
    return { path: subject.path, name: kind === "ServiceAccount" ? `${kind} ${namespace}/${name}` : `${kind} ${name}` };
  });
}

function texts(values: readonly Value[]): ReadonlySet<string> {
  return new Set(values.flatMap(({ text }) => text ?? []));
}
