import type { SynthesizedStack } from "./rendering";
import { parseTemplate } from "./terraform-template";

/** A resource of a stack that brings objects into the cluster. */
export interface ClusterResource {
  readonly address: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Length of the longest chain of such resources that must stand before it. */
  readonly level: number;
}

type Config = Readonly<Record<string, unknown>>;
/** Terraform's JSON writes blocks as one object or as a list of them, and `null` where there are none. */
type Blocks<T> = T | readonly (T | null)[] | null;
type Resources = Blocks<Readonly<Record<string, Blocks<Readonly<Record<string, Blocks<Config>>>>>>>;

interface Node {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly needs: readonly string[];
}

/** What may be an address in an expression: a type, a dot, a name. */
const ADDRESS = /\b[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*/g;

/** Reads the resources of the Kubernetes and Helm providers in a stack, with the order between them. */
export function readStack({ json }: Pick<SynthesizedStack, "json">): ClusterResource[] {
  const { resource = {} } = JSON.parse(json) as { readonly resource?: Resources };
  const nodes = readNodes(resource);
  const levelOf = levels(nodes);
  return [...nodes]
    .filter(([, { type }]) => isOfCluster(type))
    .map(([address, { type, config }]) => ({ address, type, config, level: levelOf(address) }));
}

/** True for the types of the Kubernetes and Helm providers. */
export function isOfCluster(type: string): boolean {
  return type.startsWith("kubernetes_") || type.startsWith("helm_");
}

function readNodes(resources: Resources): ReadonlyMap<string, Node> {
  const all = entriesOf(resources).flatMap(([type, byName]) =>
    entriesOf(byName).flatMap(([name, configs]) =>
      listOf(configs).flatMap((config) => (config ? [{ address: `${type}.${name}`, type, config }] : [])),
    ),
  );
  const known = new Set(all.map(({ address }) => address));
  return new Map(
    all.map(({ address, type, config }) => [
      address,
      { type, config, needs: addressesIn(config).filter((need) => known.has(need) && need !== address) },
    ]),
  );
}

function entriesOf<T>(blocks: Blocks<Readonly<Record<string, T>>>): readonly (readonly [string, T])[] {
  return listOf(blocks).flatMap((block) => Object.entries(block ?? {}));
}

function listOf<T>(blocks: Blocks<T>): readonly (T | null)[] {
  return Array.isArray(blocks) ? (blocks as readonly (T | null)[]) : [blocks as T | null];
}

/** Addresses in `depends_on` and in the expressions of a resource. */
function addressesIn(config: Readonly<Record<string, unknown>>): string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === "string")
      expressionsOf(part).forEach((text) => text.match(ADDRESS)?.forEach((it) => found.add(it)));
    else if (part !== null && typeof part === "object") Object.values(part).forEach(visit);
  };
  visit(config);
  const { depends_on: dependsOn } = config;
  if (Array.isArray(dependsOn)) dependsOn.map(String).forEach((address) => found.add(address));
  return [...found];
}

function expressionsOf(text: string): string[] {
  if (!/[$%]\{/.test(text)) return [];
  return parseTemplate(text).flatMap((piece) => ("expression" in piece ? [piece.expression] : []));
}

/** Resources of other providers in between carry the order on. Terraform refuses circles, so one is simply cut here. */
function levels(nodes: ReadonlyMap<string, Node>): (address: string) => number {
  const known = new Map<string, number>();
  const levelOf = (address: string): number => {
    const before = known.get(address);
    if (before !== undefined) return before;
    known.set(address, 0);
    const needs = nodes.get(address)?.needs ?? [];
    const below = needs.map((need) => levelOf(need) + (isOfCluster(nodes.get(need)?.type ?? "") ? 1 : 0));
    const level = below.reduce((highest, one) => Math.max(highest, one), 0);
    known.set(address, level);
    return level;
  };
  return levelOf;
}
