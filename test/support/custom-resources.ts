import Ajv, { type ErrorObject } from "ajv";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";

/** Definitions of charts, one file each, where they are at hand. */
const FOLDER = join(__dirname, "..", "..", "..", "shared", "crds");

/** `test` where the definitions are at hand; elsewhere the report says what was not checked, and why. */
export function testWithDefinitions(name: string, check: () => void): void {
  if (existsSync(FOLDER)) test(name, check);
  else test.skip(`${name}: the definitions of charts are not beside this clone`, check);
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly scope: "Cluster" | "Namespaced";
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * What is wrong with custom resources by the definitions that a chart brings: unknown kinds, versions that are not served, unknown
 * or missing fields, wrong values. Rules in CEL are left to an API server.
 */
export function customResourceProblems(chart: string, objects: readonly ManifestObject[]): string[] {
  const file = readFileSync(join(FOLDER, `${chart}.json`), "utf8");
  const { items } = JSON.parse(file) as { readonly items: readonly Definition[] };
  return objects.flatMap((object) => problemsOf(object, items));
}

function problemsOf(object: ManifestObject, definitions: readonly Definition[]): string[] {
  const { apiVersion, kind, metadata } = object;
  const name = `${kind} ${metadata.name}`;
  const [group, version] = apiVersion.split("/");
  const found = definitions.find(({ spec }) => spec.group === group && spec.names.kind === kind);
  if (found === undefined) return [`${name}: ${group} has no ${kind}`];
  const served = found.spec.versions.find((one) => one.name === version && one.served);
  if (served === undefined) return [`${name}: ${version} is not served`];
  const cluster = found.spec.scope === "Cluster";
  const misplaced = cluster && metadata.namespace !== undefined ? [`${name}: is not in a namespace`] : [];
  const schema = strict(served.schema.openAPIV3Schema) as Schema & { readonly properties: Schema };
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile({
    ...schema,
    properties: { ...schema.properties, apiVersion: {}, kind: {}, metadata: {} },
  });
  validate(JSON.parse(JSON.stringify(object)));
  return [...misplaced, ...(validate.errors ?? []).map((error) => `${name}: ${describe(error)}`)];
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const extra = "additionalProperty" in params ? ` "${String(params["additionalProperty"])}"` : "";
  return `${instancePath || "/"} ${message}${extra}`;
}

/**
 * An API server that validates strictly refuses fields that a structural schema does not list. Patterns with flags of Go are left
 * to an API server.
 */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema)
    .filter(([key, value]) => !(key === "pattern" && typeof value === "string" && value.includes("(?i)")))
    .map(([key, value]) => [key, strict(value)] as const);
  const closed = "properties" in schema && !("additionalProperties" in schema) && !isOpen(schema);
  return { ...Object.fromEntries(entries), ...(closed && { additionalProperties: false }) };
}

function isOpen(schema: object): boolean {
  return "x-kubernetes-preserve-unknown-fields" in schema || "x-kubernetes-embedded-resource" in schema;
}
