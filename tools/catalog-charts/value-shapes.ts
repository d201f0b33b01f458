import type { ChartValueType } from "../../catalog";

/** Keys of a chart's values as `path → type`; dots inside a key are escaped. */
export type ValueTypes = Readonly<Record<string, ChartValueType>>;

/**
 * Keys whose content Kubernetes defines, not the chart: charts print them whole, so any key of the Kubernetes API is right
 * there, whatever their defaults show.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/
 */
const KUBERNETES_MAPS = [
  /^(resources|resourceClaims|limits|requests)$/,
  /^(affinity|nodeAffinity|podAffinity|podAntiAffinity)$/,
  /([sS]ecurityContext|^seccompProfile|^capabilities|^seLinuxOptions)$/,
  /([nN]odeSelector|^matchLabels|^selectorLabels|[lL]abelSelector)$/,
  /([aA]nnotations|[lL]abels)$/,
  /^(livenessProbe|readinessProbe|startupProbe|lifecycle|lifecycleHooks)$/,
  /^(strategy|updateStrategy|deploymentStrategy|rollingUpdate|behavior|dnsConfig)$/,
];

/** Keys named as files, such as `grafana.ini`: what is below them goes into that file. */
const FILE_NAME = /\./;

/** Keys that take a number or a text, such as `50%` or the name of a port. */
const NUMBER_OR_TEXT = /^(minAvailable|maxUnavailable|maxSurge|targetPort)$/;

/** Splits a path at its dots, but not at those escaped. */
export function splitPath(path: string): string[] {
  return path.split(/(?<!\\)\./);
}

/** Writes keys as a path. */
export function joinPath(keys: readonly string[]): string {
  return keys.map((key) => key.replaceAll(".", "\\.")).join(".");
}

/** Whether what stands below a key of this name is not the chart's to define. */
export function isFreeMap(key: string): boolean {
  return FILE_NAME.test(key.replaceAll("\\.", ".")) || KUBERNETES_MAPS.some((pattern) => pattern.test(key));
}

/**
 * The types as the catalogue keeps them: without what stands below a map that Kubernetes or a program defines, and sorted.
 */
export function catalogueTypes(found: ValueTypes): ValueTypes {
  const kept = new Map<string, ChartValueType>();
  for (const [path, type] of Object.entries(found)) {
    const keys = splitPath(path);
    const shape = keys.findIndex(isFreeMap);
    if (shape >= 0 && shape < keys.length - 1) {
      kept.set(keys.slice(0, shape + 1).join("."), "map");
    } else if (!kept.has(path) || kept.get(path) === "any") {
      kept.set(path, NUMBER_OR_TEXT.test(keys.at(-1) ?? "") ? "any" : type);
    }
  }
  return Object.fromEntries([...kept].sort(([one], [other]) => (one < other ? -1 : 1)));
}
