/** A resource as it stands in a synthesised stack. */
export type PlannedResource = Readonly<Record<string, unknown>>;

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, PlannedResource>>>>;
}

/** What the stacks of an environment would create in its own region. */
export class PlannedResources {
  private readonly byType = new Map<string, PlannedResource[]>();

  /** @param texts `cdk.tf.json` of each stack */
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const { resource = {} } = JSON.parse(text) as StackJson;
      for (const [type, named] of Object.entries(resource)) {
        const own = Object.values(named).filter(({ provider }) => !isAlias(provider));
        this.byType.set(type, [...(this.byType.get(type) ?? []), ...own]);
      }
    }
  }

  /** How many there are of a type, as in `aws_nat_gateway`. */
  count(type: string): number {
    return this.of(type).length;
  }

  /** All of a type. */
  of(type: string): readonly PlannedResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The values of an argument of a type, but for those that are known only after apply. */
  texts(type: string, argument: string): string[] {
    return this.of(type)
      .map((resource) => resource[argument])
      .filter((value): value is string => typeof value === "string" && !value.includes("${"));
  }
}

/** A second provider is one for another region. */
function isAlias(provider: unknown): boolean {
  return typeof provider === "string" && provider.includes(".");
}
