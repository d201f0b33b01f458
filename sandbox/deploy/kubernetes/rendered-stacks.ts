import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** A synthesised stack, for whoever renders it. */
export interface StackToRender {
  readonly id: string;
  readonly layer: string;
  /** Text of its `cdk.tf.json`. */
  readonly json: string;
  /** Folder of that file. */
  readonly folder: string;
}

/** An object of a stack. */
export interface ObjectOfStack {
  readonly stack: string;
  /** Address of the resource it comes from. */
  readonly address: string;
  /** Length of the longest chain of Kubernetes resources that must stand before it. */
  readonly level: number;
  /** Events of the release at which Helm brings it in; empty for an ordinary object. */
  readonly hooks: readonly string[];
  /** Terraform expressions in it that have no value. */
  readonly references: readonly string[];
  readonly object: KubernetesObject;
}

/** A chart of a stack. */
export interface ChartOfStack {
  /** Address of its release. */
  readonly address: string;
  readonly chart: string;
  /** @default - the newest one */
  readonly version?: string;
  /**
   * Why its objects are not among the rendered ones.
   * @default - they are
   */
  readonly reason?: string;
}

/** A chart in words: `keda 2.18.0 (charts.example cannot be reached)`. */
export function chartInWords({ chart, version = "", reason }: ChartOfStack): string {
  return [chart, version, reason === undefined ? "" : `(${reason})`].filter((part) => part !== "").join(" ");
}

/** What stacks would bring into the cluster. */
export interface RenderedStacks {
  /** In the order in which they can be applied. */
  readonly objects: readonly ObjectOfStack[];
  readonly charts: readonly ChartOfStack[];
  readonly problems: readonly { readonly stack: string; readonly address: string; readonly message: string }[];
}

/** Value of a Terraform expression; undefined when it has none. */
export type ResolveReference = (expression: string, stack: string) => unknown;

/** Renders synthesised stacks to plain Kubernetes objects. */
export type RenderStacks = (
  stacks: readonly StackToRender[],
  options: { readonly resolve: ResolveReference; readonly kubernetesVersion?: string },
) => Promise<RenderedStacks>;
