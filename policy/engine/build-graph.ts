import type { Graph } from "./graph";
import { Identities } from "./private/identities";
import { LinkIndex } from "./private/link-index";
import { groupBy } from "./private/multimap";
import { outputCircles } from "./private/output-circles";
import { ReferenceResolver } from "./private/reference-resolver";
import type { KubernetesObject, PlannedChange, Resource, Stack } from "./subject";
import type { Value } from "./value";

/** What is judged in one run. */
export interface GraphInputs {
  readonly stacks: readonly Stack[];
  readonly objects: readonly KubernetesObject[];
  readonly changes: readonly PlannedChange[];
}

/**
 * Builds the graph of everything that is judged in one run. The time is linear in what there is; what only some rules need is
 * indexed when it is first asked for.
 */
export function buildGraph(inputs: GraphInputs): Graph {
  return new IndexedGraph(inputs);
}

class IndexedGraph implements Graph {
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  readonly objects: readonly KubernetesObject[];
  readonly changes: readonly PlannedChange[];
  readonly problems: readonly string[];
  private readonly managed: ReadonlyMap<string, readonly Resource[]>;
  private readonly data: ReadonlyMap<string, readonly Resource[]>;
  private readonly kinds: ReadonlyMap<string, readonly KubernetesObject[]>;
  private readonly resolver: ReferenceResolver;
  private readonly identities: Identities;
  private readonly links = new Map<string, LinkIndex>();
  private referring: ReadonlyMap<Resource, readonly Resource[]> | undefined;

  constructor({ stacks, objects, changes }: GraphInputs) {
    const all = stacks.flatMap(({ resources }) => resources);
    this.stacks = stacks;
    this.resources = all.filter(({ mode }) => mode === "managed");
    this.objects = objects;
    this.changes = changes;
    this.managed = groupBy(this.resources, ({ type }) => type);
    this.data = groupBy(
      all.filter(({ mode }) => mode === "data"),
      ({ type }) => type,
    );
    this.kinds = groupBy(objects, ({ kind }) => kind);
    this.resolver = new ReferenceResolver(stacks);
    this.identities = new Identities(this, this.resolver);
    this.problems = outputCircles(stacks, this.resolver);
  }

  resourcesOf(...types: readonly string[]): readonly Resource[] {
    return pick(this.managed, types);
  }

  dataOf(...types: readonly string[]): readonly Resource[] {
    return pick(this.data, types);
  }

  objectsOf(...kinds: readonly string[]): readonly KubernetesObject[] {
    return pick(this.kinds, kinds);
  }

  targets(value: Value): readonly Resource[] {
    const [only, ...others] = value.references;
    if (only === undefined) return [];
    const { targets } = this.resolver.resolve(value.stack, only);
    if (others.length === 0) return targets;
    return [...new Set([targets, ...others.map((one) => this.resolver.resolve(value.stack, one).targets)].flat())];
  }

  leadsToNames({ references, stack }: Value): boolean {
    return (
      references.length > 0 &&
      references.every((reference) => {
        const { targets, literals, foreign } = this.resolver.resolve(stack, reference);
        return targets.length > 0 && !foreign && !literals.some((literal) => /[*?]/.test(literal));
      })
    );
  }

  linked(resource: Resource, type: string, argument: string): readonly Resource[] {
    return this.linksOf(type, argument).to(resource);
  }

  mayBeLinked(type: string, argument: string): boolean {
    return this.linksOf(type, argument).open;
  }

  referrers(resource: Resource): readonly Resource[] {
    this.referring ??= this.resolver.referrers();
    return this.referring.get(resource) ?? [];
  }

  private linksOf(type: string, argument: string): LinkIndex {
    const key = `${type} ${argument}`;
    const index =
      this.links.get(key) ?? new LinkIndex(this.resourcesOf(type), argument, this.identities, this.resolver);
    this.links.set(key, index);
    return index;
  }
}

function pick<Item>(groups: ReadonlyMap<string, readonly Item[]>, keys: readonly string[]): readonly Item[] {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return groups.get(only) ?? [];
  return [...new Set(keys)].flatMap((key) => groups.get(key) ?? []);
}
