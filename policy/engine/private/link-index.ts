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
  /** What a name means for resources of one type and stack: one list for all that share the name. */
  private readonly meant = new Map<string, readonly Resource[]>();

  private readonly type: string | undefined;

  constructor(
    others: readonly Resource[],
    argument: string,
    private readonly identities: Identities,
    resolver: ReferenceResolver,
  ) {
    this.type = others[0]?.type;
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
    const named = [...new Set(identities.namesOf(resource))]
      .map((name) => this.meantBy(name, resource))
      .filter(({ length }) => length > 0);
    const [only] = named;
    // Many resources may share a name with many others: then a list for each would be as many times as long.
    if (only !== undefined && named.length === 1 && found.size === 0 && !this.isOther(resource)) return only;
    for (const list of named) list.forEach((other) => found.add(other));
    found.delete(resource);
    return [...found];
  }

  private meantBy(name: string, resource: Resource): readonly Resource[] {
    const key = JSON.stringify([resource.stack, resource.type, name]);
    const before = this.meant.get(key);
    if (before) return before;
    const list = [...(this.byName.get(name) ?? [])].filter((other) => this.isMeant(resource, name, other));
    this.meant.set(key, list);
    return list;
  }

  /** Whether a resource is itself of the type whose argument is looked at, so that it could be found for itself. */
  private isOther({ type }: Resource): boolean {
    return type === this.type;
  }

  /** A name means the resource of the same stack, if there is one: stacks of several accounts may use a name each. */
  private isMeant({ stack, type }: Resource, name: string, other: Resource): boolean {
    return other.stack === stack || !this.identities.has(other.stack, type, name);
  }
}

function add<Key>(sets: Map<Key, Set<Resource>>, key: Key, resource: Resource): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(resource));
}
