import { Unresolved } from "./unresolved";

/**
 * An argument of a resource or a field of an object, as far as it is known. `null` counts as absent, as it does for Terraform.
 *
 * Terraform's JSON writes one nested block as an object or as a list with one element; every method reads both alike.
 */
export class Value {
  /**
   * @param stack the stack it stands in: references are resolved from there
   * @param path where it stands, e.g. `vpc_config.endpoint_public_access`
   */
  constructor(
    readonly stack: string,
    readonly path: string,
    private readonly content: unknown,
  ) {}

  /** Whether it is not there at all. */
  get absent(): boolean {
    return this.content === undefined || this.content === null;
  }

  /** Whether it is there, but only Terraform will know it. A list or block with an unknown part is not unknown as a whole. */
  get unknown(): boolean {
    return this.content instanceof Unresolved;
  }

  /** Whether it is there and known. */
  get known(): boolean {
    return !this.absent && !this.unknown;
  }

  /** The literal; undefined when absent or unknown. Unknown parts of lists and blocks are {@link Unresolved} in it. */
  get literal(): unknown {
    return this.known ? this.content : undefined;
  }

  /** A literal text, or the template of an unknown one with its `${…}` in it; undefined for all else. */
  get text(): string | undefined {
    if (this.content instanceof Unresolved) return this.content.text;
    return typeof this.content === "string" ? this.content : undefined;
  }

  /** A literal number; a text of digits counts, as it does for Terraform. */
  get number(): number | undefined {
    const { literal } = this;
    if (typeof literal === "number") return literal;
    return typeof literal === "string" && /^-?\d+(\.\d+)?$/.test(literal) ? Number(literal) : undefined;
  }

  /** A literal boolean; `"true"` and `"false"` count, as they do for Terraform. */
  get boolean(): boolean | undefined {
    const { literal } = this;
    if (typeof literal === "boolean") return literal;
    return literal === "true" ? true : literal === "false" ? false : undefined;
  }

  /** What it refers to, this value itself and everything in it, e.g. `aws_kms_key.Key.arn`. */
  get references(): readonly string[] {
    return [...new Set(referencesIn(this.content))];
  }

  /** Names of the arguments of a block, or the keys of a map; empty for all else. */
  get keys(): readonly string[] {
    const block = onlyBlock(this.content);
    return isRecord(block) ? Object.keys(block) : [];
  }

  /** The elements of a list; a single block is a list of one, what is absent has none, and so has what is unknown as a whole. */
  get items(): readonly Value[] {
    if (!this.known) return [];
    if (!Array.isArray(this.content)) return [this];
    return this.content.map((item, index) => new Value(this.stack, `${this.path}[${index}]`, item));
  }

  /**
   * The value further down, through blocks. Of a block that is repeated the first one is read: see {@link each} for all of
   * them. What lies below something unknown is unknown.
   *
   * @param path names separated by dots; a name with dots in it as an element of a list
   */
  at(path: string | readonly string[]): Value {
    return names(path).reduce<Value>((value, name) => value.child(name), this);
  }

  /** Every value at this path, through all repeated blocks and lists on the way, the last one's elements included. */
  each(path: string | readonly string[]): readonly Value[] {
    return names(path)
      .reduce<readonly Value[]>(
        (values, name) => values.flatMap((value) => value.list()).map((value) => value.child(name)),
        [this],
      )
      .flatMap((value) => value.list());
  }

  /** The value as a message shows it: short, on one line. */
  toString(): string {
    if (this.absent) return "nothing";
    const { content } = this;
    const text = content instanceof Unresolved ? content.toString() : (JSON.stringify(content) ?? String(content));
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  }

  private list(): readonly Value[] {
    return this.unknown ? [this] : this.items;
  }

  private child(name: string): Value {
    const path = this.path === "" ? name : `${this.path}.${name}`;
    if (this.content instanceof Unresolved) return new Value(this.stack, path, new Unresolved(this.content.references));
    const block = onlyBlock(this.content);
    return new Value(this.stack, path, isRecord(block) && Object.hasOwn(block, name) ? block[name] : undefined);
  }
}

const LONGEST_SHOWN = 120;

function names(path: string | readonly string[]): readonly string[] {
  return typeof path === "string" ? path.split(".") : path;
}

function onlyBlock(content: unknown): unknown {
  return Array.isArray(content) ? (content as unknown[])[0] : content;
}

function isRecord(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === "object" && content !== null && !(content instanceof Unresolved);
}

function referencesIn(content: unknown): readonly string[] {
  if (content instanceof Unresolved) return content.references;
  if (Array.isArray(content)) return content.flatMap(referencesIn);
  return isRecord(content) ? Object.values(content).flatMap(referencesIn) : [];
}
