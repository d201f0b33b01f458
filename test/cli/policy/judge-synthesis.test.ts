import { join } from "node:path";
import { judgeSynthesis } from "../../../cli/policy/judge-synthesis";
import { loadEnvironments } from "../../../config";
import { PolicyInputError, rules } from "../../../policy";
import { temporaryFolder } from "../../support/temporary-folder";
import { environmentYaml, logGroup, writeFiles } from "./run-policy";

/** Rules that are on by default. */
const ASKED = rules.filter(({ packs }) => packs.some((pack) => pack !== "strict")).length;
const SETTINGS = "config/policy/settings.yaml";
const HARD = { [SETTINGS]: "rules: { FD-LOG-002: { level: hard } }" };

/** What CDKTF writes of stacks, by id. */
const written = (stacks: Readonly<Record<string, object>>): Record<string, string> => ({
  "out/manifest.json": JSON.stringify({
    version: "0.21.0",
    stacks: Object.fromEntries(
      Object.keys(stacks).map((id) => [
        id,
        { name: id, workingDirectory: `stacks/${id}`, synthesizedStackPath: `stacks/${id}/cdk.tf.json` },
      ]),
    ),
  }),
  ...Object.fromEntries(
    Object.entries(stacks).map(([id, json]) => [`out/stacks/${id}/cdk.tf.json`, JSON.stringify(json)]),
  ),
});

async function judge(
  stacks: Readonly<Record<string, object>>,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly fine: boolean; readonly told: string }> {
  const root = temporaryFolder();
  writeFiles(root, { "config/environments/shop/prod.yaml": environmentYaml("prod"), ...written(stacks), ...files });
  let told = "";
  const fine = await judgeSynthesis({
    ...{ root, configRoot: root, configs: loadEnvironments(root), outdir: join(root, "out"), today: "2026-11-21" },
    tell: (text) => (told += text),
  });
  return { fine, told };
}

test("what is hard stops it: the rule, the place, the remedy, and where to see the rest", async () => {
  expect(await judge({ "shop-prod-data": logGroup() }, HARD)).toEqual({
    fine: false,
    told: `HARD  1 finding in shop/prod stops the synthesis

✘ A log group deletes old events some day
  FD-LOG-002 log-group-expires, medium
  what  \`retention_in_days\` must be set, got nothing
  at    shop-prod-data: aws_cloudwatch_log_group.app
  why   Events are kept and paid for until somebody deletes the group, and personal data in them longer than
        anyone may keep it.
  fix   Set \`retention_in_days\`.

To except for a time, in config/policy/waivers.yaml: { rule: FD-LOG-002, path, reason, expires }
Examples of a rule: npx flightdeck policy explain FD-LOG-002

✘ shop/prod: 1 hard open; 4 checks of ${ASKED} rules on 1 resource
Nothing is deployed. Everything that was checked: npx flightdeck policy check shop/prod
`,
  });
});

test("what is soft, advisory or waived stops nothing, and nothing is said", async () => {
  expect(await judge({ "shop-prod-data": logGroup() })).toEqual({ fine: true, told: "" });
  const waivers = "- { rule: FD-LOG-002, reason: the events are few, expires: 2027-01-31 }";
  expect(await judge({ "shop-prod-data": logGroup() }, { ...HARD, "config/policy/waivers.yaml": waivers })).toEqual({
    fine: true,
    told: "",
  });
});

test("every environment that is broken is told, and none that is not", async () => {
  const { fine, told } = await judge(
    { "shop-dev-data": logGroup(), "shop-prod-data": logGroup(), "shop-staging-data": logGroup(30) },
    {
      ...HARD,
      "config/environments/shop/dev.yaml": environmentYaml("dev", "111111111111", "10.20.0.0/16"),
      "config/environments/shop/staging.yaml": environmentYaml("staging", "222222222222", "10.22.0.0/16"),
    },
  );
  expect(fine).toBe(false);
  expect(told).toMatch(/✘ shop\/dev: 1 hard open;(.|\n)*✘ shop\/prod: 1 hard open;/);
  expect(told).not.toContain("shop/staging");
  expect(told).toMatch(/npx flightdeck policy check shop\/dev shop\/prod\n$/);
});

test("a stack is of the environment with the longest name that it begins with", async () => {
  const project = (name: string, stage: string, account: string): string =>
    environmentYaml(stage, account, "10.20.0.0/16").replace("project: shop", `project: ${name}`);
  const { told } = await judge(
    { "shop-prod-data": logGroup(30), "shop-prod-dev-data": logGroup() },
    { ...HARD, "config/environments/shop-prod/dev.yaml": project("shop-prod", "dev", "111111111111") },
  );
  expect(told).toContain("✘ shop-prod/dev: 1 hard open;");
  expect(told).not.toContain("✘ shop/prod:");
});

test("a stack beyond the layers is judged; one that is of no environment is told", async () => {
  const { fine, told } = await judge({ "shop-prod-extra": logGroup(), lab: logGroup() }, HARD);
  expect(fine).toBe(false);
  expect(told).toMatch(/^Not judged, as they are of no environment: lab\n/);
  expect(told).toContain("shop-prod-extra: aws_cloudwatch_log_group.app");
});

test("stacks that an earlier synthesis left in the folder are not judged", async () => {
  const files = {
    "out/stacks/shop-prod-old/cdk.tf.json": JSON.stringify(logGroup()),
    "out/stacks/shop-prod-gone/x": "",
  };
  expect(await judge({ "shop-prod-data": logGroup(30) }, { ...HARD, ...files })).toEqual({ fine: true, told: "" });
});

test("an environment without a stack fails: nothing was judged", async () => {
  const { fine, told } = await judge({});
  expect(fine).toBe(false);
  expect(told).toContain("✘ shop/prod: nothing was judged:");
});

test("broken settings are thrown", async () => {
  await expect(judge({ "shop-prod-data": logGroup() }, { [SETTINGS]: "packs: []" })).rejects.toThrow(PolicyInputError);
});
