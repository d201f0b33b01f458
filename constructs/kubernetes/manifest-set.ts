import { Release } from "@cdktf/provider-helm/lib/release";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import type { ManifestObject } from "./manifest-object";
import { manifestChartPath } from "./private/manifest-chart";
import { checkObject, objectKey, sizeProblems, unknownKinds } from "./private/manifest-checks";
import { checkRelease } from "./private/release-checks";
import { valuesJson } from "./private/values-json";

/** A set of objects, for those who add to it or wait for it. */
export interface IManifestSet {
  /** Name of the release that holds the objects. */
  readonly releaseName: string;
  /** Namespace of objects that name none. */
  readonly namespaceName: string;
  /** What must stand before the objects can be used. */
  readonly resource: ITerraformDependable;
  /** Adds an object. */
  add(object: ManifestObject): void;
}

/** What a `ManifestSet` is made of. */
export interface ManifestSetProps {
  /** Name of the release that holds the objects, unique in its namespace, up to 53 characters. */
  readonly name: string;
  /** Namespace of the release, and of objects that name none: plain text. It must exist. */
  readonly namespace: string;
  /**
   * The objects.
   *
   * @default - none yet: see `add`
   */
  readonly objects?: readonly ManifestObject[];
  /**
   * Longest time for one operation of Helm, 1 to 3600 seconds.
   *
   * @default 600
   */
  readonly timeoutSeconds?: number;
  /**
   * What must stand before the objects: the definitions of their kinds, and the webhooks that check them.
   *
   * @default - nothing but what the objects refer to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Kubernetes objects of any kind, as one Helm release of a small chart that prints what it is given. Unlike
 * `kubernetes_manifest` it needs neither a cluster nor the definitions of the kinds when the stack is planned. The objects are
 * data: `{{ }}` in them is not a template of Helm, and a `${` that is not a reference is not one of Terraform.
 *
 * Helm makes kinds that others rest on first, such as namespaces, service accounts and config maps. Definitions of kinds and
 * objects of these kinds belong in two sets, the second after the first.
 *
 * @example
 * new ManifestSet(this, "NodeClasses", {
 *   name: "node-classes",
 *   namespace: "kube-system",
 *   objects: [{ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name: "gpu" }, spec }],
 *   dependsOn: [karpenterDefinitions.resource],
 * });
 */
export class ManifestSet extends Construct implements IManifestSet {
  readonly releaseName: string;
  readonly namespaceName: string;
  /** The release. */
  readonly resource: Release;
  private readonly added: ManifestObject[] = [];
  private readonly keys = new Set<string>();

  /** @throws ValidationError `INVALID_MANIFEST_SET_PROPS` */
  constructor(scope: Construct, id: string, props: ManifestSetProps) {
    super(scope, id);
    const { name, namespace, objects = [], timeoutSeconds = 600, dependsOn } = props;
    this.releaseName = name;
    this.namespaceName = namespace;

    const checks = new PropChecks(this, "INVALID_MANIFEST_SET_PROPS");
    checkRelease(checks, { nameProp: "name", name, namespace, timeoutSeconds });
    objects.forEach((object, index) => this.take(object, checks, `objects[${index}]`));
    checks.throwIfAny();

    this.resource = new Release(this, "Resource", {
      name,
      namespace,
      createNamespace: false,
      chart: manifestChartPath(this),
      values: Lazy.listValue({ produce: () => [this.valuesJson()] }),
      timeout: timeoutSeconds,
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      maxHistory: RELEASES_KEPT,
      dependsOn: dependsOn && [...dependsOn],
    });
    this.node.addValidation({ validate: () => this.problemsOfWhole() });
  }

  /** The objects so far, in the order in which they were given. */
  get objects(): readonly ManifestObject[] {
    return [...this.added];
  }

  /**
   * Adds an object.
   *
   * @throws ValidationError `INVALID_MANIFEST_OBJECT` when it has no valid name, holds a secret, or is in the set already
   */
  add(object: ManifestObject): void {
    const checks = new PropChecks(this, "INVALID_MANIFEST_OBJECT");
    this.take(object, checks, "object");
    checks.throwIfAny();
  }

  private take(object: ManifestObject, checks: PropChecks, prop: string): void {
    checkObject(checks, object, prop);
    const { apiVersion, kind, metadata } = object as Partial<ManifestObject>;
    if (apiVersion === undefined || metadata?.name === undefined) return;
    const key = objectKey(object, this.namespaceName);
    const rule = "must be in the set once";
    checks.require(
      !this.keys.has(key),
      prop,
      rule,
      `${kind} ${metadata.namespace ?? this.namespaceName}/${metadata.name}`,
    );
    this.keys.add(key);
    this.added.push(object);
  }

  private valuesJson(): string {
    return valuesJson({ objects: this.added });
  }

  /** Objects come one by one, so what concerns all of them is checked when there are no more to come. */
  private problemsOfWhole(): string[] {
    if (this.added.length === 0) return ["the set must hold at least one object"];
    return [...unknownKinds(this.added), ...sizeProblems(this.valuesJson())];
  }
}

/** Releases that Helm keeps to go back to: each is a secret of the cluster. */
const RELEASES_KEPT = 5;
