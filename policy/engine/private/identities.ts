import type { Graph } from "../graph";
import type { Resource } from "../subject";
import { addTo } from "./multimap";
import type { ReferenceResolver } from "./reference-resolver";
import { IDENTIFYING, meaningOf } from "./value-meaning";

/** What resources are called, and which data sources are the same thing as a resource. */
export class Identities {
  private readonly names = new Map<Resource, readonly string[]>();
  private readonly stacks = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  private readonly standIns = new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();

  constructor(
    private readonly graph: Pick<Graph, "resourcesOf" | "dataOf">,
    private readonly resolver: ReferenceResolver,
  ) {}

  /** Literal names of a resource. */
  namesOf(resource: Resource): readonly string[] {
    const before = this.names.get(resource);
    if (before) return before;
    const names = IDENTIFYING.flatMap((argument) => meaningOf(resource.at(argument), this.resolver).names);
    this.names.set(resource, names);
    return names;
  }

  /** Whether a stack has a resource of this type and name. */
  has(stack: string, type: string, name: string): boolean {
    const names = this.stacks.get(type) ?? this.indexNames(type);
    return names.get(name)?.has(stack) ?? false;
  }

  /** Data sources that read this resource. */
  standInsOf(resource: Resource): readonly Resource[] {
    const { type } = resource;
    const ofType = this.standIns.get(type) ?? this.indexStandIns(type);
    return ofType.get(resource) ?? [];
  }

  private indexNames(type: string): ReadonlyMap<string, ReadonlySet<string>> {
    const names = new Map<string, Set<string>>();
    for (const resource of this.graph.resourcesOf(type)) {
      for (const name of this.namesOf(resource)) names.set(name, (names.get(name) ?? new Set()).add(resource.stack));
    }
    this.stacks.set(type, names);
    return names;
  }

  private indexStandIns(type: string): ReadonlyMap<Resource, readonly Resource[]> {
    const managed = new Map<string, Resource[]>();
    for (const resource of this.graph.resourcesOf(type)) {
      for (const name of this.namesOf(resource)) addTo(managed, name, resource);
    }
    const found = new Map<Resource, Resource[]>();
    for (const source of this.graph.dataOf(type)) {
      for (const argument of IDENTIFYING) {
        const { resources, names } = meaningOf(source.at(argument), this.resolver);
        const meant = [
          ...resources.filter((one) => one.type === type),
          ...names.flatMap((name) => managed.get(name) ?? []),
        ];
        for (const resource of new Set(meant)) addTo(found, resource, source);
      }
    }
    this.standIns.set(type, found);
    return found;
  }
}
