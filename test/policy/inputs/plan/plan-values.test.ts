import { buildGraph } from "../../../../policy/engine/build-graph";
import { judge } from "../../../../policy/engine/judge";
import { STAGE_THRESHOLDS } from "../../../../policy/engine/thresholds";
import type { Stack } from "../../../../policy/engine/subject";
import { readPlan } from "../../../../policy/inputs/plan-json";
import { readTerraformJson } from "../../../../policy/inputs/terraform-json";
import { rules } from "../../../../policy/rules";

/** Findings of one rule, as outcome and message. */
function findingsOf(rule: string, stack: Stack): readonly string[] {
  const graph = buildGraph({ stacks: [stack], objects: [], changes: [] });
  const environment = { stage: "prod", others: [] } as const;
  const { findings } = judge(
    rules.filter(({ id }) => id === rule),
    { graph, environment, thresholds: STAGE_THRESHOLDS.prod, today: "2026-11-21" },
  );
  return findings.map(({ outcome, message }) => `${outcome}: ${message}`);
}

function planned(type: string, change: object, expressions: object, synthesised?: Stack): Stack {
  const address = `${type}.r`;
  return readPlan(
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [{ address, type, name: "r", change: { actions: ["create"], ...change } }],
      configuration: { root_module: { resources: [{ address, expressions }] } },
    }),
    { stack: "s", synthesised },
  ).stack;
}

const synthesisedOf = (type: string, body: object): Stack =>
  readTerraformJson(JSON.stringify({ resource: { [type]: { r: body } } }), { stack: "s" });

const NAMED = { constant_value: "r" };

test.each<[string, string, object, object, object]>([
  [
    ...(["FD-CACHE-008", "aws_elasticache_replication_group", { replication_group_id: "r" }] as const),
    { arn: true, subnet_group_name: true, security_group_ids: true },
    { replication_group_id: NAMED },
  ],
  [
    ...(["FD-RDS-020", "aws_db_instance", { identifier: "r" }] as const),
    { arn: true, maintenance_window: true },
    { identifier: NAMED },
  ],
  [...(["FD-NODE-001", "aws_launch_template", { name: "r" }] as const), { metadata_options: true }, { name: NAMED }],
  [
    ...(["FD-NODE-001", "aws_launch_template", { metadata_options: [{ http_endpoint: "enabled" }] }] as const),
    { metadata_options: [{ http_tokens: true }] },
    { metadata_options: [{ http_endpoint: { constant_value: "enabled" } }] },
  ],
])("%s says of %s in a plan what it says of its synthesis", (rule, type, body, unknown, expressions) => {
  const expected = findingsOf(rule, synthesisedOf(type, body));
  expect(expected[0]).toMatch(/^fail: /);
  expect(findingsOf(rule, planned(type, { after: body, after_unknown: unknown }, expressions))).toEqual(expected);
});

test("what is written and known after apply stays unknown", () => {
  const unknown = { after: {}, after_unknown: { maintenance_window: true } };
  const [resource] = planned("aws_db_instance", unknown, { maintenance_window: { references: ["var.w"] } }).resources;
  expect(resource?.at("maintenance_window").unknown).toBe(true);
});

test("blocks that `dynamic` makes, which no plan names, stay unknown beside the synthesis that has them", () => {
  const dynamic = { name: "r", dynamic: { metadata_options: { for_each: "${var.o}", content: { http_tokens: "x" } } } };
  const unknown = { after: { name: "r" }, after_unknown: { metadata_options: true } };
  const beside = synthesisedOf("aws_launch_template", dynamic);
  const stack = planned("aws_launch_template", unknown, { name: NAMED }, beside);
  expect(stack.resources[0]?.at("metadata_options").unknown).toBe(true);
});

test("arguments of a block that the configuration does not show stay unknown", () => {
  const unknown = { after: { setting: [{}] }, after_unknown: { setting: [{ value: true }] } };
  const [resource] = planned("aws_x", unknown, { name: NAMED }).resources;
  expect(resource?.at("setting.value").unknown).toBe(true);
});
