/** Metadata of a Kubernetes object, as far as this library looks at it. */
export interface ManifestMetadata {
  /** Name of the object: plain text, since objects are told apart by it. */
  readonly name: string;
  /** Namespace; undefined: that of the set it is in, or none where the kind has none. */
  readonly namespace?: string;
  /** Labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Everything else that Kubernetes allows here. */
  readonly [field: string]: unknown;
}

/** A Kubernetes object as plain data: what a YAML file of it would say. */
export interface ManifestObject {
  /** Group and version, such as `karpenter.sh/v1`; the core group has none: `v1`. */
  readonly apiVersion: string;
  /** Kind, such as `NodePool`. */
  readonly kind: string;
  /** What tells the object from others. */
  readonly metadata: ManifestMetadata;
  /** Everything else, as the kind defines it. */
  readonly [field: string]: unknown;
}
