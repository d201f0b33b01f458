import { isScalar } from "./expressions/functions";
import { isBareReference, tryPiecesOf } from "./expressions/template-text";
import type { Graph } from "./graph";
import { readJsonText } from "./json-text";
import { readReference } from "./references";
import type { Resource } from "./subject";
import { Unresolved } from "./unresolved";
import { Value } from "./value";

/** Who a statement is about, e.g. `{ type: "AWS", ids: ["*"] }`; a bare `"*"` is of type `*`. */
export interface Principal {
  readonly type: string;
  readonly ids: readonly string[];
}

/** When a statement applies. */
export interface Condition {
  /** e.g. `StringEquals` */
  readonly operator: string;
  /** e.g. `aws:SourceAccount` */
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement of a policy. Texts may be templates: `${aws_s3_bucket.Models.arn}/*`. */
export interface Statement {
  /** @default - it has no name */
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** e.g. `s3:GetObject`; as written, not lower-cased. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Empty for identity policies. */
  readonly principals: readonly Principal[];
  /** `NotPrincipal`, likewise. */
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

/** A policy as far as it is known. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /**
   * False when parts of it are known only later, so that what is not in `statements` may still be in it; or when it is a
   * literal that is no policy, which has no statements.
   */
  readonly complete: boolean;
}

/**
 * Reads a policy: JSON text with expressions in it, `jsonencode(…)`, an object, or a reference to an
 * `aws_iam_policy_document`, whose blocks and `source_policy_documents` are followed, or to an argument that holds a policy.
 *
 * A text that refers to a resource counts as known, since its ARN has no wildcard; one that is made of a variable, a parameter
 * or an output from outside does not.
 *
 * @returns undefined when it is absent or nothing of it is known
 */
export function readPolicy(value: Value, graph: Graph): PolicyDocument | undefined {
  if (value.text === undefined) return new PolicyReader(graph).read(value);
  const ofGraph = READ.get(graph) ?? new Map<string, PolicyDocument | undefined>();
  READ.set(graph, ofGraph);
  const key = `${value.unknown ? "template" : "text"} ${value.stack} ${value.text}`;
  if (!ofGraph.has(key)) ofGraph.set(key, new PolicyReader(graph).read(value));
  return ofGraph.get(key);
}

/** Policies that were read: every rule about policies reads all of them. */
const READ = new WeakMap<Graph, Map<string, PolicyDocument | undefined>>();

class PolicyReader {
  private readonly statements: Statement[] = [];
  private complete = true;
  /** The stack in which the policy stands. */
  private stack = "";
  /** Whether it is made of blocks: then a statement takes the place of another of its name, and `&{…}` is a policy variable. */
  private ofBlocks = false;
  /** Policies that are being read: one may not be made of itself. */
  private readonly reading: Set<string>;

  constructor(
    private readonly graph: Graph,
    reading: ReadonlySet<string> = new Set(),
  ) {
    this.reading = new Set(reading);
  }

  read(value: Value): PolicyDocument | undefined {
    if (value.absent) return undefined;
    this.stack = value.stack;
    const json = typeof value.literal === "object" ? value : readJsonText(value);
    if (json === undefined && value.unknown) return this.behind(value);
    this.readJson(json?.literal);
    return this.document();
  }

  /** What the reference that a value is leads to. */
  private behind(value: Value): PolicyDocument | undefined {
    const { references, stack, path, text } = value;
    const [reference] = references;
    if (reference === undefined || references.length > 1) return undefined;
    // A function around it may make another policy of it.
    if (text !== undefined && !isBareReference(text)) return undefined;
    const [target] = this.graph.targets(new Value(stack, path, new Unresolved([reference])));
    const key = `${target?.stack} ${target?.address}`;
    if (target === undefined || this.reading.has(key)) return undefined;
    this.reading.add(key);
    if (target.type === "aws_iam_policy_document") return this.dataSource(target);
    return this.read(target.at([...(readReference(reference)?.attribute ?? [])]));
  }

  private document(): PolicyDocument {
    return { statements: this.statements, complete: this.complete };
  }

  private readJson(json: unknown): void {
    const statements = entry(json, "Statement");
    if (statements === undefined) this.complete = false;
    for (const statement of listOf(statements)) {
      const sid = entry(statement, "Sid");
      this.add(entry(statement, "Effect"), {
        ...(typeof sid === "string" && { sid }),
        actions: this.texts(entry(statement, "Action")),
        notActions: this.texts(entry(statement, "NotAction")),
        resources: this.texts(entry(statement, "Resource")),
        notResources: this.texts(entry(statement, "NotResource")),
        principals: this.principals(entry(statement, "Principal")),
        notPrincipals: this.principals(entry(statement, "NotPrincipal")),
        conditions: this.conditions(entry(statement, "Condition")),
      });
    }
  }

  /** Statements of others come first; one with the name of an earlier one takes its place. */
  private dataSource(source: Resource): PolicyDocument {
    this.stack = source.stack;
    this.ofBlocks = true;
    this.include(source, ["source_json", "source_policy_documents"]);
    for (const statement of source.each("statement")) {
      if (!statement.known) this.complete = false;
      else this.readBlock(statement.literal);
    }
    this.include(source, ["override_json", "override_policy_documents"]);
    return this.document();
  }

  private include(source: Resource, args: readonly string[]): void {
    for (const value of args.flatMap((argument) => source.each(argument))) {
      const document = new PolicyReader(this.graph, this.reading).read(value);
      if (document?.complete !== true) this.complete = false;
      document?.statements.forEach((statement) => this.put(statement));
    }
  }

  private readBlock(block: unknown): void {
    const sid = entry(block, "sid");
    this.add(entry(block, "effect") ?? "Allow", {
      ...(typeof sid === "string" && { sid }),
      actions: this.texts(entry(block, "actions")),
      notActions: this.texts(entry(block, "not_actions")),
      resources: this.texts(entry(block, "resources")),
      notResources: this.texts(entry(block, "not_resources")),
      principals: this.principalBlocks(entry(block, "principals")),
      notPrincipals: this.principalBlocks(entry(block, "not_principals")),
      conditions: this.blocks(entry(block, "condition")).map((condition) => ({
        operator: this.text(entry(condition, "test")),
        key: this.text(entry(condition, "variable")),
        values: this.texts(entry(condition, "values")),
      })),
    });
  }

  /** A statement whose effect is not known is left out: it could mean either. */
  private add(effect: unknown, rest: Omit<Statement, "effect">): void {
    if (effect === "Allow" || effect === "Deny") this.put({ ...rest, effect });
    else this.complete = false;
  }

  private put(statement: Statement): void {
    const { sid = "" } = statement;
    const before = sid === "" || !this.ofBlocks ? -1 : this.statements.findIndex((other) => other.sid === sid);
    if (before === -1) this.statements.push(statement);
    else this.statements[before] = statement;
  }

  private principals(content: unknown): readonly Principal[] {
    if (content === undefined) return [];
    if (typeof content === "string") return [{ type: content, ids: [content] }];
    return this.blocks(content).flatMap((block) =>
      Object.entries(block).map(([type, ids]) => ({ type, ids: this.texts(ids) })),
    );
  }

  private principalBlocks(content: unknown): readonly Principal[] {
    return this.blocks(content).map((block) => ({
      type: this.text(entry(block, "type")),
      ids: this.texts(entry(block, "identifiers")),
    }));
  }

  private conditions(content: unknown): readonly Condition[] {
    return this.blocks(content).flatMap((block) =>
      Object.entries(block).flatMap(([operator, keys]) =>
        this.blocks(keys).flatMap((byKey) =>
          Object.entries(byKey).map(([key, values]) => ({ operator, key, values: this.texts(values) })),
        ),
      ),
    );
  }

  /** The objects among some things; what is none may be anything. */
  private blocks(content: unknown): readonly Readonly<Record<string, unknown>>[] {
    return listOf(content).flatMap((block) => {
      if (isRecord(block)) return [block];
      this.complete = false;
      return [];
    });
  }

  private texts(content: unknown): readonly string[] {
    return listOf(content).map((item) => this.text(item));
  }

  private text(item: unknown): string {
    const known = item instanceof Unresolved ? this.isKnown(item) : isScalar(item);
    if (!known) this.complete = false;
    const text = item instanceof Unresolved || isScalar(item) ? item.toString() : (JSON.stringify(item) ?? "");
    const dollar = item instanceof Unresolved ? "$$" : "$";
    return this.ofBlocks ? text.replaceAll("&{", () => `${dollar}{`) : text;
  }

  /** Whether everything in it leads to names of things, and no expression of its own puts a star to them. */
  private isKnown(item: Unresolved): boolean {
    const stars = (tryPiecesOf(item.text ?? "") ?? []).some(
      (piece) => "expression" in piece && QUOTED_STAR.test(piece.expression),
    );
    return !stars && this.graph.leadsToNames(new Value(this.stack, "", item));
  }
}

/** A text with a wildcard within an expression: `${try(aws_s3_bucket.b.arn, "*")}`. */
const QUOTED_STAR = /"[^"]*[*?]/;

function entry(block: unknown, name: string): unknown {
  if (!isRecord(block) || !Object.hasOwn(block, name)) return undefined;
  return block[name] ?? undefined;
}

/** One thing may stand for a list of one, and nothing for none. */
function listOf(content: unknown): readonly unknown[] {
  if (content === undefined) return [];
  return Array.isArray(content) ? (content as unknown[]) : [content];
}

function isRecord(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === "object" && content !== null && !Array.isArray(content) && !(content instanceof Unresolved);
}
