import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildGraph } from "../../../policy/engine/build-graph";
import { isPlanGuard } from "../../../policy/engine/is-plan-guard";
import { judge } from "../../../policy/engine/judge";
import type { Finding } from "../../../policy/engine/result";
import { readPlan } from "../../../policy/inputs/plan-json";
import { rules } from "../../../policy/rules";
import { planRules } from "../../../policy/rules/plan";
import { contextOf } from "../../../policy/run/judge-example";

type Json = Readonly<Record<string, unknown>>;

const change = (address: string, actions: readonly string[], about: object = {}, others: object = {}): Json => ({
  address,
  type: address.split(".")[0],
  change: { actions, before: null, after: null, ...about },
  ...others,
});

const findingsOf = (changes: readonly Json[], drift: readonly Json[] = []): readonly Finding[] =>
  judge(planRules, contextOf({ changes, drift })).findings;
const said = (changes: readonly Json[], drift?: readonly Json[]): readonly string[] =>
  findingsOf(changes, drift).map(
    ({ rule, outcome, subject, message }) => `${rule.id} ${outcome} ${subject}: ${message}`,
  );

describe("plan guards", () => {
  test("judge a real plan", () => {
    const text = readFileSync(join(__dirname, "../fixtures/plan.json"), "utf8");
    const { stack, changes } = readPlan(text, { stack: "data" });
    const context = { ...contextOf({}), graph: buildGraph({ stacks: [stack], objects: [], changes }) };
    expect(
      judge(planRules, context).findings.map(({ rule, subject, message }) => `${rule.id} ${subject}: ${message}`),
    ).toEqual([
      "FD-PLAN-001 aws_db_instance.runs: `aws_db_instance` would be deleted, an old one of two, because it is left over from a replacement that broke off: lost is the databases in it and its automated backups",
      "FD-PLAN-001 aws_secretsmanager_secret.old: `aws_secretsmanager_secret` would be deleted because it is no longer defined: lost is every version of the secret",
      'FD-PLAN-002 aws_db_instance.runs: `aws_db_instance` would be replaced because `kms_key_id` ("arn:aws:kms:eu-central-1:111111111111:key/old" → ${aws_kms_key.data.arn}) cannot be changed in place: lost is the databases in it and its automated backups',
      "FD-PLAN-002 aws_sqs_queue.jobs: `aws_sqs_queue` would be replaced because it is tainted: an earlier apply broke off while it was made, or somebody marked it: lost is every message that waits in it",
      'FD-PLAN-003 aws_iam_policy.previous: would be deleted while an equal `aws_iam_policy` is made as `aws_iam_policy.readers`, which looks like a rename: `moved { from = aws_iam_policy.previous, to = aws_iam_policy.readers }`, or `moveFromId("aws_iam_policy.previous")` there, keeps it',
    ]);
  });

  test("are told from other rules, and cannot be waived", () => {
    expect(rules.filter(isPlanGuard)).toEqual(planRules);
    expect(planRules.filter(({ waivable }) => waivable !== false)).toEqual([]);
  });

  test("have nothing to say of what can be made again", () => {
    expect(said([change("aws_iam_role.r", ["delete"]), change("aws_route.r", ["delete", "create"])])).toEqual([]);
  });

  test("have nothing to say of what Terraform only forgets", () => {
    expect(said([change("aws_s3_bucket.b", ["forget"], { before: { bucket: "b" } })])).toEqual([]);
  });
});

describe("deletions and replacements", () => {
  test.each([
    ["delete_because_no_module", "its module is no longer called"],
    ["delete_because_each_key", "its key is no longer in `for_each`"],
    ["delete_because_of_the_moon", "delete_because_of_the_moon"],
    [undefined, "the plan does not say why"],
  ])("say why: %s", (reason, text) => {
    expect(said([change("aws_kms_key.k", ["delete"], {}, { action_reason: reason })])).toEqual([
      `FD-PLAN-001 fail aws_kms_key.k: \`aws_kms_key\` would be deleted because ${text}: lost is everything encrypted with it, which nobody can read any more`,
    ]);
  });

  test("name every attribute that forces a replacement, with what changes", () => {
    const before = { name: "a", vpc_config: [{ subnet_ids: ["s-1"] }] };
    const after = { name: "b", vpc_config: [{ subnet_ids: ["s-2"] }] };
    const about = { before, after, replace_paths: [["name"], ["vpc_config", 0, "subnet_ids"]] };
    const [finding] = findingsOf([change("aws_eks_cluster.c", ["delete", "create"], about)]);
    expect(finding?.attribute).toBe("name");
    expect(finding?.message).toBe(
      '`aws_eks_cluster` would be replaced because `name` ("a" → "b") and `vpc_config[0].subnet_ids` (["s-1"] → ["s-2"]) cannot be changed in place: lost is the cluster with every object in it, and all that runs there',
    );
  });

  test("never show a secret that forces a replacement", () => {
    const about = {
      before: { name: "a", auth: "s3cret" },
      after: { name: "a", auth: "s4cret" },
      before_sensitive: { auth: true },
      after_sensitive: { auth: true },
      replace_paths: [["auth"]],
    };
    const [message = ""] = said([change("aws_elasticache_cluster.c", ["delete", "create"], about)]);
    expect(message).toContain("`auth` ((sensitive value) → (sensitive value)) cannot be changed in place");
  });
});

describe("renames", () => {
  const DELETED = change("aws_s3_bucket.Old", ["delete"], {
    before: { bucket: "models", force_destroy: false, id: "models", tags: { a: "1" } },
  });
  const creates = (after: object, unknowns: object = {}): Json =>
    change("aws_s3_bucket.New", ["create"], { after, after_unknown: unknowns });
  const ids = (...changes: readonly Json[]): readonly string[] => findingsOf(changes).map(({ rule }) => rule.id);

  test("are told once, and not as the loss of what moves", () => {
    expect(ids(DELETED, creates({ bucket: "models", force_destroy: false }))).toEqual(["FD-PLAN-003"]);
  });

  test("may change tags, and what is known after apply", () => {
    expect(ids(DELETED, creates({ bucket: "models", tags: { a: "2" } }, { id: true, arn: true }))).toEqual([
      "FD-PLAN-003",
    ]);
  });

  test("are none when an argument differs, nothing is known, or only defaults are equal", () => {
    expect(ids(DELETED, creates({ bucket: "other" }))).toEqual(["FD-PLAN-001"]);
    expect(ids(DELETED, creates({}, { bucket: true }))).toEqual(["FD-PLAN-001"]);
    expect(ids(DELETED, creates({ force_destroy: false }))).toEqual(["FD-PLAN-001"]);
  });

  test("are none between types", () => {
    const other = change("aws_s3_directory_bucket.New", ["create"], { after: { bucket: "models" } });
    expect(ids(DELETED, other)).toEqual(["FD-PLAN-001"]);
  });

  test("take each creation for one deletion", () => {
    const twin = { ...DELETED, address: "aws_s3_bucket.Older" };
    expect(ids(DELETED, twin, creates({ bucket: "models" }))).toEqual(["FD-PLAN-001", "FD-PLAN-003"]);
  });

  test("take time linear in the changes where nothing is equal", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => [
      change(`aws_iam_role.d${index}`, ["delete"], { before: { name: `d${index}` } }),
      change(`aws_iam_role.c${index}`, ["create"], { after: { name: `c${index}` } }),
    ]).flat();
    const start = performance.now();
    expect(findingsOf(many)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("protections", () => {
  const updates = (type: string, before: object, after: object): readonly string[] =>
    said([change(`${type}.x`, ["update"], { before, after })]);

  test.each([
    ["aws_lb", "enable_deletion_protection", true, false],
    ["aws_dynamodb_table", "deletion_protection_enabled", true, false],
    ["aws_cognito_user_pool", "deletion_protection", "ACTIVE", "INACTIVE"],
    ["aws_ecr_repository", "force_delete", false, true],
    ["aws_rds_cluster", "skip_final_snapshot", false, true],
  ])("stay on: %s.%s", (type, argument, on, off) => {
    expect(updates(type, { [argument]: on }, { [argument]: off })).toEqual([
      `FD-PLAN-004 fail ${type}.x: \`${argument}\` is ${on} and must stay so, the plan makes it ${JSON.stringify(off)}`,
    ]);
    expect(updates(type, { [argument]: off }, { [argument]: on })).toEqual([]);
    expect(updates(type, { [argument]: off }, { [argument]: off })).toEqual([]);
  });

  test("that are taken out of the definition are taken away", () => {
    expect(updates("aws_lb", { enable_deletion_protection: true }, {})).toEqual([
      "FD-PLAN-004 fail aws_lb.x: `enable_deletion_protection` is true and must stay so, the plan makes it nothing",
    ]);
  });
});

describe("pools of nodes", () => {
  test("may be replaced when the new one comes first", () => {
    expect(said([change("aws_eks_node_group.n", ["create", "delete"])])).toEqual([]);
    expect(said([change("aws_eks_node_group.n", ["delete", "create"])])).toEqual([
      "FD-PLAN-006 fail aws_eks_node_group.n: every node of the pool would go before a new one comes, because the plan does not say why",
    ]);
  });
});
