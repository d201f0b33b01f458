import type { StackJson } from "./stack-json";
import type { TerraformState } from "./terraform-state";

/** What references of a stack can mean. */
export interface KnownValues {
  /** The stack's own state, with its resources of AWS. */
  readonly own?: TerraformState;
  /** States that the stack reads, by the name of the data source. */
  readonly remote: ReadonlyMap<string, TerraformState>;
}

/** Names and keys of the states that a stack reads. */
export function remoteStateKeys({ data = {} }: StackJson): ReadonlyMap<string, string> {
  const sources = Object.entries(data.terraform_remote_state ?? {});
  return new Map(
    sources.flatMap(([name, { config }]) => {
      const { key } = (config ?? {}) as { readonly key?: unknown };
      return typeof key === "string" ? [[name, key] as const] : [];
    }),
  );
}

/**
 * Value of a Terraform reference: an output of another stack, as in `data.terraform_remote_state.cluster.outputs.endpoint`, or an
 * attribute of a resource of the stack itself.
 *
 * @returns undefined for anything else, functions included
 */
export function resolveReference(expression: string, { own, remote }: KnownValues): unknown {
  const path = pathOf(expression);
  if (path === undefined) return undefined;
  const [first, second, third, fourth, ...rest] = path;
  if (first === "data" && second === "terraform_remote_state" && fourth === "outputs") {
    const [output = "", ...inside] = rest;
    return follow(remote.get(third ?? "")?.outputs[output]?.value, inside);
  }
  const [mode, type, name, attributes] =
    first === "data"
      ? ["data", second, third, [fourth, ...rest]]
      : ["managed", first, second, [third, fourth, ...rest]];
  const resource = own?.resources.find((one) => one.mode === mode && one.type === type && one.name === name);
  const inside = attributes.filter((part): part is string => part !== undefined);
  return inside.length === 0 ? undefined : follow(resource?.instances[0]?.attributes, inside);
}

const PART = /^(?:\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\.(\d+)|\["([^"\\]*)"\])/;

/** The steps of a reference, or undefined for an expression of another form. */
function pathOf(expression: string): string[] | undefined {
  const path: string[] = [];
  for (let rest = expression; rest !== "";) {
    const match = PART.exec(rest);
    if (!match) return undefined;
    path.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
    rest = rest.slice(match[0].length);
  }
  return path;
}

function follow(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (inner === null || typeof inner !== "object") return undefined;
    return (inner as Readonly<Record<string, unknown>>)[step];
  }, value);
}
