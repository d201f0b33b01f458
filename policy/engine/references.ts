/** A reference to a resource or data source, taken apart. */
export interface Reference {
  /** Address without keys: `aws_s3_bucket.models`, `data.aws_vpc.main`, `module.store.aws_s3_bucket.models`. */
  readonly address: string;
  /**
   * Address of the one instance that is meant, e.g. `aws_s3_bucket.models[0]`.
   * @default - it is about all of them
   */
  readonly instance?: string;
  /** Names and keys behind the address, e.g. `["vpc_config", "0", "vpc_id"]`; `*` stands for every element. */
  readonly attribute: readonly string[];
}

/** Roots of what is neither a resource nor a data source. */
const OTHER_ROOTS: ReadonlySet<string> = new Set(["var", "local", "each", "count", "self", "path", "terraform"]);

const SEGMENT = /\.?(?:([\p{L}_][\p{L}\p{N}_-]*|\*)|\[([^"\]]*|"(?:[^"\\]|\\.)*")\])/uy;

/**
 * Takes a reference apart.
 *
 * @param text as in `Unresolved.references`, e.g. `aws_s3_bucket.models[0].arn`
 * @returns undefined for variables, locals and all else that is no resource
 */
export function readReference(text: string): Reference | undefined {
  const segments = segmentsOf(text);
  let next = 0;
  while (segments[next]?.name === "module") next += segments[next + 2]?.name === undefined ? 3 : 2;
  if (segments[next]?.name === "data" || segments[next]?.name === "ephemeral") next++;
  const type = segments[next]?.name;
  const name = segments[next + 1]?.name;
  if (type === undefined || name === undefined || (next === 0 && OTHER_ROOTS.has(type))) return undefined;
  const own = segments.slice(0, next + 2);
  const key = segments[next + 2]?.key;
  const address = own.flatMap((segment) => segment.name ?? []).join(".");
  const instance = key === undefined || key === "*" ? undefined : `${own.map(({ text }) => text).join("")}[${key}]`;
  const rest = segments.slice(next + (key === undefined ? 2 : 3));
  const attribute = rest.map((segment) => segment.name ?? unquoted(segment.key));
  return { address, attribute, ...(instance !== undefined && { instance }) };
}

/** An address of a plan without the keys of instances and modules. */
export function withoutKeys(address: string): string {
  if (!address.includes("[")) return address;
  return segmentsOf(address)
    .flatMap(({ name }) => name ?? [])
    .join(".");
}

interface Segment {
  /** As written, with the dot before it. */
  readonly text: string;
  readonly name?: string;
  /** Between brackets, as written. */
  readonly key?: string;
}

function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  for (let found = SEGMENT.exec(text); found !== null; found = SEGMENT.exec(text)) {
    segments.push({ text: found[0], name: found[1], key: found[2] });
  }
  return segments;
}

function unquoted(key = ""): string {
  return key.startsWith('"') ? (JSON.parse(key) as string) : key;
}
