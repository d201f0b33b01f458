import type { Graph } from "../../../engine/graph";
import type { PlannedChange } from "../../../engine/subject";
import { Unresolved } from "../../../engine/unresolved";

type Arguments = Readonly<Record<string, unknown>>;

/** Arguments that two resources may differ in and yet be one: what only describes, or only guides Terraform. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["tags", "tags_all", "timeouts"]);

const known = new WeakMap<Graph, ReadonlyMap<PlannedChange, PlannedChange>>();

/**
 * The creation that is likely the new address of something that the plan deletes: one of the same type in the same stack, all
 * of whose known arguments are equal. Each creation counts for one deletion.
 */
export function renameOf(change: PlannedChange, graph: Graph): PlannedChange | undefined {
  const renames = known.get(graph) ?? renamesIn(graph);
  known.set(graph, renames);
  return renames.get(change);
}

function renamesIn({ changes }: Graph): ReadonlyMap<PlannedChange, PlannedChange> {
  const created = new CreatedIndex(changes.filter(({ actions }) => actions.join() === "create"));
  const found = changes.filter(isDeletion).flatMap((change) => {
    const creation = created.take(change);
    return creation ? [[change, creation] as const] : [];
  });
  return new Map(found);
}

/** Creations by the rarest thing that is known of each, so that a deletion is compared with few of them. */
class CreatedIndex {
  private readonly byLeaf = new Map<string, PlannedChange[]>();

  constructor(creations: readonly PlannedChange[]) {
    const counts = new Map<string, number>();
    const leaves = creations.map((change) => leavesOf(change, change.about.after));
    leaves.flat().forEach((leaf) => counts.set(leaf, (counts.get(leaf) ?? 0) + 1));
    for (const [index, creation] of creations.entries()) {
      const rarest = (leaves[index] ?? []).reduce<string | undefined>(
        (best, leaf) => (best === undefined || (counts.get(leaf) ?? 0) < (counts.get(best) ?? 0) ? leaf : best),
        undefined,
      );
      if (rarest !== undefined) this.byLeaf.set(rarest, [...(this.byLeaf.get(rarest) ?? []), creation]);
    }
  }

  /** One that could be the deleted thing, which is no longer there for others then. */
  take(deleted: PlannedChange): PlannedChange | undefined {
    for (const leaf of leavesOf(deleted, deleted.about.before)) {
      const candidates = this.byLeaf.get(leaf) ?? [];
      const index = candidates.findIndex((candidate) => isSame(deleted.about.before, candidate.about.after));
      if (index >= 0) return candidates.splice(index, 1)[0];
    }
    return undefined;
  }
}

/** Everything that says what a resource is, each with its place: defaults such as `false` are shared by all of a type. */
function leavesOf({ stack, type }: PlannedChange, values: Arguments | undefined): readonly string[] {
  const leaves: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value instanceof Unresolved || value === null) return;
    if (typeof value === "object")
      Object.entries(value).forEach(([name, inner]: [string, unknown]) => visit(inner, `${path}.${name}`));
    else if (typeof value !== "boolean" && value !== "" && value !== 0) leaves.push(`${path}=${String(value)}`);
  };
  compared(values).forEach(([name, value]) => visit(value, `${stack} ${type} ${name}`));
  return leaves;
}

function isDeletion({ actions, about: { deposed } }: PlannedChange): boolean {
  return actions.join() === "delete" && deposed === undefined;
}

function compared(values: Arguments = {}): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(values).filter(([name]) => !NOT_COMPARED.has(name));
}

function isSame(before: Arguments | undefined, after: Arguments | undefined): boolean {
  return compared(after).every(([name, value]) => isEqual(before?.[name], value));
}

/** Unknown parts of what is new may turn out equal. */
function isEqual(before: unknown, after: unknown): boolean {
  if (after instanceof Unresolved) return true;
  if (Array.isArray(after)) {
    const items: readonly unknown[] = Array.isArray(before) ? before : [];
    return items.length === after.length && after.every((item, index) => isEqual(items[index], item));
  }
  if (typeof after === "object" && after !== null) {
    const fields = typeof before === "object" && before !== null ? (before as Arguments) : {};
    return Object.entries(after).every(([name, value]) => isEqual(fields[name], value));
  }
  return before === after || (before === undefined && (after === false || after === 0 || after === ""));
}
