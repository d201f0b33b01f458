import type { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import { groupPath } from "../../sandbox/kubernetes/api-resources";
import type { KubernetesObject } from "../../sandbox/kubernetes/kubernetes-object";

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
}

/** The schemas that an API server publishes. */
export class OpenApi {
  private readonly documents = new Map<string, Promise<Readonly<Record<string, Schema>>>>();

  constructor(private readonly api: KubernetesApi) {}

  /** Fields that a kind does not have, and values of another type than its fields have. */
  async problems(object: KubernetesObject): Promise<string[]> {
    const { apiVersion, kind } = object;
    const schemas = await this.schemas(apiVersion);
    const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
    const root = Object.values(schemas).find((schema) =>
      schema["x-kubernetes-group-version-kind"]?.some(
        (is) => is.group === group && is.version === version && is.kind === kind,
      ),
    );
    return root ? compare(object, root, schemas, kind) : [`${apiVersion} ${kind} has no schema`];
  }

  private schemas(apiVersion: string): Promise<Readonly<Record<string, Schema>>> {
    const known = this.documents.get(apiVersion);
    if (known) return known;
    const asked = this.api
      .request("GET", `/openapi/v3${groupPath(apiVersion)}`)
      .then((document) => (document as { components: { schemas: Record<string, Schema> } }).components.schemas);
    this.documents.set(apiVersion, asked);
    return asked;
  }
}

type Schemas = Readonly<Record<string, Schema>>;

function compare(value: unknown, of: Schema, schemas: Schemas, path: string): string[] {
  const schema = resolved(of, schemas);
  if (schema.format === "int-or-string" || schema.oneOf) return [];
  const type = Array.isArray(value) ? "array" : typeof value;
  const wanted = { integer: "number" }[schema.type ?? ""] ?? schema.type ?? (schema.properties ? "object" : type);
  if (type !== wanted) return [`${path} must be ${wanted}, got ${JSON.stringify(value)}`];
  const { items } = schema;
  if (Array.isArray(value)) return items ? value.flatMap((item) => compare(item, items, schemas, `${path}[]`)) : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = schema.properties?.[name] ?? schema.additionalProperties;
    if (field) return compare(inner, field, schemas, `${path}.${name}`);
    return schema.properties ? [`${path}.${name} does not exist`] : [];
  });
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  const target = schema.$ref ? schemas[schema.$ref.split("/").pop() ?? ""] : undefined;
  if (target) return resolved(target, schemas);
  const [only, ...others] = schema.allOf ?? [];
  return only && others.length === 0 ? { ...schema, ...resolved(only, schemas) } : schema;
}
