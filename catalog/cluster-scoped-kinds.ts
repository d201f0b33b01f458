import data from "./cluster-scoped-kinds.json";

const KINDS: Readonly<Record<string, readonly string[] | undefined>> = data.kinds;

/**
 * True for a kind whose objects live in no namespace, as far as the catalogue knows it.
 *
 * @param apiVersion e.g. `karpenter.sh/v1`; a core one is without a group
 */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  return KINDS[group]?.includes(kind) ?? false;
}
