import { Value } from "./value";

/** A place in the source of whoever wrote the infrastructure. */
export interface SourceLocation {
  /** Relative to the root of the project, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Where something stands that is judged. */
export interface SubjectPlace {
  /** Stack, or the file when it is of no stack. */
  readonly stack: string;
  /**
   * Address in its stack: `aws_s3_bucket.Models_C55D3500`; of a Kubernetes object the resource that brings it, or its own
   * `Kind/namespace/name`.
   */
  readonly address: string;
  /**
   * Path in the tree of constructs, e.g. `atlas-prod-data/Models/Resource`.
   * @default - it was not made by CDKTF
   */
  readonly path?: string;
  /**
   * Where it was defined, the innermost place first, places of packages left out.
   * @default - the input does not say
   */
  readonly trace?: readonly SourceLocation[];
  /**
   * The chart that brings it, e.g. `cert-manager`, for objects of charts by others.
   * @default - it stands in the code that is judged
   */
  readonly chart?: string;
}

/** What knows where it stands. */
abstract class Placed implements SubjectPlace {
  readonly stack: string;
  readonly address: string;
  readonly path?: string;
  readonly trace?: readonly SourceLocation[];
  readonly chart?: string;

  constructor(place: SubjectPlace) {
    ({ stack: this.stack, address: this.address, path: this.path, trace: this.trace, chart: this.chart } = place);
  }
}

/** What has arguments or fields. */
abstract class PlacedValues extends Placed {
  abstract readonly values: Readonly<Record<string, unknown>>;

  /** See {@link Value.at}. */
  at(path: string | readonly string[]): Value {
    return new Value(this.stack, "", this.values).at(path);
  }

  /** See {@link Value.each}. */
  each(path: string | readonly string[]): readonly Value[] {
    return new Value(this.stack, "", this.values).each(path);
  }
}

/** A resource or data source of Terraform. */
export class Resource extends PlacedValues {
  readonly judged = "resource";

  constructor(
    place: SubjectPlace,
    readonly mode: "managed" | "data",
    /** e.g. `aws_s3_bucket` */
    readonly type: string,
    /** e.g. `Models_C55D3500` */
    readonly name: string,
    /** Its arguments: JSON with an `Unresolved` wherever only Terraform will know. Without CDKTF's own `//`. */
    readonly values: Readonly<Record<string, unknown>>,
  ) {
    super(place);
  }
}

/** An object as Kubernetes would get it. */
export class KubernetesObject extends PlacedValues {
  readonly judged = "object";
  /** e.g. `apps/v1` */
  readonly apiVersion: string;
  /** e.g. `Deployment` */
  readonly kind: string;
  readonly name: string;
  /** @default - it lives in no namespace, or in the one that is current when it is applied */
  readonly namespace?: string;

  constructor(
    place: SubjectPlace,
    /** Its fields: JSON with an `Unresolved` wherever only Terraform will know. */
    readonly values: Readonly<Record<string, unknown>>,
  ) {
    super(place);
    this.apiVersion = this.at("apiVersion").text ?? "";
    this.kind = this.at("kind").text ?? "";
    this.name = this.at("metadata.name").text ?? "";
    this.namespace = this.at("metadata.namespace").text;
  }
}

/** What a plan may do to a resource. A replacement is `delete` and `create` in either order. */
export type ChangeAction = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** What a plan does to one resource. */
export class PlannedChange extends Placed {
  readonly judged = "change";

  constructor(
    place: SubjectPlace,
    /** e.g. `aws_db_instance` */
    readonly type: string,
    readonly actions: readonly ChangeAction[],
    readonly about: {
      /** Arguments before; undefined for one that is new. */
      readonly before?: Readonly<Record<string, unknown>>;
      /** Arguments after; undefined for one that goes. Unknown ones are `Unresolved`. */
      readonly after?: Readonly<Record<string, unknown>>;
      /** Attributes that force the replacement, e.g. `vpc_config.subnet_ids[0]`. */
      readonly replacePaths: readonly string[];
      /** Terraform's `action_reason`, e.g. `delete_because_no_resource_config`. */
      readonly reason?: string;
      /** Its address before it was moved. */
      readonly previousAddress?: string;
      /** Key of what is left of an earlier replacement; then this change is about that, not about what the address stands for. */
      readonly deposed?: string;
      /** What somebody did to it outside of Terraform since the last apply. */
      readonly drift?: "update" | "delete";
    },
  ) {
    super(place);
  }

  /** Whether what is there now will be gone: deleted, or replaced. A forgotten resource stays. */
  get destroys(): boolean {
    return this.actions.includes("delete");
  }

  /** Whether another takes its place. */
  get replaces(): boolean {
    return this.destroys && this.actions.includes("create");
  }
}

/** One stack, or one file or folder of Terraform's JSON. */
export interface Stack {
  /** e.g. `atlas-prod-data`, or the name of the file. */
  readonly id: string;
  /** `resource` and `data`. */
  readonly resources: readonly Resource[];
  /** Values of outputs by name. */
  readonly outputs: Readonly<Record<string, Value>>;
  /**
   * Where its state lives: type and arguments of the backend.
   * @default - none is written
   */
  readonly backend?: { readonly type: string; readonly values: Readonly<Record<string, unknown>> };
  /**
   * `terraform.required_providers`: versions and sources by name.
   * @default - none are written
   */
  readonly requiredProviders?: Readonly<Record<string, unknown>>;
  /** Configurations of providers by name. */
  readonly providers: Readonly<Record<string, readonly Value[]>>;
  /**
   * What of it cannot be judged, one sentence each, e.g. `module "vpc": its resources lie elsewhere and were not judged`. Empty when everything can.
   */
  readonly unjudged: readonly string[];
}

/** Everything that can be judged. */
export type Subject = Resource | KubernetesObject | PlannedChange;
