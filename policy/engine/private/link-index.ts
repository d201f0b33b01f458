import type { Resource } from "../subject";
import type { Identities } from "./identities";
import type { ReferenceResolver } from "./reference-resolver";
import { meaningOf } from "./value-meaning";

/** Which resources one argument of one type belongs to. */
export class LinkIndex {
  /** Whether some argument names a thing that is not known here. */
  readonly open: boolean;
  private readonly byResource = new Map<Resource, Set<Resource>>();
  private readonly byName = new Map<string, Set<Resource>>();

  constructor(
    others: readonly Resource[],
    argument: string,
    private readonly identities: Identities,
    resolver: ReferenceResolver,
  ) {
    let open = false;
    for (const other of others) {
      for (const value of other.each(argument)) {
        const meaning = meaningOf(value, resolver);
        open ||= meaning.open;
        for (const resource of meaning.resources) add(this.byResource, resource, other);
        for (const name of meaning.names) add(this.byName, name, other);
      }
    }
    this.open = open;
  }

  /** Those whose argument refers to this resource, to a data source that reads it, or names it. */
  to(resource: Resource): readonly Resource[] {
    const { identities, byResource } = this;
    const found = new Set(byResource.get(resource));
    for (const source of identities.standInsOf(resource)) byResource.get(source)?.forEach((other) => found.add(other));
    for (const name of identities.namesOf(resource)) {
      for (const other of this.byName.get(name) ?? []) if (this.isMeant(resource, name, other)) found.add(other);
    }
    found.delete(resource);
    return [...found];
  }

  /** A name means the resource of the same stack, if there is one: stacks of several accounts may use a name each. */
  private isMeant({ stack, type }: Resource, name: string, other: Resource): boolean {
    return other.stack === stack || !this.identities.has(other.stack, type, name);
  }
}

function add<Key>(sets: Map<Key, Set<Resource>>, key: Key, resource: Resource): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(resource));
}
