/** One file of a module, parsed. */
export interface TerraformFile {
  /** Its name in messages. */
  readonly file: string;
  readonly json: unknown;
}

/** A block with its labels: of a resource, type and name. */
export interface Block {
  readonly file: string;
  readonly labels: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** Blocks that may stand at the top of a file, with the number of their labels. */
const BLOCKS: ReadonlyMap<string, number> = new Map([
  ["terraform", 0],
  ["locals", 0],
  ["moved", 0],
  ["import", 0],
  ["removed", 0],
  ["provider", 1],
  ["variable", 1],
  ["output", 1],
  ["module", 1],
  ["check", 1],
  ["resource", 2],
  ["data", 2],
  ["ephemeral", 2],
  ["action", 2],
]);

/** Name of the blocks of which there may be several with the same labels. */
const REPEATED: ReadonlySet<string> = new Set(["provider"]);

/** Takes files of Terraform's JSON apart into blocks. Terraform accepts a list of objects wherever it accepts an object. */
export class BlockReader {
  /** What Terraform would refuse. */
  readonly problems: string[] = [];
  /** Names at the top of a file that are no blocks. */
  readonly strangers: string[] = [];
  private readonly blocks = new Map<string, Block[]>();

  constructor(files: readonly TerraformFile[]) {
    files.forEach((file) => this.readFile(file));
    this.refuseDoubles();
  }

  /** All blocks of a kind, e.g. `resource`. */
  of(kind: string): readonly Block[] {
    return this.blocks.get(kind) ?? [];
  }

  private readFile({ file, json }: TerraformFile): void {
    const tops = this.objects(json, "", file);
    const names = tops.flatMap(Object.keys);
    if (tops.length > 0 && !names.some((name) => BLOCKS.has(name))) this.problems.push(noTerraform(file, names));
    else
      this.addStrangers(
        file,
        names.filter((name) => !BLOCKS.has(name) && name !== "//"),
      );
    for (const [kind, labels] of BLOCKS) {
      const found = this.blocks.get(kind) ?? [];
      for (const top of tops) this.descend({ value: top[kind], path: [kind], labels, file }, found);
      this.blocks.set(kind, found);
    }
  }

  private addStrangers(file: string, names: readonly string[]): void {
    for (const name of names.slice(0, MOST_STRANGERS))
      this.strangers.push(`${file}: \`${name}\` is no block of Terraform`);
    const more = names.length - MOST_STRANGERS;
    if (more > 0)
      this.strangers.push(`${file}: ${more} more ${more === 1 ? "name is" : "names are"} no block of Terraform`);
  }

  private descend(
    { value, path, labels, file }: { value: unknown; path: readonly string[]; labels: number; file: string },
    found: Block[],
  ): void {
    if (value === undefined || value === null) return;
    for (const object of this.objects(value, path.join("."), file)) {
      if (path.length > labels) found.push({ file, labels: path.slice(1), body: object });
      else
        for (const [label, inner] of Object.entries(object)) {
          if (label !== "//") this.descend({ value: inner, path: [...path, label], labels, file }, found);
        }
    }
  }

  private objects(value: unknown, path: string, file: string): readonly Readonly<Record<string, unknown>>[] {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.flatMap((item) => {
      if (isObject(item)) return [item];
      this.problems.push(`${file}: ${path === "" ? "the file" : `\`${path}\``} must be an object, got ${show(item)}`);
      return [];
    });
  }

  private refuseDoubles(): void {
    for (const [kind, blocks] of this.blocks) {
      if (BLOCKS.get(kind) === 0 || REPEATED.has(kind)) continue;
      const files = new Map<string, string>();
      for (const { file, labels } of blocks) {
        const name = `${kind}.${labels.join(".")}`;
        const before = files.get(name);
        if (before !== undefined)
          this.problems.push(`${file}: \`${name}\` must be defined once, and is in ${before} too`);
        files.set(name, file);
      }
    }
  }
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message shows it: short, on one line. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const LONGEST_SHOWN = 80;

/** Names that a message lists at most. */
const MOST_NAMES = 5;

/** Names of no block that are told one by one, of one file. */
const MOST_STRANGERS = 20;

function noTerraform(file: string, names: readonly string[]): string {
  const rule = `${file}: must hold a block of Terraform such as \`resource\``;
  if (names.length === 0) return `${rule}, got an empty object`;
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${rule}, got ${names.slice(0, MOST_NAMES).map(show).join(", ")}${rest}`;
}
