/** A Kubernetes object as its API takes it. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** A synthesised stack. */
export interface SynthesizedStack {
  /** e.g. `controllers` */
  readonly layer: string;
  /** `<project>-<stage>-<layer>` */
  readonly id: string;
  /** Text of its `cdk.tf.json`. */
  readonly json: string;
  /**
   * Folder of that file: paths of charts are relative to it.
   * @default - charts in folders are found by absolute paths only
   */
  readonly folder?: string;
}

/** A local Helm. */
export interface Helm {
  /** The program. */
  readonly program: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The value of a Terraform expression such as `data.terraform_remote_state.network.outputs.id`; undefined when unknown. */
export type ResolveReference = (expression: string, stack: string) => unknown;

/** How stacks are rendered. */
export interface RenderOptions {
  /**
   * Values of references.
   * @default - references stay as they are, `${…}`
   */
  readonly resolve?: ResolveReference;
  /**
   * What charts are rendered with.
   * @default - charts are listed, not rendered
   */
  readonly helm?: Helm;
  /**
   * Kubernetes version that charts are rendered for, e.g. `1.36.3`.
   * @default - Helm's own
   */
  readonly kubernetesVersion?: string;
}

/** An object that a stack would bring into the cluster. */
export interface RenderedObject {
  readonly layer: string;
  readonly stack: string;
  /** Address of the resource it comes from, e.g. `helm_release.CertManager`. */
  readonly address: string;
  /** Length of the longest chain of Kubernetes resources of its stack that must stand before it. */
  readonly level: number;
  /** Events of the release at which Helm brings it in, e.g. `post-install`; empty for an ordinary object. */
  readonly hooks: readonly string[];
  /** Terraform expressions in it that could not be resolved. */
  readonly references: readonly string[];
  readonly object: PlainObject;
}

/** A chart that a stack would install. */
export interface RenderedChart {
  readonly layer: string;
  readonly stack: string;
  readonly address: string;
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  /** @default - a chart of a folder may leave it open */
  readonly version?: string;
  /**
   * Why its objects are not among the rendered ones.
   * @default - they are
   */
  readonly reason?: string;
}

/** A resource that does not stand for Kubernetes objects as it should. */
export interface RenderingProblem {
  readonly stack: string;
  readonly address: string;
  readonly message: string;
}

/** Every Kubernetes object that stacks would create. */
export interface Rendering {
  /** In the order in which they can be applied. */
  readonly objects: readonly RenderedObject[];
  readonly charts: readonly RenderedChart[];
  readonly problems: readonly RenderingProblem[];
}
