type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** The parts of a synthesised `cdk.tf.json` that a deploy without the Kubernetes and Helm providers works with. */
export interface StackJson {
  readonly terraform?: Block & {
    readonly required_providers?: Readonly<Record<string, unknown>>;
    readonly backend?: { readonly s3?: { readonly key?: string } };
  };
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly data?: Blocks;
  readonly resource?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly [block: string]: unknown;
}

const CLUSTER_PROVIDERS: ReadonlySet<string> = new Set(["helm", "kubernetes"]);

/** True for types of the Kubernetes and Helm providers. */
export function isOfCluster(type: string): boolean {
  return CLUSTER_PROVIDERS.has(type.split("_")[0] ?? "");
}

/** True when the stack has resources besides those of the Kubernetes and Helm providers. */
export function hasOtherResources({ resource = {} }: StackJson): boolean {
  return Object.entries(resource).some(([type, byName]) => !isOfCluster(type) && Object.keys(byName).length > 0);
}

/**
 * The stack without all that belongs to the Kubernetes and Helm providers, for a Terraform that cannot have these: what is
 * left of it is deployed as it is, with the same addresses in the same state.
 */
export function withoutCluster(json: StackJson): StackJson {
  const gone = addressesOfCluster(json);
  const { terraform = {}, provider = {}, resource = {}, data = {}, output = {} } = json;
  const kept = {
    ...json,
    terraform: { ...terraform, required_providers: withoutNames(terraform.required_providers ?? {}) },
    provider: withoutNames(provider),
    resource: mapBlocks(withoutTypes(resource), (block) => withoutDependencies(block, gone)),
    data: withoutTypes(data),
    output: Object.fromEntries(Object.entries(output).filter(([, value]) => !mentions(value, gone))),
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => !isEmpty(value))) as StackJson;
}

function addressesOfCluster({ resource = {}, data = {} }: StackJson): string[] {
  const addresses = (blocks: Blocks, prefix: string): string[] =>
    Object.entries(blocks)
      .filter(([type]) => isOfCluster(type))
      .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${prefix}${type}.${name}`));
  return [...addresses(resource, ""), ...addresses(data, "data.")];
}

function withoutNames(named: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => !CLUSTER_PROVIDERS.has(name)));
}

function withoutTypes(blocks: Blocks): Blocks {
  return Object.fromEntries(Object.entries(blocks).filter(([type]) => !isOfCluster(type)));
}

function mapBlocks(blocks: Blocks, change: (block: Block) => Block): Blocks {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, byName]) => [
      type,
      Object.fromEntries(Object.entries(byName).map(([name, block]) => [name, change(block)])),
    ]),
  );
}

function withoutDependencies(block: Block, gone: readonly string[]): Block {
  const { depends_on: dependsOn, ...rest } = block;
  if (!Array.isArray(dependsOn)) return block;
  const kept = (dependsOn as unknown[]).filter((address) => !gone.includes(String(address)));
  return kept.length === 0 ? rest : { ...rest, depends_on: kept };
}

function mentions(value: unknown, addresses: readonly string[]): boolean {
  const text = JSON.stringify(value);
  return addresses.some((address) => text.includes(address));
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === "object" && Object.keys(value).length === 0;
}
