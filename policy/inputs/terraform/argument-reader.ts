import { referencesWithin, resolveTemplate } from "../../engine/expressions/evaluate";
import type { Scope } from "../../engine/expressions/scope";
import { TemplateError } from "../../engine/expressions/template-error";
import { mayBeTemplate } from "../../engine/expressions/template-text";
import { Unresolved } from "../../engine/unresolved";
import { isObject } from "./block-reader";

/** Where arguments stand, for messages. */
export interface ArgumentPlace {
  readonly file: string;
  /** e.g. `aws_s3_bucket.models` */
  readonly address: string;
}

/** Reads arguments: JSON in which strings are templates. */
export class ArgumentReader {
  /** What no input may hold. */
  readonly problems: string[] = [];
  /** What cannot be judged. */
  readonly unjudged: string[] = [];
  private readonly path: string[] = [];

  constructor(private readonly place: ArgumentPlace) {}

  /** A value with an `Unresolved` wherever only Terraform will know. */
  read(value: unknown, scope: Scope): unknown {
    if (typeof value === "string") return this.text(value, scope);
    if (typeof value === "number") return isNumberToken(value) ? this.refuseToken(String(value)) : value;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item, index) => this.inside(String(index), item, scope));
    return this.block(value as Readonly<Record<string, unknown>>, scope);
  }

  /** Arguments of a block, its `dynamic` blocks among them. */
  block(body: Readonly<Record<string, unknown>>, scope: Scope): Readonly<Record<string, unknown>> {
    const { dynamic, ...rest } = body;
    const written = isDynamic(dynamic) ? rest : body;
    const entries = Object.entries(written).map(([key, value]) => [
      this.key(key, scope),
      this.inside(key, value, scope),
    ]);
    const result = Object.fromEntries(entries) as Record<string, unknown>;
    if (isDynamic(dynamic)) this.addDynamic(result, dynamic, scope);
    return result;
  }

  private inside(key: string, value: unknown, scope: Scope): unknown {
    this.path.push(key);
    const result = this.read(value, scope);
    this.path.pop();
    return result;
  }

  private text(text: string, scope: Scope): unknown {
    const token = text.includes("Token[") ? TOKEN.exec(text)?.[0] : undefined;
    if (token !== undefined) return this.refuseToken(token);
    try {
      return resolveTemplate(text, scope);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.unjudged.push(`${this.where()} is no template that Terraform could read: ${error.message}`);
      return new Unresolved([], text);
    }
  }

  private key(key: string, scope: Scope): string {
    const name = mayBeTemplate(key) ? this.text(key, scope) : key;
    return name instanceof Unresolved || typeof name === "object" ? key : String(name);
  }

  private addDynamic(result: Record<string, unknown>, dynamic: unknown, scope: Scope): void {
    for (const [name, { for_each: source, iterator, content }] of dynamicBlocks(dynamic)) {
      const list = this.inside(name, source, scope);
      if (isEmpty(list)) continue;
      const references = referencesWithin(list);
      const names = new Map([...scope.iterators, [typeof iterator === "string" ? iterator : name, references]]);
      const inner = this.inside(name, content, { value: (root, key) => scope.value(root, key), iterators: names });
      const made = new Unresolved([...new Set([...references, ...referencesWithin(inner)])]);
      const before = result[name];
      result[name] = before === undefined ? made : [...(Array.isArray(before) ? before : [before]), made];
    }
  }

  private refuseToken(token: string): undefined {
    this.refuse(`must be resolved before it is written, got the token ${token}`);
  }

  private refuse(rule: string): undefined {
    this.problems.push(`${this.where()} ${rule}`);
  }

  private where(): string {
    const path = this.path.reduce((before, key) => (/^\d+$/.test(key) ? `${before}[${key}]` : `${before}.${key}`), "");
    return `${this.place.file}: \`${this.place.address}\`: \`${path.replace(/^\./, "").slice(0, LONGEST_PATH)}\``;
  }
}

const LONGEST_PATH = 200;

/** A token of CDKTF for a text, a list or a map. */
const TOKEN = /(?<![$#&])[$#&]\{(?:Tf)?Token\[[^\]]{1,200}\]\}/;

/** CDKTF hides tokens in numbers too: those of the order of -1e289. */
function isNumberToken(value: number): boolean {
  return value < -1e280;
}

interface DynamicBlock {
  readonly for_each?: unknown;
  readonly iterator?: unknown;
  readonly content?: unknown;
}

/** A map may have a key `dynamic` as well; blocks have `content`. */
function isDynamic(value: unknown): boolean {
  if (value === undefined) return false;
  const blocks = dynamicBlocks(value);
  return blocks.length > 0 && blocks.every(([, { content }]) => typeof content === "object" && content !== null);
}

function dynamicBlocks(value: unknown): readonly (readonly [string, DynamicBlock])[] {
  return listOf(value)
    .filter(isObject)
    .flatMap((byName) => Object.entries(byName))
    .filter(([name]) => name !== "//")
    .flatMap(([name, bodies]) => listOf(bodies).map((body) => [name, isObject(body) ? body : {}] as const));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Whether `for_each` or `count` is known to make nothing. */
export function isEmpty(list: unknown): boolean {
  if (Array.isArray(list)) return list.length === 0;
  return (
    list === 0 || list === "0" || (isObject(list) && !(list instanceof Unresolved) && Object.keys(list).length === 0)
  );
}
