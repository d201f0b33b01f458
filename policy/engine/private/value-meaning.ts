import { isWhole, tryPiecesOf } from "../expressions/template-text";
import type { Resource } from "../subject";
import type { Value } from "../value";
import type { ReferenceResolver } from "./reference-resolver";

/** Arguments by which resources are named elsewhere. */
export const IDENTIFYING: readonly string[] = [
  "arn",
  "bucket",
  "cluster_identifier",
  "cluster_name",
  "db_name",
  "domain_name",
  "family",
  "function_name",
  "id",
  "identifier",
  "key_id",
  "name",
  "replication_group_id",
  "role_name",
];

/** Which thing a value names. */
export interface Meaning {
  /** The resources it refers to. */
  readonly resources: readonly Resource[];
  /** The names it may be: a literal, and of an ARN the last part. */
  readonly names: readonly string[];
  /** Whether it is there and names something that is not known here. */
  readonly open: boolean;
}

/**
 * Which thing a value names: the name, id or ARN of a resource. `${bucket.id}-logs` names another thing than
 * `${bucket.id}` does, `${bucket.arn}/*` the same.
 */
export function meaningOf(value: Value, resolver: ReferenceResolver): Meaning {
  const { literal, references, text, stack } = value;
  if (!value.unknown) return { resources: [], names: namesIn(literal), open: false };
  const whole = isWhole(text);
  const resolved = references.map((reference) => resolver.resolve(stack, reference));
  const resources = whole || isArn(text ?? "") ? [...new Set(resolved.flatMap(({ links }) => links))] : [];
  const literals = whole ? resolved.flatMap((one) => one.literals) : written(stack, text ?? "", resolver);
  const names = [...new Set(literals.flatMap(namesIn))];
  const closed = names.length > 0 || resources.some((one) => isTold(one, resolver));
  return { resources, names, open: !closed || (whole && resolved.some(({ foreign }) => foreign)) };
}

/** Whether it is known which thing it is: a resource of the run, or a data source that is told what to read. */
function isTold(one: Resource, resolver: ReferenceResolver): boolean {
  if (one.mode === "managed") return true;
  return IDENTIFYING.some((argument) => {
    const value = one.at(argument);
    if (!value.unknown) return value.known;
    return value.references.some((reference) => {
      const { links, literals, foreign } = resolver.resolve(one.stack, reference);
      return !foreign && (literals.length > 0 || links.some(({ mode }) => mode === "managed"));
    });
  });
}

/** Names in a literal: itself, and of an ARN the name of the resource. */
function namesIn(literal: unknown): readonly string[] {
  if (typeof literal !== "string") return typeof literal === "number" ? [String(literal)] : [];
  if (!literal.startsWith("arn:")) return literal === "" ? [] : [literal];
  const [, , service, , , ...rest] = literal.split(":");
  const resource = rest.join(":").replace(/:\*$/, "");
  const name = service === "s3" ? resource.split("/", 1)[0] : resource.replace(/^[a-z-]+[:/]/, "");
  return [literal, ...(name ? [name] : [])];
}

/** An ARN that is put together, or the one of a resource with something behind it. */
function isArn(text: string): boolean {
  return text.startsWith("arn:") || /^\$\{[^{}"]*\.arn\}[/:]/.test(text);
}

/** A template in which every reference has one literal. */
function written(stack: string, text: string, resolver: ReferenceResolver): readonly string[] {
  const parts = tryPiecesOf(text)?.map((piece) => {
    if ("text" in piece) return piece.text;
    const reference = /^\$\{([^{}]*)\}$/.exec(piece.expression)?.[1];
    const literals = reference === undefined ? [] : resolver.resolve(stack, reference).literals;
    return literals.length === 1 ? literals[0] : undefined;
  });
  return parts === undefined || parts.includes(undefined) ? [] : [parts.join("")];
}
