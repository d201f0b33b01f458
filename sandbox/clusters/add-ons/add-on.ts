import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** What the objects of an add-on depend on. */
export interface AddOnContext {
  readonly region: string;
  /** Build of the add-on, as in `v1.22.4-eksbuild.3`. */
  readonly version: string;
  /** The configuration given, parsed; empty for the defaults. */
  readonly configuration: AddOnConfiguration;
  /** IPv4 range of the services. */
  readonly serviceCidr: string;
}

/** The parts of an add-on's configuration that show in its objects. */
export interface AddOnConfiguration {
  readonly replicaCount?: number;
  readonly tolerations?: readonly object[];
  readonly resources?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Settings of a part: `controller`, `node`, `dcgmAgent` … */
  readonly [part: string]: unknown;
}

/**
 * Makes the objects that an add-on puts into a cluster: workloads with the names, labels, tolerations, priorities and
 * requests that the add-on has, and what those name (service accounts, services, drivers, custom kinds). Roles are left
 * out: the pods are simulated and call nobody.
 */
export type AddOnBuilder = (context: AddOnContext) => KubernetesObject[];

/** @returns settings of a part of the configuration, empty when there are none */
export function partOf({ configuration }: AddOnContext, part: string): AddOnConfiguration {
  const found = configuration[part];
  return typeof found === "object" && found !== null ? (found as AddOnConfiguration) : {};
}

/** @returns an image of the add-ons' registry in the cluster's region */
export function eksImage({ region }: AddOnContext, repository: string, tag: string): string {
  return `602401143452.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`;
}

/** @returns the version of the software in an add-on's build: `v2.7.0` of `v2.7.0-eksbuild.1` */
export function upstreamVersion({ version }: AddOnContext): string {
  return version.replace(/-eksbuild\.\d+$/, "");
}
