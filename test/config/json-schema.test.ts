import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseDocument } from "yaml";
import { z } from "zod";
import { environmentJsonSchema } from "../../config/json-schema";
import { STAGE_DEFAULTS } from "../../config/stages";
import { STAGES } from "../../config/schema/primitives";
import { isMap } from "../../config/value-path";
import { refusal, VALID } from "./environment-fixture";

const CONFIG = join(__dirname, "../../config");
const schema = environmentJsonSchema();
const at = (path: string): unknown =>
  path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], schema);
/** The small environment with null at a path. */
function withNull(path: readonly string[]): string {
  const document = parseDocument(VALID);
  document.setIn(path, null);
  return String(document);
}

const editor = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

describe("the JSON schema for editors", () => {
  test("is committed as it is generated; `node --import tsx config/write-schema.ts` writes it", () => {
    const committed: unknown = JSON.parse(readFileSync(join(CONFIG, "environment.schema.json"), "utf8"));

    expect(JSON.stringify(committed)).toBe(JSON.stringify(schema));
  });

  test("requires what no default gives, and nothing else", () => {
    expect(at("required")).toEqual(["project", "stage", "account", "region", "owner", "network", "cluster"]);
    expect(at("properties.network.required")).toEqual(["cidr", "zones"]);
    expect(at("properties.cluster.required")).toEqual(["version", "admins"]);
    expect(at("properties.data.required")).toBeUndefined();
    expect(at("properties.nodePools.required")).toBeUndefined();
    expect(at("properties.nodePools.properties.cpu.additionalProperties.required")).toEqual(["instanceTypes"]);
    expect(at("properties.nodePools.properties.gpu.additionalProperties.required")).toEqual([
      "instanceTypes",
      "maxSize",
    ]);
  });

  test("says what each stage gives", () => {
    expect(at("properties.data.properties.keyDeletionWindowDays.description")).toBe(
      "Days between the deletion of a KMS key being asked for and done; until then it can be called back. Default: dev 7; staging 14; prod 30.",
    );
    expect(at("properties.nodePools.properties.system.properties.capacity.description")).toBe(
      "Spot is cheaper and may be taken back with two minutes' notice. Default: on-demand.",
    );
    expect(
      at("properties.data.properties.stores.properties.datasets.properties.infrequentAccessAfterDays.description"),
    ).toBe(
      "Days after which objects move to S3 Standard-IA. null: they never move. Default: dev none; staging 60; prod 90.",
    );
  });

  test("allows null for what a stage gives and a file may do without, as the loader does, and nowhere else", () => {
    const leaves = (value: unknown, path: string[] = []): string[][] =>
      isMap(value) ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key])) : [path];
    const given = new Set(
      STAGES.flatMap((stage) => leaves(STAGE_DEFAULTS[stage].environment).map((path) => path.join())),
    );
    const nulls = (node: unknown, path: string[] = []): string[] => {
      const { properties, additionalProperties, anyOf } = node as Record<string, unknown>;
      const inner = Object.entries((properties ?? {}) as Record<string, unknown>);
      const all = isMap(additionalProperties) ? [...inner, ["*", additionalProperties] as const] : inner;
      return [...(anyOf ? [path.join()] : []), ...all.flatMap(([key, child]) => nulls(child, [...path, key]))];
    };
    const accepted = [...given].filter((path) => refusal(withNull(path.split(","))) === "");

    expect(nulls(schema)).toEqual(
      ["datasets", "artifacts", "logs"]
        .flatMap((store) => [`data,stores,${store},infrequentAccessAfterDays`, `data,stores,${store},expireAfterDays`])
        .filter((path) => given.has(path)),
    );
    expect(accepted.sort()).toEqual(nulls(schema).sort());
  });

  test("says what null does wherever it allows it", () => {
    expect(at("properties.data.properties.stores.properties.logs.properties.expireAfterDays.description")).toBe(
      "Days after which objects are deleted. null: they are kept for ever. Default: dev 30; staging 90; prod 400.",
    );
    expect(at("properties.data.properties.stores.properties.artifacts.properties.expireAfterDays.description")).toBe(
      "Days after which objects are deleted. Left out: they are kept for ever.",
    );
  });

  test.each([
    ["null for an expiry that a stage gives", { data: { stores: { logs: { expireAfterDays: null } } } }, true],
    ["days for it", { data: { stores: { logs: { expireAfterDays: 31 } } } }, true],
    ["no days for it", { data: { stores: { logs: { expireAfterDays: 0 } } } }, false],
    ["null for an expiry that no stage gives", { data: { stores: { models: { expireAfterDays: null } } } }, false],
    ["null for what is required", { data: { keyDeletionWindowDays: null } }, false],
  ])("knows whether there can be %s", (_what, change, fine) => {
    expect(editor.safeParse({ ...(parse(VALID) as object), ...change }).success).toBe(fine);
  });

  test("describes every setting", () => {
    const undescribed = (node: unknown, path: string): string[] => {
      const { properties, additionalProperties, items, description } = node as Record<string, unknown>;
      const inner = Object.entries((properties ?? {}) as Record<string, unknown>);
      const nested = [
        ...inner,
        ...[additionalProperties, items].flatMap((child) => (child ? [["*", child] as const] : [])),
      ];
      const missing = description === undefined && !path.endsWith("*") ? [path] : [];
      return [...missing, ...nested.flatMap(([key, child]) => undescribed(child, `${path}.${key}`))];
    };

    expect(undescribed(schema, "")).toEqual([]);
  });

  test.each(STAGES)("accepts the file of atlas/%s", (stage) => {
    const text = readFileSync(join(CONFIG, "environments/atlas", `${stage}.yaml`), "utf8");

    expect(editor.safeParse(parse(text)).error?.issues).toBeUndefined();
  });

  test.each([
    ["an unknown key", { zone: "a" }],
    ["an account of 11 digits", { account: "11111111111" }],
    ["a stage that does not exist", { stage: "qa" }],
    ["a network without zones", { network: { cidr: "10.0.0.0/16" } }],
  ])("refuses %s", (_what, change) => {
    const file = { ...(parse(VALID) as object), ...change };

    expect(editor.safeParse(parse(VALID)).success).toBe(true);
    expect(editor.safeParse(file).success).toBe(false);
  });
});
