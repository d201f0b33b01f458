import type { StackJson } from "./stack-json";

/** Which cluster a stack's objects go to. */
export interface ClusterOfStack {
  readonly name: string;
  readonly region: string;
}

interface Exec {
  readonly args?: readonly string[];
}

/**
 * The cluster that a stack's Kubernetes or Helm provider asks a token for.
 *
 * @param resolve value of a template
 */
export function clusterOfStack(json: StackJson, resolve: (template: string) => string): ClusterOfStack | undefined {
  const [kubernetes] = [json.provider?.kubernetes ?? []].flat() as { readonly exec?: unknown }[];
  const [helm] = [json.provider?.helm ?? []].flat() as { readonly kubernetes?: { readonly exec?: unknown } }[];
  const [exec] = [kubernetes?.exec ?? helm?.kubernetes?.exec ?? []].flat() as Exec[];
  const args = (exec?.args ?? []).map(resolve);
  const after = (flag: string): string | undefined => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
  const name = after("--cluster-name");
  const region = after("--region");
  return name === undefined || region === undefined ? undefined : { name, region };
}
