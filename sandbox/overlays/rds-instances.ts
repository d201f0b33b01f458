import type { AwsCall } from "../aws/aws-call";
import type { Overlay } from "./overlay";
import { amendText, identifierOf, withBody } from "./overlay";

/** Parameters that moto forgets, and the elements they are read back as. */
const SETTINGS = {
  DatabaseInsightsMode: "DatabaseInsightsMode",
  EnablePerformanceInsights: "PerformanceInsightsEnabled",
  PerformanceInsightsKMSKeyId: "PerformanceInsightsKMSKeyId",
  PerformanceInsightsRetentionPeriod: "PerformanceInsightsRetentionPeriod",
} as const;

interface Instance {
  readonly resourceId: string;
  readonly settings: Map<string, string>;
}

/**
 * moto gives all instances one resource id, by which Terraform then looks for its own, and forgets everything about
 * Performance Insights and Database Insights.
 */
export function rdsInstances(): Overlay {
  const instances = new Map<string, Instance>();
  return {
    service: "rds",
    actions: ["CreateDBInstance", "ModifyDBInstance", "DescribeDBInstances", "DeleteDBInstance"],
    rewrite: (call) => (call.action === "DescribeDBInstances" ? byName(call, instances) : call),
    answer: async (call, { seq, moto }) => {
      if (call.action !== "CreateDBInstance") return undefined;
      const response = await moto(call);
      if (response.status < 300) {
        const resourceId = `db-${identifierOf(seq, 26).toUpperCase()}`;
        instances.set(keyOf(call, nameIn(call)), { resourceId, settings: settingsIn(call) });
      }
      return response;
    },
    amend: (call, response) => {
      if (call.action === "ModifyDBInstance" && response.status < 300) modify(call, instances);
      const amended = amendText(response, (text) => text.replace(BLOCK, (block) => complete(call, block, instances)));
      if (call.action === "DeleteDBInstance" && response.status < 300) instances.delete(keyOf(call, nameIn(call)));
      return amended;
    },
  };
}

const BLOCK = /<DBInstance>.*?<\/DBInstance>/gs;
const RESOURCE_FILTER = "dbi-resource-id";

function modify(call: AwsCall, instances: Map<string, Instance>): void {
  const key = keyOf(call, nameIn(call));
  const instance = instances.get(key);
  if (instance === undefined) return;
  for (const [name, value] of settingsIn(call)) instance.settings.set(name, value);
  const renamed = parameters(call).get("NewDBInstanceIdentifier");
  if (renamed === null) return;
  instances.delete(key);
  instances.set(keyOf(call, renamed), instance);
}

/** The instance as AWS describes it: with its own resource id and what moto leaves out. */
function complete(call: AwsCall, block: string, instances: ReadonlyMap<string, Instance>): string {
  const name = /<DBInstanceIdentifier>([^<]+)</.exec(block)?.[1] ?? "";
  const instance = instances.get(keyOf(call, name));
  if (instance === undefined) return block;
  const { resourceId, settings } = instance;
  const on = settings.get("PerformanceInsightsEnabled") === "true";
  const shown = on
    ? new Map([["PerformanceInsightsRetentionPeriod", "7"], ...settings])
    : new Map([["PerformanceInsightsEnabled", "false"]]);
  shown.set("DatabaseInsightsMode", settings.get("DatabaseInsightsMode") ?? "standard");
  const elements = [...shown].map(([element, value]) => `<${element}>${value}</${element}>`);
  return block
    .replace(OWN_SETTINGS, "")
    .replace(/<DbiResourceId>[^<]*</, `<DbiResourceId>${resourceId}<`)
    .replace("</DBInstance>", `${elements.join("")}</DBInstance>`);
}

const OWN_SETTINGS = new RegExp(`<(${Object.values(SETTINGS).join("|")})>[^<]*</\\1>`, "g");

/** A search for a resource id, as one for the name it belongs to. */
function byName(call: AwsCall, instances: ReadonlyMap<string, Instance>): AwsCall {
  const form = parameters(call);
  const filter = [...form].find(([name, value]) => name.endsWith(".Name") && value === RESOURCE_FILTER)?.[0];
  if (filter === undefined) return call;
  const values = [...form].filter(([name]) => name.startsWith(filter.replace(/Name$/, "Values.")));
  const names = values.flatMap(([, resourceId]) => nameOf(call, resourceId, instances) ?? []);
  const [only] = names;
  if (only === undefined || names.length > 1) return call;
  form.set(filter, "db-instance-id");
  form.set(values[0]?.[0] ?? "", only);
  return withBody(call, form.toString());
}

function nameOf(call: AwsCall, resourceId: string, instances: ReadonlyMap<string, Instance>): string | undefined {
  const start = keyOf(call, "");
  for (const [key, instance] of instances) {
    if (key.startsWith(start) && instance.resourceId === resourceId) return key.slice(start.length);
  }
  return undefined;
}

function keyOf({ account, region }: AwsCall, name: string): string {
  return `${account}/${region}/${name.toLowerCase()}`;
}

function nameIn(call: AwsCall): string {
  return parameters(call).get("DBInstanceIdentifier") ?? "";
}

function settingsIn(call: AwsCall): Map<string, string> {
  const form = parameters(call);
  const given = Object.entries(SETTINGS).map(([parameter, element]) => [element, form.get(parameter)] as const);
  return new Map(given.filter((entry): entry is readonly [(typeof entry)[0], string] => entry[1] !== null));
}

function parameters(call: AwsCall): URLSearchParams {
  return new URLSearchParams(call.body.toString("utf8"));
}
