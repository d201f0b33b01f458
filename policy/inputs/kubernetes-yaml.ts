import { LineCounter, parseAllDocuments } from "yaml";
import type { Document, ParsedNode, Tags } from "yaml";
import { isMap, isSeq } from "yaml";
import { withGoNumbers } from "../../rendering";
import { KubernetesObject } from "../engine/subject";
import type { SourceLocation } from "../engine/subject";
import { InputError } from "./input-error";

/** Where the text of objects comes from. */
export interface ObjectsSource {
  /** What the objects are of, e.g. the name of the file. */
  readonly stack: string;
  /**
   * The file, relative to the root of the project, for messages and source locations.
   * @default - messages name the stack, and the objects say nothing of their lines
   */
  readonly file?: string;
}

/** As many uses of an anchor as one document may have in all: a few lines of nested ones would else fill the memory. */
const MOST_ALIASES = 100;

/** YAML 1.1 as Kubernetes' tools read it: `yes` is true and `0644` a number, but `22:22` is no number and no date is a time. */
const NOT_OF_KUBERNETES: ReadonlySet<string> = new Set(["TIME", "timestamp"]);

/**
 * Reads objects for `kubectl apply`: any number of documents, empty ones among them, and lists of objects, which are taken
 * apart. Templates of charts are no YAML: render them first.
 *
 * @throws `InputError` with one problem per document that is not YAML or no object
 *
 * @example
 * readObjects(readFileSync("app.yaml", "utf8"), { stack: "app.yaml", file: "deploy/app.yaml" });
 */
export function readObjects(text: string, source: ObjectsSource): readonly KubernetesObject[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: "1.1",
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
    customTags: (tags) => withGoNumbers(tags.filter((tag) => !isForeign(tag))),
  });
  const found = [...documents].map((document, index) =>
    new DocumentReader(document, index + 1, { lines, source }).read(),
  );
  const problems = found.flatMap((document) => document.problems);
  if (problems.length > 0) throw new InputError(problems);
  return found.flatMap(({ objects }) => objects);
}

class DocumentReader {
  private readonly objects: KubernetesObject[] = [];
  private readonly problems: string[] = [];

  constructor(
    private readonly document: Document.Parsed,
    private readonly number: number,
    private readonly of: { readonly lines: LineCounter; readonly source: ObjectsSource },
  ) {}

  read(): { readonly objects: readonly KubernetesObject[]; readonly problems: readonly string[] } {
    const { errors, contents } = this.document;
    const [error] = errors;
    if (error) this.refuse(error.pos[0], `is not YAML: ${error.message}`);
    else {
      const value = this.values();
      if (value !== undefined && value !== null) this.take(value, contents);
    }
    const { objects, problems } = this;
    return { objects, problems };
  }

  private values(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
    } catch (error) {
      this.refuse(0, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private take(value: unknown, node: ParsedNode | null): void {
    const at = startOf(node);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.refuse(at, `must be a Kubernetes object, got ${shown(value)}`);
      return;
    }
    const { apiVersion, kind, metadata, items } = value as Readonly<Record<string, unknown>>;
    if (!isText(apiVersion) || !isText(kind)) {
      const field = isText(apiVersion) ? "kind" : "apiVersion";
      this.refuse(at, `must be a Kubernetes object, and has no \`${field}\``);
    } else if (kind.endsWith("List") && Array.isArray(items)) this.takeItems(items, node);
    else if (metadata !== undefined && (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)))
      this.refuse(at, `\`metadata\` must be an object, got ${shown(metadata)}`);
    else this.add(value as Readonly<Record<string, unknown>>, at);
  }

  private takeItems(items: readonly unknown[], node: ParsedNode | null): void {
    const list = isMap(node) ? node.get("items", true) : undefined;
    items.forEach((item, index) => {
      const inner = isSeq(list) ? (list.items[index] as ParsedNode | undefined) : undefined;
      this.take(item, inner ?? node);
    });
  }

  private add(values: Readonly<Record<string, unknown>>, at: number): void {
    const { stack, file } = this.of.source;
    const { line, col } = this.of.lines.linePos(at);
    const trace: readonly SourceLocation[] | undefined = file === undefined ? undefined : [{ file, line, column: col }];
    this.objects.push(new KubernetesObject({ stack, address: addressOf(values), ...(trace ? { trace } : {}) }, values));
  }

  private refuse(at: number, problem: string): void {
    const { stack, file = stack } = this.of.source;
    const { line } = this.of.lines.linePos(at);
    this.problems.push(`${file}:${line}: document ${this.number} ${problem}`);
  }
}

/** `Deployment/serving/router`, or `Namespace/serving`. */
export function addressOf({ kind, metadata }: Readonly<Record<string, unknown>>): string {
  const { namespace, name, generateName } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  return [kind, namespace, name ?? generateName ?? "(no name)"].filter((part) => part !== undefined).join("/");
}

function isForeign(tag: Tags[number]): boolean {
  if (typeof tag === "string") return NOT_OF_KUBERNETES.has(tag);
  return tag.tag === "tag:yaml.org,2002:timestamp" || NOT_OF_KUBERNETES.has(tag.format ?? "");
}

function startOf(node: ParsedNode | null): number {
  return node?.range[0] ?? 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
