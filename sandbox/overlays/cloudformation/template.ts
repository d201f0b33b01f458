import { AwsFault } from "../elasticache/aws-fault";

/** A resource as the template says it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn: readonly string[];
}

/** A template, as far as the sandbox knows templates. */
export interface StackTemplate {
  readonly Description: string | undefined;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  /** Values of the outputs, by name. */
  readonly Outputs: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

const SECTIONS = ["AWSTemplateFormatVersion", "Description", "Metadata", "Resources", "Outputs"];
const ATTRIBUTES = ["Type", "Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"];

/**
 * Reads a template in JSON.
 *
 * @param known properties of each resource type that the sandbox knows
 * @throws AwsFault for what is not a template, or holds more than the sandbox knows
 */
export function readTemplate(body: string, known: Readonly<Record<string, readonly string[]>>): StackTemplate {
  const template = parse(body);
  only(Object.keys(template), SECTIONS, "sections");
  const resources = fields(template["Resources"], "Resources");
  if (Object.keys(resources).length === 0) throw invalid("At least one Resources member must be defined.");
  const types = Object.values(resources).map((one) => String(fields(one, "Resources")["Type"]));
  const unknown = [...new Set(types)].filter((type) => known[type] === undefined);
  if (unknown.length > 0) {
    const sandbox = `the sandbox knows ${Object.keys(known).join(" and ")} only`;
    throw invalid(`Unrecognized resource types: [${unknown.join(", ")}]; ${sandbox}`);
  }
  const outputs = Object.entries(fields(template["Outputs"] ?? {}, "Outputs"));
  return {
    Description: typeof template["Description"] === "string" ? template["Description"] : undefined,
    Resources: Object.fromEntries(Object.entries(resources).map(([id, one]) => [id, resource(id, one, known)])),
    Outputs: Object.fromEntries(outputs.map(([name, one]) => [name, fields(one, `Outputs.${name}`)["Value"]])),
  };
}

function resource(id: string, value: unknown, known: Readonly<Record<string, readonly string[]>>): TemplateResource {
  const given = fields(value, `Resources.${id}`);
  only(Object.keys(given), ATTRIBUTES, `attributes of resource ${id}`);
  const type = String(given["Type"]);
  const properties = fields(given["Properties"] ?? {}, `Resources.${id}.Properties`);
  only(Object.keys(properties), known[type] ?? [], `properties of ${type} ${id}`);
  const dependsOn = [given["DependsOn"] ?? []].flat() as string[];
  return { Type: type, Properties: properties, DependsOn: dependsOn };
}

function parse(body: string): Fields {
  try {
    return fields(JSON.parse(body), "template");
  } catch (error) {
    if (error instanceof AwsFault) throw error;
    throw invalid("JSON not well-formed; the sandbox reads templates in JSON only");
  }
}

function fields(value: unknown, place: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw invalid(`${place} must be an object.`);
}

function only(names: readonly string[], allowed: readonly string[], what: string): void {
  const unknown = names.filter((name) => !allowed.includes(name));
  if (unknown.length === 0) return;
  throw invalid(`Encountered unsupported ${what}: [${unknown.join(", ")}]; the sandbox knows ${allowed.join(", ")}`);
}

function invalid(detail: string): AwsFault {
  return new AwsFault("ValidationError", `Template format error: ${detail}`);
}
