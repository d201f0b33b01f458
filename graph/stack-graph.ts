/** One stack of a picture: its resources counted by type. */
export interface StackNode {
  readonly id: string;
  /** Most numerous first, then by name. */
  readonly resources: readonly ResourceCount[];
}

export interface ResourceCount {
  /** Terraform's type, e.g. `aws_subnet`. */
  readonly type: string;
  readonly count: number;
}

/** What one stack takes from the state of another: the types of the resources referred to, with how many values of each. */
export interface StackEdge {
  /** The stack whose outputs are read. */
  readonly from: string;
  /** The stack that reads them. */
  readonly to: string;
  readonly values: readonly ResourceCount[];
}

export interface StackGraph {
  readonly stacks: readonly StackNode[];
  readonly edges: readonly StackEdge[];
}

/** The parts of a synthesised `cdk.tf.json` that a picture needs. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, { readonly config?: { readonly key?: string } }>>;
  };
  readonly terraform?: { readonly backend?: { readonly s3?: { readonly key?: string } } };
}

/**
 * Reads stacks and what they hand to each other from synthesised JSON.
 *
 * @param stacks synthesised JSON by stack id, in the order of the picture
 */
export function readStackGraph(stacks: ReadonlyMap<string, StackJson>): StackGraph {
  const stackOfKey = new Map([...stacks].map(([id, json]) => [json.terraform?.backend?.s3?.key, id]));
  const edges = [...stacks].flatMap(([to, json]) =>
    Object.entries(json.data?.terraform_remote_state ?? {}).flatMap(([name, source]) => {
      const from = stackOfKey.get(source.config?.key);
      const values = from === undefined ? [] : valuesTaken(json, name, stacks.get(from)?.output ?? {});
      return from === undefined || values.length === 0 ? [] : [{ from, to, values }];
    }),
  );
  return { stacks: [...stacks].map(([id, json]) => ({ id, resources: countResources(json) })), edges };
}

function countResources(json: StackJson): ResourceCount[] {
  const counts = Object.entries(json.resource ?? {}).map(([type, byName]) => ({
    type,
    count: Object.keys(byName).length,
  }));
  return counts.sort(byCount);
}

function valuesTaken(json: StackJson, remoteState: string, outputs: NonNullable<StackJson["output"]>): ResourceCount[] {
  const reference = new RegExp(`data\\.terraform_remote_state\\.${remoteState}\\.outputs\\.([\\w-]+)`, "g");
  const names = new Set([...JSON.stringify(json).matchAll(reference)].map((match) => match[1] ?? ""));
  const counts = new Map<string, number>();
  for (const name of names) {
    const type = /\$\{(?:data\.)?([a-z][a-z0-9_]*)\./.exec(JSON.stringify(outputs[name]?.value ?? ""))?.[1] ?? name;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => ({ type, count })).sort(byCount);
}

function byCount(a: ResourceCount, b: ResourceCount): number {
  if (a.count !== b.count) return b.count - a.count;
  return a.type < b.type ? -1 : 1;
}
