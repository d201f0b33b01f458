import { AwsFault } from "../elasticache/aws-fault";
import type { StackTemplate, TemplateResource } from "./template";

/** What names inside a template stand for. */
export interface Names {
  /** Value of `Ref`; undefined when nothing has that name yet. */
  readonly ref: (name: string) => string | undefined;
  /** Value of `Fn::GetAtt`. */
  readonly attribute: (name: string, attribute: string) => string | undefined;
}

const PLACEHOLDER = /\$\{([^}]+)\}/g;

/** A value of a template with its intrinsic functions worked out: `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::Sub`. */
export function evaluate(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => evaluate(one, names));
  if (typeof value !== "object" || value === null) return value;
  const [[key = "", argument] = [], ...others] = Object.entries(value);
  if (others.length === 0 && (key === "Ref" || key.startsWith("Fn::"))) return call(key, argument, names);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, evaluate(one, names)]));
}

/** Logical ids of the resources, each after those that it names. */
export function inOrder({ Resources }: StackTemplate): string[] {
  const done: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const resource = Resources[id];
    if (done.includes(id) || resource === undefined) return;
    if (path.includes(id)) throw invalid(`Circular dependency between resources: [${path.join(", ")}]`);
    for (const other of namedBy(resource)) visit(other, [...path, id]);
    done.push(id);
  };
  for (const id of Object.keys(Resources)) visit(id, []);
  return done;
}

function namedBy({ Properties, DependsOn }: TemplateResource): string[] {
  const found = [...DependsOn];
  const note = (name: string) => {
    found.push(name);
    return "";
  };
  evaluate(Properties, { ref: note, attribute: note });
  return found;
}

function call(name: string, argument: unknown, names: Names): string {
  switch (name) {
    case "Ref":
      return found(names.ref(String(argument)), String(argument));
    case "Fn::GetAtt": {
      const [id = "", attribute = ""] = Array.isArray(argument) ? argument.map(String) : String(argument).split(".", 2);
      return found(names.attribute(id, attribute), `${id}.${attribute}`);
    }
    case "Fn::Join": {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => String(evaluate(part, names))).join(separator);
    }
    case "Fn::Sub":
      if (typeof argument === "string") return substitute(argument, names);
  }
  throw invalid(
    `The sandbox does not know ${name} in this form; it knows Ref, Fn::GetAtt, Fn::Join and Fn::Sub of a text`,
  );
}

function substitute(text: string, names: Names): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    const [id = "", attribute] = name.split(".", 2);
    return found(attribute === undefined ? names.ref(id) : names.attribute(id, attribute), name);
  });
}

function found(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new AwsFault("ValidationError", `Template error: unresolved resource dependencies [${name}] in the template`);
}

function invalid(detail: string): AwsFault {
  return new AwsFault("ValidationError", `Template error: ${detail}`);
}
