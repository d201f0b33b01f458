/** What a container asks for. */
export interface ContainerResources {
  /** CPU it is given at least, such as `500m`. */
  readonly cpu: string;
  /**
   * CPU it is held to.
   *
   * @default - none: it may use what the node has left
   */
  readonly cpuLimit?: string;
  /** Memory it is given, such as `1Gi`. */
  readonly memory: string;
  /**
   * Memory beyond which it is killed.
   *
   * @default - `memory`: a node never promises more than it has
   */
  readonly memoryLimit?: string;
  /**
   * Space for logs and scratch files on the node's disk.
   *
   * @default - not counted
   */
  readonly ephemeralStorage?: string;
  /**
   * Other resources of nodes, whole numbers by name, such as `{ "vpc.amazonaws.com/efa": 4 }`. The workload must then be placed
   * on a pool. GPUs are asked for with `gpus` of the workload.
   *
   * @default - none
   */
  readonly extended?: Readonly<Record<string, number>>;
}

/** A value out of an existing Kubernetes secret, such as External Secrets brings. */
export interface SecretValue {
  /** Name of the secret, in the namespace of the workload. */
  readonly secret: string;
  /** Key in it. */
  readonly key: string;
  /**
   * Whether the container starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A field of the pod itself. */
export interface PodFieldValue {
  /** Path of the field, such as `status.podIP`, `metadata.name` or `metadata.namespace`. */
  readonly field: string;
}

/** Value of an environment variable. */
export type EnvironmentValue = string | SecretValue | PodFieldValue;

/** An empty folder for one pod, gone with it. */
export interface ScratchOptions {
  /** Most that it may hold, such as `1Gi`; a pod with more is evicted. */
  readonly sizeLimit: string;
  /**
   * Whether it is in memory, and counts as the container's: `/dev/shm` of training needs it.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** A volume of the workload in a container. */
export interface MountOptions {
  /** Name of the volume in `volumes`. */
  readonly volume: string;
  /**
   * Whether the container may write to it.
   *
   * @default false
   */
  readonly writable?: boolean;
  /**
   * Path inside the volume.
   *
   * @default - all of it
   */
  readonly subPath?: string;
}

/** When and how often a container is asked. */
export interface ProbeTiming {
  /**
   * Seconds before it is first asked.
   *
   * @default 0
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds between two questions.
   *
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Seconds that an answer may take.
   *
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row that count. A start-up probe gives the container `periodSeconds` times this long to start.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** A GET that answers with 200 to 399. */
export interface HttpProbe extends ProbeTiming {
  /** Path, such as `/healthz`. */
  readonly path: string;
  /** Name of the port in `ports`. */
  readonly port: string;
}

/** A port that takes a connection. */
export interface TcpProbe extends ProbeTiming {
  /** Name of the port in `ports`. */
  readonly tcpPort: string;
}

/** A command in the container that ends with 0. */
export interface CommandProbe extends ProbeTiming {
  /** Program and arguments; no shell. */
  readonly command: readonly string[];
}

/** How a container is asked how it is. */
export type Probe = HttpProbe | TcpProbe | CommandProbe;

/** What a container is made of. */
export interface ContainerOptions {
  /** Image, with a tag that is not `latest`, or with a digest. */
  readonly image: string;
  /**
   * Program and its first arguments, in place of the image's own.
   *
   * @default - the image's
   */
  readonly command?: readonly string[];
  /**
   * Arguments, in place of the image's own.
   *
   * @default - the image's
   */
  readonly args?: readonly string[];
  /**
   * Environment variables by name. A value is plain text, which anybody may read who may look at the state or the pod; a key of
   * a secret; or a field of the pod.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  /**
   * Names of Kubernetes secrets all keys of which become environment variables.
   *
   * @default - none
   */
  readonly environmentFromSecrets?: readonly string[];
  /**
   * TCP ports by name: at most 15 lower-case letters, digits and hyphens.
   *
   * @default - none
   */
  readonly ports?: Readonly<Record<string, number>>;
  /** What it asks for. */
  readonly resources: ContainerResources;
  /**
   * Whether it can take requests. Needed where the workload has a service, or pods get requests before they can answer them.
   *
   * @default - it can as soon as it runs
   */
  readonly readiness?: Probe;
  /**
   * Whether it must be started anew. Leave it out for what ends by itself when it fails: under load a probe that is answered
   * late makes things worse.
   *
   * @default - it is started anew when it ends
   */
  readonly liveness?: Probe;
  /**
   * Whether it has started. The other probes wait for it: for models that take minutes to load.
   *
   * @default - no waiting
   */
  readonly startup?: Probe;
  /**
   * Folders it may write to, by path, with the most they may hold. The rest of its file system is read-only.
   *
   * @default - none
   */
  readonly writablePaths?: Readonly<Record<string, string | ScratchOptions>>;
  /**
   * Volumes of the workload, by path.
   *
   * @default - none
   */
  readonly mounts?: Readonly<Record<string, MountOptions>>;
  /**
   * Command that runs before the container is asked to end, within the grace period.
   *
   * @default - none
   */
  readonly beforeStop?: readonly string[];
  /**
   * Whether it may write anywhere in its file system, for images that cannot do otherwise. What it writes is lost with it.
   *
   * @default false
   */
  readonly writableRootFilesystem?: boolean;
}
