import type { PlainObject, RenderedObject } from "./rendering";

/** Kinds that others rest on, the first ones first; every other kind comes after `rest`. */
const RANKS: readonly string[] = [
  "Namespace",
  "CustomResourceDefinition",
  "PriorityClass",
  "StorageClass",
  "RuntimeClass",
  "IngressClass",
  "ResourceQuota",
  "LimitRange",
  "NetworkPolicy",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Service",
  "PodDisruptionBudget",
  "rest",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
];

const BUILT_IN = /^(v1|[a-z]+\/v\w+|[a-z.]+\.k8s\.io\/v\w+)$/;
const CUSTOM_RANK = RANKS.length;

/** Place of a kind among those that are applied together; custom resources come last. */
export function rankOf({ apiVersion, kind }: Pick<PlainObject, "apiVersion" | "kind">): number {
  const rank = RANKS.indexOf(kind);
  if (rank !== -1) return rank;
  return BUILT_IN.test(apiVersion) ? RANKS.indexOf("rest") : CUSTOM_RANK;
}

const HOOK_PHASES: readonly (readonly [phase: RegExp, place: number])[] = [
  [/^pre-(install|upgrade)$/, -1],
  [/^post-(install|upgrade)$/, 1],
];

function phaseOf({ hooks }: RenderedObject): number {
  return HOOK_PHASES.find(([phase]) => hooks.some((hook) => phase.test(hook)))?.[1] ?? 0;
}

/**
 * Sorts objects as they can be applied: by stack, by the order between the resources, hooks around the release they belong
 * to, then kinds that others rest on first.
 */
export function sortObjects(objects: readonly RenderedObject[], stackIds: readonly string[]): RenderedObject[] {
  const keys = new Map(
    objects.map((rendered) => {
      const { stack, level, object } = rendered;
      const { kind, apiVersion, metadata } = object;
      const numbers = [stackIds.indexOf(stack), level, phaseOf(rendered), rankOf(object)];
      return [rendered, [...numbers, kind, metadata.namespace ?? "", metadata.name, apiVersion] as const];
    }),
  );
  return [...objects].sort((one, other) => compare(keys.get(one) ?? [], keys.get(other) ?? []));
}

function compare(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  const place = one.findIndex((part, index) => part !== other[index]);
  if (place === -1) return 0;
  return (one[place] ?? "") < (other[place] ?? "") ? -1 : 1;
}
