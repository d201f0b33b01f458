import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildGraph } from "../../../policy/engine/build-graph";
import { Resource } from "../../../policy/engine/subject";
import type { PlannedChange, Stack } from "../../../policy/engine/subject";
import { Unresolved } from "../../../policy/engine/unresolved";
import { InputError } from "../../../policy/inputs/input-error";
import { readPlan } from "../../../policy/inputs/plan-json";
import type { ReadPlan } from "../../../policy/inputs/plan-json";

// What Terraform 1.11 with the provider 5.100 wrote, without the arguments that nothing here looks at.
const TEXT = readFileSync(join(__dirname, "../fixtures/plan.json"), "utf8");
const STORE = 'module.stores["models"].aws_s3_bucket.store';
const plan = readPlan(TEXT, { stack: "data" });

type Json = Readonly<Record<string, unknown>>;

const resource = (address: string, { stack }: ReadPlan = plan): Resource => {
  const found = stack.resources.find((one) => one.address === address);
  if (!found) throw new Error(`no ${address} in ${stack.resources.map((one) => one.address).join(", ")}`);
  return found;
};
const changesAt = (address: string, { changes }: ReadPlan = plan): readonly PlannedChange[] =>
  changes.filter((one) => one.address === address);

const planOf = (change: object, others: object = {}): ReadPlan => {
  const entry = { address: "aws_s3_bucket.b", type: "aws_s3_bucket", name: "b", ...change };
  return readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [entry], ...others }), { stack: "s" });
};
const created = (after: object, marks: object = {}, others: object = {}): Json =>
  planOf({ change: { actions: ["create"], before: null, after, ...marks } }, others).stack.resources[0]!.values;
const writtenAs = (expressions: object): object => ({
  configuration: { root_module: { resources: [{ address: "aws_s3_bucket.b", expressions }] } },
});

function problemsOf(text: string): readonly string[] {
  try {
    readPlan(text, { stack: "data", file: "plan.json" });
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("a plan", () => {
  test("brings everything that will exist, and nothing that will not", () => {
    expect(plan.stack.resources.map(({ mode, address }) => `${mode} ${address}`)).toEqual([
      "data data.aws_iam_policy_document.readers",
      "managed aws_db_instance.runs",
      "managed aws_iam_policy.readers",
      "managed aws_kms_key.data",
      "managed aws_security_group.api",
      "managed aws_security_group.balancer",
      "managed aws_sqs_queue.jobs",
      `managed ${STORE}`,
      'managed module.stores["models"].aws_s3_bucket_server_side_encryption_configuration.store',
      'managed module.stores["runs"].aws_s3_bucket.store',
      'managed module.stores["runs"].aws_s3_bucket_server_side_encryption_configuration.store',
      "data data.aws_iam_policy_document.fixed",
    ]);
  });

  test("gives every resource its type and name, whatever module it is in", () => {
    expect(resource(STORE)).toMatchObject({ stack: "data", type: "aws_s3_bucket", name: "store" });
  });

  test("leaves out what is null and lists that nobody wrote", () => {
    expect(resource("aws_db_instance.runs").at("blue_green_update").absent).toBe(true);
    expect(created({ bucket: "b", acl: null, grant: [] })).toEqual({ bucket: "b" });
    expect(created({ grant: [] }, {}, writtenAs({ grant: [] }))).toEqual({ grant: [] });
  });

  test("keeps what is known after apply with what it is made of", () => {
    expect(resource("aws_db_instance.runs").at("kms_key_id").references).toEqual(["aws_kms_key.data.arn"]);
    expect(resource("aws_iam_policy.readers").at("policy").references).toEqual([
      "data.aws_iam_policy_document.readers.json",
    ]);
    expect(created({}, { after_unknown: { arn: true } })).toEqual({ arn: new Unresolved([]) });
  });

  test("follows references into modules and out of them", () => {
    const encryption = resource('module.stores["models"].aws_s3_bucket_server_side_encryption_configuration.store');
    expect(encryption.at("bucket").references).toEqual([`${STORE}.id`]);
    expect(encryption.at("rule.apply_server_side_encryption_by_default.kms_master_key_id").references).toEqual([
      "aws_kms_key.data.arn",
    ]);
    expect(plan.stack.outputs.models?.references).toEqual([`${STORE}.id`]);
  });

  test("links what belongs together, as the synthesis of the same stack does", () => {
    const graph = buildGraph({ stacks: [plan.stack], objects: [], changes: plan.changes });
    const linked = graph.linked(resource(STORE), "aws_s3_bucket_server_side_encryption_configuration", "bucket");
    expect(linked.map(({ address }) => address)).toEqual([
      'module.stores["models"].aws_s3_bucket_server_side_encryption_configuration.store',
    ]);
    const keys = graph.targets(resource("aws_db_instance.runs").at("kms_key_id"));
    expect(keys.map(({ address }) => address)).toEqual(["aws_kms_key.data"]);
  });

  test("takes data sources that were read before", () => {
    expect(resource("data.aws_iam_policy_document.fixed").at("statement.actions").literal).toEqual([
      "s3:ListAllMyBuckets",
    ]);
  });

  test("knows the providers of the root module", () => {
    const { aws = [] } = plan.stack.providers;
    expect(aws.map((one) => [one.at("alias").literal, one.at("region").toString()])).toEqual([
      [undefined, '"eu-central-1"'],
      ["replica", "${var.replica_region}"],
    ]);
  });

  test("takes construct paths, source locations and the backend from the synthesised stack", () => {
    const trace = [{ file: "stacks/data.ts", line: 7, column: 3 }];
    const place = { stack: "data", address: "aws_db_instance.runs", path: "data/Runs/Resource", trace };
    const synthesised: Stack = {
      id: "data",
      resources: [new Resource(place, "managed", "aws_db_instance", "runs", {})],
      outputs: {},
      providers: {},
      backend: { type: "s3", values: { bucket: "states" } },
      unjudged: [],
    };
    const read = readPlan(TEXT, { stack: "data", synthesised });
    expect(resource("aws_db_instance.runs", read)).toMatchObject({ path: place.path, trace });
    expect(changesAt("aws_db_instance.runs", read)[0]).toMatchObject({ path: place.path, trace });
    expect(resource("aws_kms_key.data", read).path).toBeUndefined();
    expect(read.stack.backend).toEqual({ type: "s3", values: { bucket: "states" } });
  });
});

describe("references in a plan", () => {
  const RESOURCES = (...addresses: readonly string[]): object => ({
    resource_changes: addresses.map((address) => {
      const [type = "", name = ""] = address.split(".");
      const change = { actions: ["create"], after: {}, after_unknown: { link: true } };
      return { address, type, name, change };
    }),
  });
  const linksOf = (reference: string, addresses: readonly string[], root: object = {}): readonly string[] => {
    const from = { address: "aws_a.from", expressions: { link: { references: [reference] } } };
    const configuration = { root_module: { resources: [from], ...root } };
    const text = JSON.stringify({ format_version: "1.2", ...RESOURCES("aws_a.from", ...addresses), configuration });
    return resource("aws_a.from", readPlan(text, { stack: "s" })).at("link").references;
  };

  test("mean all instances unless they name one", () => {
    const instances = ["aws_b.many[0]", "aws_b.many[1]"];
    expect(linksOf("aws_b.many", instances)).toEqual(instances);
    expect(linksOf("aws_b.many[1].id", instances)).toEqual(["aws_b.many[1].id"]);
  });

  test("mean the instance with the key of their own where the expression picks by it", () => {
    const of = (references: readonly string[]): object => ({
      root_module: { resources: [{ address: "aws_a.from", expressions: { link: { references } } }] },
    });
    const addresses = ["aws_a.from[0]", "aws_a.from[1]", "aws_b.many[0]", "aws_b.many[1]"];
    const linksOfSecond = (references: readonly string[]): readonly string[] => {
      const text = JSON.stringify({ format_version: "1.2", ...RESOURCES(...addresses), configuration: of(references) });
      return resource("aws_a.from[1]", readPlan(text, { stack: "s" })).at("link").references;
    };
    expect(linksOfSecond(["aws_b.many", "count.index"])).toEqual(["aws_b.many[1]"]);
    expect(linksOfSecond(["aws_b.many"])).toEqual(["aws_b.many[0]", "aws_b.many[1]"]);
  });

  test("by `each.value` are those of the elements that the resource is made for", () => {
    const addresses = ['aws_a.from["x"]', 'aws_b.many["x"]', 'aws_b.many["y"]'];
    const expressions = { link: { references: ["each.value.id", "each.value"] } };
    const made = { address: "aws_a.from", expressions, for_each_expression: { references: ["aws_b.many"] } };
    const configuration = { root_module: { resources: [made] } };
    const text = JSON.stringify({ format_version: "1.2", ...RESOURCES(...addresses), configuration });
    const { references } = resource('aws_a.from["x"]', readPlan(text, { stack: "s" })).at("link");
    expect(references).toEqual(['aws_b.many["x"]']);
  });

  test("may have dots in the keys of instances", () => {
    expect(linksOf('aws_b.many["a.b"].id', ['aws_b.many["a.b"]'])).toEqual(['aws_b.many["a.b"].id']);
  });

  test("to what is no resource are none", () => {
    for (const reference of ["count.index", "path.module", "terraform.workspace", "self.id", "module.x"])
      expect(linksOf(reference, [])).toEqual([]);
    expect(linksOf("var.name", [])).toEqual(["var.name"]);
    expect(linksOf("local.name", [])).toEqual(["local.name"]);
  });

  test("end where modules refer to each other in a circle", () => {
    const output = (reference: string): object => ({
      expressions: { in: { references: [reference] } },
      module: { outputs: { out: { expression: { references: ["var.in"] } } } },
    });
    const calls = { module_calls: { x: output("module.y.out"), y: output("module.x.out") } };
    expect(linksOf("module.x.out", [], calls)).toEqual([]);
  });

  test("of a repeated block are those of the one whose literals agree", () => {
    const values = created(
      { rule: [{ id: "b" }, { id: "a" }] },
      { after_unknown: { rule: [{ key: true }, { key: true }] } },
      writtenAs({
        rule: [
          { id: { constant_value: "a" }, key: { references: ["aws_kms_key.a.arn", "aws_kms_key.a"] } },
          { id: { constant_value: "b" }, key: { references: ["aws_kms_key.b.arn", "aws_kms_key.b"] } },
        ],
      }),
    );
    expect(values.rule).toEqual([
      { id: "b", key: new Unresolved(["aws_kms_key.b.arn"]) },
      { id: "a", key: new Unresolved(["aws_kms_key.a.arn"]) },
    ]);
  });

  test("of repeated blocks that nothing tells apart are those of all of them", () => {
    const values = created(
      { rule: [{}, {}] },
      { after_unknown: { rule: [{ key: true }, { key: true }] } },
      writtenAs({ rule: [{ key: { references: ["aws_kms_key.a"] } }, { key: { references: ["aws_kms_key.b"] } }] }),
    );
    expect((values.rule as readonly Json[])[0]?.key).toEqual(new Unresolved(["aws_kms_key.a", "aws_kms_key.b"]));
  });
});

describe("a large plan", () => {
  test("takes time linear in its instances", () => {
    const count = 5_000;
    const of = (type: string): readonly object[] =>
      Array.from({ length: count }, (_, index) => ({
        address: `${type}.x[${index}]`,
        type,
        change: { actions: ["create"], after: { name: `n${index}` }, after_unknown: { link: true } },
      }));
    const link = { references: ["aws_b.x", "count.index"] };
    const configuration = { root_module: { resources: [{ address: "aws_a.x", expressions: { link } }] } };
    const changes = { resource_changes: [...of("aws_a"), ...of("aws_b")] };
    const text = JSON.stringify({ format_version: "1.2", ...changes, configuration });
    const start = performance.now();
    const read = readPlan(text, { stack: "s" });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(read.stack.resources[count - 1]?.at("link").references).toEqual([`aws_b.x[${count - 1}]`]);
  });
});

describe("secrets in a plan", () => {
  test("never get into what rules and reports see", () => {
    expect(TEXT).toContain("NEWSECRET");
    expect(TEXT).toContain("OLDSECRET");
    expect(JSON.stringify(plan)).not.toMatch(/NEWSECRET|OLDSECRET/);
    expect(resource("aws_db_instance.runs").at("password").toString()).toBe("(sensitive value)");
    expect(changesAt("aws_db_instance.runs")[0]?.about.before?.password).toMatchObject({ text: "(sensitive value)" });
    expect(plan.stack.outputs.password?.toString()).toBe("(sensitive value)");
  });

  test("are hidden in lists, blocks and as a whole", () => {
    const marks = { after_sensitive: { list: [false, true], block: [{ token: true }], map: true, all: true } };
    const values = created(
      { list: ["a", "s3cret"], block: [{ token: "s3cret", name: "n" }], map: { k: "s3cret" }, all: ["s3cret"] },
      marks,
    );
    expect(JSON.stringify(values)).not.toContain("s3cret");
    expect(values.block).toMatchObject([{ name: "n" }]);
  });

  test("that are not set are not there", () => {
    expect(created({ password: null }, { after_sensitive: { password: true } })).toEqual({});
  });

  test("are hidden in data sources", () => {
    const state = { mode: "data", address: "data.aws_x.y", type: "aws_x", name: "y" };
    const secret = { ...state, values: { text: "s3cret" }, sensitive_values: { text: true } };
    const module = { child_modules: [{ resources: [secret] }] };
    const { stack } = planOf({ change: { actions: ["no-op"] } }, { prior_state: { values: { root_module: module } } });
    expect(stack.resources[0]?.at("text").toString()).toBe("(sensitive value)");
  });
});

describe("the changes of a plan", () => {
  test("are all that is done to managed resources", () => {
    expect(plan.changes.map(({ actions, address }) => `${actions.join()} ${address}`)).toEqual([
      "delete,create aws_db_instance.runs",
      "delete aws_db_instance.runs",
      "delete aws_iam_policy.previous",
      "create aws_iam_policy.readers",
      "create aws_kms_key.data",
      "delete aws_secretsmanager_secret.old",
      "create aws_security_group.api",
      "create aws_security_group.balancer",
      "delete,create aws_sqs_queue.jobs",
      `create ${STORE}`,
      'create module.stores["models"].aws_s3_bucket_server_side_encryption_configuration.store',
      'update module.stores["runs"].aws_s3_bucket.store',
      'create module.stores["runs"].aws_s3_bucket_server_side_encryption_configuration.store',
    ]);
  });

  test("say what forces a replacement, and why", () => {
    const [replacement, deposed] = changesAt("aws_db_instance.runs");
    expect(replacement?.replaces).toBe(true);
    expect(replacement?.about).toMatchObject({
      replacePaths: ["kms_key_id"],
      reason: "replace_because_cannot_update",
      before: { deletion_protection: true },
      after: { deletion_protection: false },
    });
    expect(deposed?.about).toMatchObject({ deposed: "00000001", after: undefined });
    expect(changesAt("aws_sqs_queue.jobs")[0]?.about.reason).toBe("replace_because_tainted");
  });

  test("write paths as Terraform's people do", () => {
    const { changes } = planOf({
      change: { actions: ["create", "delete"], replace_paths: [["vpc_config", 0, "subnet_ids"], ["name"]] },
    });
    expect(changes[0]?.about.replacePaths).toEqual(["vpc_config[0].subnet_ids", "name"]);
  });

  test("know where a resource was before it was moved", () => {
    const [moved] = changesAt('module.stores["runs"].aws_s3_bucket.store');
    expect(moved?.about.previousAddress).toBe("aws_s3_bucket.runs");
  });

  test("know what was done outside of Terraform", () => {
    const drift = (actions: readonly string[]): object => ({
      resource_drift: [{ address: "aws_s3_bucket.b", type: "aws_s3_bucket", change: { actions } }],
    });
    const change = { change: { actions: ["create"], after: {} } };
    expect(planOf(change, drift(["delete"])).changes[0]?.about.drift).toBe("delete");
    expect(planOf(change, drift(["update"])).changes[0]?.about.drift).toBe("update");
    expect(planOf(change).changes[0]?.about.drift).toBeUndefined();
  });

  test("leave out what stays as it is, and what is only read", () => {
    expect(planOf({ change: { actions: ["no-op"], after: {} } }).changes).toEqual([]);
    expect(planOf({ mode: "data", change: { actions: ["read"], after: {} } }).changes).toEqual([]);
  });

  test("hold what Terraform forgets, which exists no longer for it", () => {
    const { stack, changes } = planOf({ change: { actions: ["forget"], before: { bucket: "b" }, after: null } });
    expect(changes).toMatchObject([{ actions: ["forget"], destroys: false }]);
    expect(stack.resources).toEqual([]);
  });
});

describe("what of a plan cannot be judged", () => {
  test("is what Terraform puts off", () => {
    const change = { actions: ["no-op"], after: {} };
    const deferred = [{ reason: "resource_config_unknown", resource_change: { address: "aws_x.y" } }];
    expect(planOf({ change }, { deferred_changes: deferred }).stack.unjudged).toEqual([
      "`aws_x.y` is put off to a later plan (resource_config_unknown): what it will be is not known",
    ]);
  });

  test("are objects of Kubernetes, where there is no synthesis beside it", () => {
    const pod = {
      address: "kubernetes_pod_v1.a",
      type: "kubernetes_pod_v1",
      change: { actions: ["create"], after: {} },
    };
    const text = JSON.stringify({ format_version: "1.2", resource_changes: [pod, { ...pod, address: "x" }] });
    expect(readPlan(text, { stack: "s" }).stack.unjudged).toEqual([
      "`kubernetes_pod_v1.a` and 1 more: rules for Kubernetes objects need the synthesised stack, which a plan does not hold",
    ]);
    const synthesised = { id: "s", resources: [], outputs: {}, providers: {}, unjudged: [] };
    expect(readPlan(text, { stack: "s", synthesised }).stack.unjudged).toEqual([]);
  });
});

describe("what is no plan", () => {
  const HOW = "write one with `terraform show -json PLAN`";
  const change = (entry: object): string =>
    JSON.stringify({ format_version: "1.2", resource_changes: [{ address: "a.b", type: "a", ...entry }] });

  test.each([
    ["{", "plan.json:1:2: must be JSON: expected a key in quotes or `}`, got the end of the text"],
    ["[]", `plan.json: is JSON, but no plan: it must be an object; ${HOW}`],
    ["{}", `plan.json: is JSON, but no plan: it has no \`format_version\`; ${HOW}`],
    ["PK\u0003\u0004…", `plan.json: is a saved plan in Terraform's own format; ${HOW}`],
    ['{"@level":"info"}\n{}', `plan.json: is the log of \`terraform plan -json\`; ${HOW}`],
    ['{"format_version":"2.0"}', 'plan.json: `format_version` must be 1.x, the one that is understood, got "2.0"'],
    ['{"format_version":"0.2"}', 'plan.json: `format_version` must be 1.x, the one that is understood, got "0.2"'],
    ['{"format_version":1}', "plan.json: `format_version` must be 1.x, the one that is understood, got 1"],
    ['{"format_version":"1.0","values":{}}', `plan.json: is the JSON of a state, not of a plan; ${HOW}`],
    [
      '{"format_version":"1.0","provider_schemas":{}}',
      `plan.json: is JSON of Terraform, but no plan: it has none of \`resource_changes\`, \`planned_values\`, \`configuration\`; ${HOW}`,
    ],
    [
      '{"format_version":"1.2","resource_changes":[],"errored":true}',
      "plan.json: is the plan of a run that ended in an error: it does not say all that would happen",
    ],
    ['{"format_version":"1.2","resource_changes":{}}', "plan.json: `resource_changes` must be a list, got {}"],
    [change({ address: 7 }), "plan.json: `resource_changes[0].address` must be a text, got 7"],
    [change({ type: null }), "plan.json: `resource_changes[0].type` must be a text, got nothing"],
    [change({}), "plan.json: `resource_changes[0].change.actions` must be a list with an action, got nothing"],
    [
      change({ change: { actions: ["explode"] } }),
      'plan.json: `resource_changes[0].change.actions` must be of no-op, create, read, update, delete, forget, got "explode"',
    ],
  ])("is refused: %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test("is called by its stack when it is of no file", () => {
    expect(() => readPlan("{}", { stack: "data" })).toThrow("data: is JSON, but no plan");
  });

  test("is not told line by line when nothing of it is right", () => {
    const text = JSON.stringify({ format_version: "1.2", resource_changes: Array.from({ length: 50 }, () => 7) });
    const problems = problemsOf(text);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe("and 30 more problems");
  });
});
