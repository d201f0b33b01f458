import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { environmentJsonSchema } from "../../config/json-schema";
import { STAGES } from "../../config/schema/primitives";
import { VALID } from "./environment-fixture";

const CONFIG = join(__dirname, "../../config");
const schema = environmentJsonSchema();
const at = (path: string): unknown =>
  path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], schema);
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
      "Days after which objects move to S3 Standard-IA. Left out: they never move. Default: dev none; staging 60; prod 90.",
    );
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
