import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UnknownNameError } from "../../../catalog";
import { PolicyInputError } from "../../../policy/enforcement/policy-input-error";
import type { PolicyReport } from "../../../policy/enforcement/policy-report";
import { InputError } from "../../../policy/inputs/input-error";
import type { SynthesizedModule } from "../../../policy/inputs/synthesis";
import { checkPolicy } from "../../../policy/run/check-policy";
import type { PolicyInput, PolicyOptions, PolicyRun } from "../../../policy/run/check-policy";
import { temporaryFolder } from "../../support/temporary-folder";

const RULE = "FD-LOG-002";

const logs = (...names: string[]): object => ({
  aws_cloudwatch_log_group: Object.fromEntries(
    names.map((name) => [name, { name, "//": { metadata: { path: `shop-data/${name}/Resource` } } }]),
  ),
});

const stack = (id: string, json: object): SynthesizedModule => ({
  id,
  files: [{ file: `${id}/cdk.tf.json`, text: JSON.stringify(json) }],
});

const plan = (after: object, name = "App"): string =>
  JSON.stringify({
    format_version: "1.2",
    resource_changes: [
      {
        ...{ address: `aws_cloudwatch_log_group.${name}`, mode: "managed", type: "aws_cloudwatch_log_group", name },
        change: { actions: ["create"], before: null, after, after_unknown: {} },
      },
    ],
  });

async function check(
  input: Partial<PolicyInput>,
  options: Partial<PolicyOptions> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<PolicyRun> {
  const configRoot = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(configRoot, path)), { recursive: true });
    writeFileSync(join(configRoot, path), text);
  }
  return checkPolicy({ name: "shop/prod", stage: "prod", ...input }, { configRoot, today: "2026-11-21", ...options });
}

const places = ({ findings }: PolicyReport): string[] =>
  findings.map(({ rule, status, place }) => `${rule.id} ${status} ${place.stack} ${place.path ?? place.address}`);

describe("what is judged", () => {
  test("stacks, by the rules of the packs of the settings", async () => {
    const { report, rules } = await check({ modules: [stack("shop-data", { resource: logs("App") })] });
    expect(places(report)).toContain(`${RULE} open shop-data shop-data/App/Resource`);
    expect(report).toMatchObject({
      ...{ name: "shop/prod", stage: "prod", today: "2026-11-21", inputs: ["synthesis"], failed: "soft" },
      subjects: { resources: 1, objects: 0, changes: 0 },
    });
    expect(report.counts.rules).toBe(rules.length);
    expect(rules.every(({ packs }) => packs.some((pack) => pack !== "strict"))).toBe(true);
  });

  test("a plan in the place of its stack: what is known by then, with the paths of the synthesis", async () => {
    const modules = [
      stack("shop-data", { resource: logs("App", "Gone") }),
      stack("shop-other", { resource: logs("App") }),
    ];
    const plans = [{ stack: "shop-data", file: "plan.json", text: plan({ name: "App", retention_in_days: 0 }) }];
    const { report } = await check({ modules, plans }, { only: [RULE] });
    expect(places(report)).toEqual([
      `${RULE} open shop-data shop-data/App/Resource`,
      `${RULE} open shop-other shop-data/App/Resource`,
    ]);
    expect(report.inputs).toEqual(["synthesis", "plan plan.json"]);
    expect(report.subjects).toEqual({ resources: 2, objects: 0, changes: 1 });
  });

  test("objects of stacks and of files together", async () => {
    const namespace = (name: string): string => `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`;
    const resource = { kubernetes_namespace_v1: { Web: { metadata: { name: "web" } } } };
    const { report } = await check({
      modules: [stack("shop-apps", { resource })],
      objects: [{ stack: "a.yaml", file: "a.yaml", text: namespace("a") }],
    });
    expect(report.subjects).toEqual({ resources: 1, objects: 2, changes: 0 });
    expect(report.inputs).toEqual(["synthesis", "objects a.yaml"]);
  });

  test("nothing is a failure", async () => {
    expect((await check({})).report.failed).toBe("hard");
    expect((await check({ modules: [stack("a", { resource: {} })] })).report.failed).toBe("hard");
  });
});

describe("which rules", () => {
  const modules = [stack("shop-data", { resource: logs("App") })];

  test("`only` names some by id or slug, whatever the packs", async () => {
    const { rules } = await check({ modules }, { only: [RULE, "log-group-own-key"], packs: ["gpu"] });
    expect(rules.map(({ id }) => id)).toEqual(["FD-LOG-001", RULE]);
    await expect(check({ modules }, { only: ["FD-LOG-02"] })).rejects.toThrow(UnknownNameError);
  });

  test("`only` asks even what the settings turn off", async () => {
    const settings = { "config/policy/settings.yaml": `rules: { ${RULE}: { off: nobody reads these } }` };
    expect((await check({ modules }, { only: [RULE] }, settings)).report.failed).toBe("soft");
    const { report, rules } = await check({ modules }, {}, settings);
    expect(rules.map(({ id }) => id)).not.toContain(RULE);
    expect(report.notices).toContainEqual({
      ...{ level: "info", message: `${RULE} is off: nobody reads these` },
      where: expect.stringMatching(/^config\/policy\/settings\.yaml:1/) as string,
    });
  });

  test("packs stand in place of the settings'", async () => {
    const { report } = await check({ modules }, { packs: ["gpu", "strict"] });
    expect(report.packs).toEqual(["gpu", "strict"]);
    expect(places(report)).toEqual([]);
  });

  test("rules of one's own are asked, and one that throws is a failure with its cause", async () => {
    const own = (id: string, judge: string): string => `{ id: "${id}", slug: "${id.toLowerCase()}", title: "It holds",
      severity: "critical", packs: ["baseline"], why: "Why", fix: "How", judges: "resource", types: ["aws_cloudwatch_log_group"],
      examples: { failing: { terraform: {} }, passing: { terraform: {} } }, judge: ${judge} }`;
    const { report, known } = await check(
      { modules },
      { only: ["ACME-LOG-001", "ACME-LOG-002"] },
      {
        "config/policy/settings.yaml": "ownRules: rules",
        "rules/a.cjs": `exports.all = [${own("ACME-LOG-001", `() => ({ outcome: "pass" })`)}, ${own("ACME-LOG-002", `() => { throw new RangeError("out of range"); }`)}];`,
      },
    );
    expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining([RULE, "ACME-LOG-001"]));
    expect(report.findings).toMatchObject([
      { level: "hard", cause: expect.stringContaining("out of range") as string },
    ]);
    expect(report.counts).toMatchObject({ pass: 1, fail: 1 });
  });
});

describe("exceptions", () => {
  const waiver = { rules: [RULE], reason: "the events are few", expires: "2027-01-31" };
  const carrying = (path: string): SynthesizedModule =>
    stack("shop-data", { "//": { flightdeck: { waivers: [{ ...waiver, path }] } }, resource: logs("App", "Web") });

  test("waivers in code hold for their construct", async () => {
    const { report } = await check({ modules: [carrying("shop-data/App")] }, { only: [RULE] });
    expect(places(report)).toEqual([
      `${RULE} waived shop-data shop-data/App/Resource`,
      `${RULE} open shop-data shop-data/Web/Resource`,
    ]);
    expect(report.findings[0]?.waiver).toMatchObject({ reason: waiver.reason, where: "shop-data/App" });
  });

  test("they hold for a plan of the stack too", async () => {
    const plans = [{ stack: "shop-data", file: "plan.json", text: plan({ name: "App" }) }];
    const { report } = await check({ modules: [carrying("shop-data/App")], plans }, { only: [RULE] });
    expect(places(report)).toEqual([`${RULE} waived shop-data shop-data/App/Resource`]);
  });

  test("what is wrong in the settings' files and in code is told together", async () => {
    const error: unknown = await check(
      { modules: [stack("shop-data", { "//": { flightdeck: { waivers: [{ path: "x" }] } }, resource: logs("App") })] },
      {},
      { "config/policy/waivers.yaml": "- { rule: FD-LOG-002 }", "config/policy/baseline.json": "[]" },
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PolicyInputError);
    const wheres = (error as PolicyInputError).problems.map(({ where }) => where.replace(/:.*/, ""));
    expect([...new Set(wheres)]).toEqual([
      "config/policy/waivers.yaml",
      "config/policy/baseline.json",
      "waivers in stack shop-data",
    ]);
  });

  test("the report can be had with another baseline", async () => {
    const { report, reportWith } = await check(
      { modules: [stack("shop-data", { resource: logs("App") })] },
      { only: [RULE] },
    );
    const entry = { stack: "shop-data", path: "shop-data/App/Resource", rule: RULE, fail: 1 };
    const again = reportWith({ version: 1, entries: [entry] });
    expect([report.failed, again.failed, places(again)]).toEqual([
      "soft",
      "no",
      [`${RULE} baselined shop-data shop-data/App/Resource`],
    ]);
  });
});

describe("what cannot be judged", () => {
  test("everything that is wrong with the inputs is thrown at once", async () => {
    const error: unknown = await check({
      modules: [stack("a", { kind: "Pod" }), { id: "b", files: [{ file: "b.tf.json", text: "" }] }],
      plans: [
        { stack: "c", file: "c.json", text: "{}" },
        { stack: "d", file: "d.json", text: plan({}).replace("1.2", "9.9") },
      ],
      objects: [{ stack: "e.yaml", file: "e.yaml", text: "a: [" }],
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    const files = (error as InputError).problems.map((problem) => problem.split(":")[0]);
    expect([...new Set(files)]).toEqual(["a/cdk.tf.json", "b.tf.json", "c.json", "d.json", "e.yaml"]);
  });

  test("stacks and plans of one name are refused", async () => {
    const one = stack("a", { resource: logs("App") });
    const plans = ["x.json", "y.json"].map((file) => ({ stack: "a", file, text: plan({}) }));
    await expect(check({ modules: [one, one], plans })).rejects.toThrow(
      new InputError([
        "a/cdk.tf.json, a/cdk.tf.json: there must not be several stacks `a`",
        "x.json, y.json: there must not be several plans of the stack `a`",
      ]),
    );
  });

  test("is told: modules elsewhere, files in another language, resources without an object, charts by the reason", async () => {
    const release = (name: string, chart = name): object => ({
      name,
      chart,
      repository: "https://x",
      version: "1.0.0",
    });
    const json = {
      module: { vpc: { source: "terraform-aws-modules/vpc/aws" } },
      resource: {
        ...logs("App"),
        kubernetes_env: { E: {} },
        helm_release: { A: release("keda"), B: release("kueue") },
      },
    };
    const { report } = await check({ modules: [{ ...stack("infra", json), unread: ["old.tf"] }] }, { only: [RULE] });
    expect(report.notices).toEqual([
      { level: "warning", where: "infra", message: "old.tf is in Terraform's own language and was not judged" },
      { level: "warning", where: "infra", message: 'module "vpc": its resources lie elsewhere and were not judged' },
      {
        level: "warning",
        where: "infra kubernetes_env.E",
        message: "`kubernetes_env` stands for no Kubernetes object that can be rendered; use its `_v1` type",
      },
      { level: "info", message: "objects of 2 charts were not judged: keda, kueue (no Helm to render it with)" },
    ]);
  });
});
