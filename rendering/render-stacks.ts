import { isClusterScoped } from "../catalog";
import { apiVersionsOf } from "./charts/api-versions";
import { HelmTemplates } from "./charts/helm-template";
import { readManifestObjects } from "./charts/manifest-set";
import { hooksOf } from "./charts/parse-manifests";
import { readRelease } from "./charts/release";
import { identityOf } from "./identity-of";
import { sortObjects } from "./object-order";
import { readStack } from "./read-stack";
import type { ClusterResource } from "./read-stack";
import type {
  PlainObject,
  RenderedChart,
  RenderedObject,
  Rendering,
  RenderingProblem,
  RenderOptions,
  SynthesizedStack,
} from "./rendering";
import { resolveJson, resolveValue } from "./resolve-value";
import type { ResolvedValue } from "./resolve-value";
import { toObject } from "./typed/to-object";

/** Objects of one resource before the scope of their kinds is known. */
interface Found {
  readonly stack: SynthesizedStack;
  readonly resource: ClusterResource;
  readonly object: PlainObject;
  readonly references: readonly string[];
  /** Where an object without a namespace goes if its kind needs one. */
  readonly namespace: string;
  readonly ofChart: boolean;
}

/**
 * Renders every Kubernetes object that stacks would create, from their synthesised JSON alone: typed resources of the
 * Kubernetes provider, objects of manifest sets, and charts where Helm and their source are at hand.
 *
 * @param stacks in the order of their deployment
 * @param options references and charts
 *
 * @example
 * const { objects, charts, problems } = await renderStacks([{ layer: "controllers", id: "atlas-dev-controllers", json }]);
 */
export async function renderStacks(
  stacks: readonly SynthesizedStack[],
  options: RenderOptions = {},
): Promise<Rendering> {
  const read = stacks.map((stack) => ({ stack, resources: readStack(stack) }));
  const { helm, kubernetesVersion } = options;
  const all = read.flatMap(({ resources }) => resources);
  const templates = helm && new HelmTemplates({ helm, kubernetesVersion, apiVersions: apiVersionsOf(all) });
  const run = new RenderRun(options, templates);
  for (const { stack, resources } of read) await run.take(stack, resources);
  return run.finish(stacks.map(({ id }) => id));
}

class RenderRun {
  private readonly found: Found[] = [];
  private readonly charts: RenderedChart[] = [];
  private readonly problems: RenderingProblem[] = [];

  constructor(
    private readonly options: RenderOptions,
    private readonly templates: HelmTemplates | undefined,
  ) {}

  async take(stack: SynthesizedStack, resources: readonly ClusterResource[]): Promise<void> {
    for (const resource of resources) {
      if (resource.type === "helm_release") await this.takeRelease(stack, resource);
      else this.takeTyped(stack, resource);
    }
  }

  finish(stackIds: readonly string[]): Rendering {
    const clusterKinds = new Set(this.found.flatMap(({ object }) => clusterKindsOf(object)));
    const objects = this.found.map((found) => toRendered(found, clusterKinds));
    return {
      objects: sortObjects(objects, stackIds),
      charts: this.charts,
      problems: [...this.problems, ...twice(objects)],
    };
  }

  private takeTyped(stack: SynthesizedStack, resource: ClusterResource): void {
    const { value, references } = resolveValue(resource.config, this.resolverFor(stack));
    const typed = toObject(resource.type, value as Readonly<Record<string, unknown>>);
    if ("problem" in typed) {
      this.problems.push({ stack: stack.id, address: resource.address, message: typed.problem });
      return;
    }
    this.found.push({ stack, resource, object: typed.object, references, namespace: "default", ofChart: false });
  }

  private async takeRelease(stack: SynthesizedStack, resource: ClusterResource): Promise<void> {
    const resolve = this.resolverFor(stack);
    const { values, ...others } = resource.config;
    const { value, references } = resolveValue(others, resolve);
    const texts = asList(values).map((text) => resolveDocument(text, resolve));
    const config = value as Readonly<Record<string, unknown>>;
    const release = readRelease({ ...config, values: texts.map((text) => text.value) });
    const manifests = readManifestObjects(resource.config, resolve);
    const common = { stack, resource, namespace: release.namespace };
    if (manifests) {
      const objects = manifests.objects.map((object) => ({
        object,
        references: referencesIn(object, manifests.references),
      }));
      this.found.push(...objects.map((found) => ({ ...common, ...found, ofChart: false })));
      return;
    }
    const made = this.templates
      ? await this.templates.render(release, stack.folder)
      : { reason: "no Helm to render it with" };
    const { name, namespace, chart, version } = release;
    const { layer, id } = stack;
    const about = { layer, stack: id, address: resource.address, release: name, namespace, chart };
    const versioned = version === undefined ? about : { ...about, version };
    if (!("objects" in made)) {
      this.charts.push({ ...versioned, reason: "reason" in made ? made.reason : "cannot be rendered" });
      if ("problem" in made) {
        const message = `${[chart || resource.address, version ?? ""].join(" ").trim()} cannot be rendered: ${made.problem}`;
        this.problems.push({ stack: id, address: resource.address, message });
      }
      return;
    }
    this.charts.push(versioned);
    if (config.create_namespace === true) {
      const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
      this.found.push({ ...common, object, references: [], ofChart: true });
    }
    const all = [...references, ...texts.flatMap((text) => text.references)];
    this.found.push(
      ...made.objects.map((object) => ({ ...common, object, references: referencesIn(object, all), ofChart: true })),
    );
  }

  private resolverFor({ id }: SynthesizedStack): (expression: string) => unknown {
    return (expression) => this.options.resolve?.(expression, id);
  }
}

function asList(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** A text of values. One that is JSON keeps the types of what is put into it. */
function resolveDocument(text: string, resolve: (expression: string) => unknown): ResolvedValue {
  const { value, references } = resolveJson(text, resolve) ?? resolveValue(text, resolve);
  return { value: typeof value === "string" ? value : JSON.stringify(value), references };
}

/** The expressions that are left in this object, out of those of its whole resource. */
function referencesIn(object: PlainObject, references: readonly string[]): readonly string[] {
  if (references.length === 0) return [];
  const text = JSON.stringify(object);
  return [...new Set(references)].filter((expression) => text.includes(JSON.stringify(expression).slice(1, -1)));
}

/** The kind that a definition brings, when its objects live in no namespace. */
function clusterKindsOf({ kind, spec }: PlainObject): string[] {
  if (kind !== "CustomResourceDefinition") return [];
  const { group, scope, names } = spec as {
    readonly group?: string;
    readonly scope?: string;
    readonly names?: { readonly kind?: string };
  };
  return scope === "Cluster" ? [`${group ?? ""}/${names?.kind ?? ""}`] : [];
}

function toRendered(found: Found, clusterKinds: ReadonlySet<string>): RenderedObject {
  const { stack, resource, references } = found;
  return {
    layer: stack.layer,
    stack: stack.id,
    address: resource.address,
    level: resource.level,
    hooks: found.ofChart ? hooksOf(found.object) : [],
    references,
    object: withNamespace(found, clusterKinds),
  };
}

function withNamespace({ object, namespace }: Found, clusterKinds: ReadonlySet<string>): PlainObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const group = apiVersion.split("/")[0] ?? "";
  const clusterScoped = isClusterScoped(apiVersion, kind) || clusterKinds.has(`${group}/${kind}`);
  const { name, namespace: own = namespace, ...others } = metadata;
  return { apiVersion, kind, metadata: { name, ...(clusterScoped ? {} : { namespace: own }), ...others }, ...rest };
}

/** Two owners of one object would undo each other's work at each deploy. */
function twice(objects: readonly RenderedObject[]): RenderingProblem[] {
  const owners = new Map<string, RenderedObject>();
  return objects.flatMap((rendered) => {
    if (rendered.hooks.length > 0) return [];
    const identity = identityOf(rendered.object);
    const first = owners.get(identity);
    owners.set(identity, first ?? rendered);
    if (!first || (first.stack === rendered.stack && first.address === rendered.address)) return [];
    const { stack, address } = rendered;
    return [{ stack, address, message: `${identity} is owned by ${first.address} of ${first.stack} already` }];
  });
}
