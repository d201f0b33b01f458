import { orderByNeeds } from "../../engine/circles";
import { referencesWithin } from "../../engine/expressions/evaluate";
import { isScalar } from "../../engine/expressions/functions";
import type { Scope } from "../../engine/expressions/scope";
import { Unresolved } from "../../engine/unresolved";
import { ArgumentReader } from "./argument-reader";
import type { Block } from "./block-reader";

/** Characters and values that variables and locals may bring into a module in all, so that locals of locals cannot fill memory. */
const MOST = 20_000_000;

/** Levels of a variable or local that is put in place of its name. */
const DEEPEST = 50;

/** Variables and locals of a module. */
export class ModuleScope implements Scope {
  readonly iterators: ReadonlyMap<string, readonly string[]> = new Map();
  readonly problems: string[] = [];
  readonly unjudged: string[] = [];
  private readonly values = new Map<string, { readonly value: unknown; readonly size: number }>();
  private left = MOST;

  /** @param given values of variables that have others than their defaults */
  constructor(variables: readonly Block[], locals: readonly Block[], given: ReadonlyMap<string, unknown> = new Map()) {
    for (const {
      labels: [name = ""],
      body,
    } of variables) {
      if (given.has(name)) this.define(`var.${name}`, given.get(name));
      else if (Object.hasOwn(body, "default")) this.define(`var.${name}`, body.default);
    }
    this.readLocals(locals);
  }

  value(root: "var" | "local", name: string): unknown {
    const known = this.values.get(`${root}.${name}`);
    if (known === undefined) return undefined;
    this.left -= known.size;
    if (this.left >= 0) return known.value;
    if (this.unjudged.length === 0)
      this.unjudged.push(`variables and locals that add up to more than ${MOST} characters`);
    return undefined;
  }

  /** The same, with what the elements of a resource are made of. */
  withEach(references: readonly string[]): Scope {
    return { value: (root, name) => this.value(root, name), iterators: new Map([["each", references]]) };
  }

  /** Locals may be made of each other, so they are read in that order. */
  private readLocals(blocks: readonly Block[]): void {
    const sources = new Map<string, { readonly file: string; readonly source: unknown }>();
    for (const { file, body } of blocks) {
      for (const [name, source] of Object.entries(body)) {
        const before = sources.get(name);
        if (before) this.problems.push(`${file}: \`local.${name}\` must be defined once, and is in ${before.file} too`);
        if (name !== "//") sources.set(name, { file, source });
      }
    }
    const needs = new Map([...sources].map(([name, { file, source }]) => [name, this.localsIn(name, file, source)]));
    const { order, circles } = orderByNeeds(needs);
    for (const circle of circles) {
      const file = sources.get(circle[0] ?? "")?.file;
      this.problems.push(
        `${file}: locals must not be made of themselves: ${circle.map((one) => `\`${one}\``).join(", ")}`,
      );
    }
    if (circles.length > 0) return;
    for (const name of order) {
      const { file = "", source } = sources.get(name) ?? {};
      const reader = new ArgumentReader({ file, address: `local.${name}` });
      this.define(`local.${name}`, reader.read(source, this));
      for (const problem of reader.problems) this.problems.push(problem);
      for (const message of reader.unjudged) this.unjudged.push(message);
    }
  }

  /** Names of the locals that a local is made of. */
  private localsIn(name: string, file: string, source: unknown): readonly string[] {
    const value = new ArgumentReader({ file, address: `local.${name}` }).read(source, this);
    return referencesWithin(value).flatMap((reference) => /^local\.([^.[]+)/.exec(reference)?.[1] ?? []);
  }

  private define(name: string, value: unknown): void {
    const size = sizeOf(value);
    if (size <= MOST && value !== undefined) this.values.set(name, { value, size });
  }
}

/** Characters and values in a value; infinite when it is too large or too deep to be put elsewhere. */
function sizeOf(value: unknown): number {
  let size = 0;
  const open = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    size += 1 + sizeOfOne(next.value);
    if (size > MOST || next.depth > DEEPEST) return Number.POSITIVE_INFINITY;
    if (typeof next.value !== "object" || next.value === null || next.value instanceof Unresolved) continue;
    for (const inner of Object.values(next.value)) open.push({ value: inner, depth: next.depth + 1 });
  }
  return size;
}

function sizeOfOne(value: unknown): number {
  if (value instanceof Unresolved) return (value.text?.length ?? 0) + value.references.length;
  return isScalar(value) ? String(value).length : 0;
}
