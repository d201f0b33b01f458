import { Unresolved } from "../../engine/unresolved";
import { longestReferences } from "./longest-references";
import { asBlock } from "./plan-shape";

type Node = unknown;

/**
 * The addresses that a reference leads to.
 *
 * @param picks whether the expression around it chooses by the key of its own instance: `count.index`, `each.key`
 */
export type Follow = (reference: string, picks: boolean) => readonly string[];

/**
 * What the configuration says of a value: a block with its arguments, one argument, or nothing. A plan keeps of an expression
 * only whether it is a literal, and else what it refers to.
 */
export class Written {
  constructor(
    private readonly node: Node,
    /** Follows a reference to the resources it comes from. */
    private readonly follow: Follow,
  ) {}

  /** Whether the configuration sets it. */
  get there(): boolean {
    return this.node !== undefined;
  }

  /** What it and everything in it is made of, as addresses in the plan. */
  get references(): readonly string[] {
    const references = longestReferences(referencesIn(this.node));
    const picks = references.some((reference) => /^(count|each)\./.test(reference));
    return [...new Set(references.flatMap((reference) => this.follow(reference, picks)))];
  }

  /**
   * The value while it is not known.
   *
   * @param text what is shown in its place; what it is made of when left out
   */
  unresolved(text?: string): Unresolved {
    return new Unresolved(this.references, text);
  }

  /** An argument of the block. Everything inside of one argument is made of what the whole is made of. */
  argument(name: string): Written {
    if (isExpression(this.node)) return this;
    const block = asBlock(Array.isArray(this.node) ? (this.node as unknown[])[0] : this.node);
    return new Written(block && Object.hasOwn(block, name) ? block[name] : undefined, this.follow);
  }

  /**
   * The block that became this element of a list. Terraform sorts blocks of some types, so that the place in the list tells
   * nothing: those are meant whose literals agree with the element.
   */
  element(value: unknown): Written {
    if (!Array.isArray(this.node)) return this;
    const blocks = this.node as readonly Node[];
    const agreeing = blocks.filter((block) => agrees(block, value));
    const [only, ...others] = agreeing.length > 0 ? agreeing : blocks;
    return new Written(others.length === 0 ? only : { references: referencesIn([only, ...others]) }, this.follow);
  }
}

/** An argument: a literal, or references. Literals that are functions of literals have neither. */
function isExpression(node: Node): boolean {
  const block = asBlock(node);
  if (!block) return false;
  const keys = Object.keys(block);
  if (keys.some((key) => key !== "references" && key !== "constant_value")) return false;
  return !("references" in block) || isTexts(block.references);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function referencesIn(node: Node): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  const block = asBlock(node);
  if (!block) return [];
  if (isExpression(block)) return isTexts(block.references) ? block.references : [];
  return Object.values(block).flatMap(referencesIn);
}

function agrees(node: Node, value: unknown): boolean {
  const block = asBlock(node);
  const element = asBlock(value);
  if (!block || !element) return false;
  return Object.entries(block).every(([name, inner]) => {
    const literal = asBlock(inner)?.constant_value;
    const isScalar = ["string", "number", "boolean"].includes(typeof literal);
    return !isScalar || String(literal) === String(element[name]);
  });
}
