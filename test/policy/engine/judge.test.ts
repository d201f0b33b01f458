import type { RuleContext } from "../../../policy/engine/context";
import { mustBe } from "../../../policy/engine/expect";
import type { Graph } from "../../../policy/engine/graph";
import { judge } from "../../../policy/engine/judge";
import { changeRule, environmentRule, objectRule, resourceRule } from "../../../policy/engine/rule";
import type { EnvironmentRule, ObjectRule, ResourceRule, Rule } from "../../../policy/engine/rule";
import { KubernetesObject, PlannedChange, Resource } from "../../../policy/engine/subject";
import { STAGE_THRESHOLDS } from "../../../policy/engine/thresholds";
import { fail, notApplicable, pass, unknown } from "../../../policy/engine/verdict";

const HEAD = {
  slug: "bucket-is-private",
  title: "A bucket is private",
  severity: "high",
  packs: ["baseline"],
  why: "It leaks.",
  fix: "Close it.",
  examples: { failing: { objects: [] }, passing: { objects: [] } },
} as const;

const buckets = (id: string, judgeIt: ResourceRule["judge"]): Rule =>
  resourceRule({ ...HEAD, id, types: ["aws_s3_bucket"], judge: judgeIt });
const deployments = (id: string, judgeIt: ObjectRule["judge"]): Rule =>
  objectRule({ ...HEAD, id, kinds: ["Deployment", "Deployment"], judge: judgeIt });
const whole = (id: string, judgeIt: EnvironmentRule["judge"]): Rule => environmentRule({ ...HEAD, id, judge: judgeIt });

const bucket = (name: string, values: object = {}, stack = "data"): Resource =>
  new Resource(
    { stack, address: `aws_s3_bucket.${name}`, path: `${stack}/${name}` },
    "managed",
    "aws_s3_bucket",
    name,
    values as Record<string, unknown>,
  );

const deployment = new KubernetesObject(
  { stack: "serving", address: "helm_release.Serving", trace: [{ file: "serving.ts", line: 3, column: 5 }] },
  { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "router", namespace: "serving" } },
);
const change = new PlannedChange({ stack: "data", address: "aws_kms_key.k" }, "aws_kms_key", ["delete"], {
  replacePaths: [],
});

function contextOf(inputs: Partial<Pick<Graph, "resources" | "objects" | "changes">>): RuleContext {
  const graph = { resources: [], objects: [], changes: [], ...inputs } as unknown as Graph;
  return {
    graph,
    environment: { stage: "prod", others: [] },
    thresholds: STAGE_THRESHOLDS.prod,
    today: "2026-11-21",
  };
}

/** A rule as a user may write it in JavaScript. */
const careless = (answer: unknown): Rule => buckets("ACME-S3-001", (() => answer) as ResourceRule["judge"]);

describe("judging", () => {
  test("takes as many faults as a rule finds, with messages of a length that can be read", () => {
    const faults = Array.from({ length: 200_000 }, () => ({ message: "x" }));
    const many = judge([careless({ outcome: "fail", faults })], contextOf({ resources: [bucket("a")] }));
    expect(many.findings).toHaveLength(200_000);

    const long = careless({ outcome: "fail", faults: [{ message: "x".repeat(400_000) }] });
    expect(judge([long], contextOf({ resources: [bucket("a")] })).findings[0]?.message).toHaveLength(2_001);
  });

  test("counts how often rules about single things were asked", () => {
    const rules = [buckets("FD-S3-001", () => notApplicable()), whole("FD-COST-001", () => [])];
    expect(judge(rules, contextOf({ resources: [bucket("a"), bucket("b")] })).asked).toBe(2);
    expect(judge(rules, contextOf({ objects: [deployment] })).asked).toBe(0);
  });

  test("asks each rule about its own types and kinds only", () => {
    const asked: string[] = [];
    const rules = [
      buckets("FD-S3-001", ({ address }) => {
        asked.push(address);
        return pass();
      }),
      deployments("FD-K8S-001", ({ name }) => {
        asked.push(name);
        return pass();
      }),
    ];
    const role = new Resource({ stack: "data", address: "aws_iam_role.r" }, "managed", "aws_iam_role", "r", {});
    const { counts, subjects } = judge(rules, contextOf({ resources: [bucket("a"), role], objects: [deployment] }));
    expect(asked).toEqual(["aws_s3_bucket.a", "router"]);
    expect(counts).toEqual({ pass: 2, fail: 0, unknown: 0, "not-applicable": 0 });
    expect(subjects).toEqual({ resources: 2, objects: 1, changes: 0 });
  });

  test("makes a finding of every fault, with its place, type and subject", () => {
    const rule = buckets("FD-S3-001", (resource) => mustBe(resource.at("acl"), "private"));
    const { findings } = judge([rule], contextOf({ resources: [bucket("a", { acl: "public-read" })] }));
    expect(findings).toEqual([
      {
        rule,
        outcome: "fail",
        place: { stack: "data", address: "aws_s3_bucket.a", path: "data/a" },
        type: "aws_s3_bucket",
        subject: "aws_s3_bucket.a",
        message: '`acl` must be "private", got "public-read"',
        attribute: "acl",
      },
    ]);
  });

  test("names objects by kind, namespace and name, and places them at what brings them", () => {
    const rule = deployments("FD-K8S-001", () => unknown("who knows"));
    const [finding] = judge([rule], contextOf({ objects: [deployment] })).findings;
    expect(finding).toMatchObject({
      outcome: "unknown",
      type: "Deployment",
      subject: "Deployment serving/router",
      place: { address: "helm_release.Serving", trace: [{ file: "serving.ts", line: 3, column: 5 }] },
    });
  });

  test("asks rules for changes about every change", () => {
    const rule = changeRule({ ...HEAD, id: "FD-PLAN-001", judge: () => fail("would go") });
    const { findings, subjects } = judge([rule], contextOf({ changes: [change] }));
    expect(findings).toMatchObject([{ subject: "aws_kms_key.k", type: "aws_kms_key", message: "would go" }]);
    expect(subjects.changes).toBe(1);
  });

  test("counts an environment rule that says nothing as not applicable", () => {
    const rules = [whole("FD-COST-001", () => []), buckets("FD-S3-001", () => notApplicable())];
    expect(judge(rules, contextOf({ resources: [bucket("a")] })).counts["not-applicable"]).toBe(2);
  });

  test("takes each judgement of an environment rule for itself", () => {
    const resources = [bucket("a"), bucket("b")];
    const rule = whole("FD-COST-001", ({ graph }) => [
      { subject: graph.resources[0]!, verdict: pass() },
      { subject: graph.resources[1]!, verdict: fail("too dear") },
    ]);
    const { findings, counts } = judge([rule], contextOf({ resources }));
    expect(findings).toMatchObject([{ subject: "aws_s3_bucket.b", message: "too dear" }]);
    expect(counts).toMatchObject({ pass: 1, fail: 1 });
  });

  test("sorts findings alike whatever the order of rules and resources", () => {
    const rules = ["FD-S3-002", "FD-S3-001"].map((id) =>
      buckets(id, () => ({
        outcome: "fail",
        faults: [
          { message: "b", key: "2" },
          { message: "a", key: "1" },
        ],
      })),
    );
    const resources = [bucket("b"), bucket("a", {}, "z"), bucket("a")];
    const order = (one: readonly Rule[], other: readonly Resource[]): readonly string[] =>
      judge(one, contextOf({ resources: other })).findings.map(
        ({ rule, place, key }) => `${rule.id} ${place.stack} ${place.address} ${key}`,
      );
    const sorted = order(rules, resources);
    expect(sorted.slice(0, 4)).toEqual([
      "FD-S3-001 data aws_s3_bucket.a 1",
      "FD-S3-001 data aws_s3_bucket.a 2",
      "FD-S3-001 data aws_s3_bucket.b 1",
      "FD-S3-001 data aws_s3_bucket.b 2",
    ]);
    expect(order(rules.toReversed(), resources.toReversed())).toEqual(sorted);
  });
});

describe("a rule that does not work", () => {
  test("fails for the one thing it threw at, with what it threw", () => {
    const rule = buckets("FD-S3-001", ({ name }) => {
      if (name === "a") throw new TypeError("cannot read x of undefined");
      return pass();
    });
    const { findings, counts } = judge([rule], contextOf({ resources: [bucket("a"), bucket("b")] }));
    expect(findings).toMatchObject([
      {
        outcome: "fail",
        subject: "aws_s3_bucket.a",
        cause: "cannot read x of undefined",
        message: "the rule could not be applied: cannot read x of undefined",
      },
    ]);
    expect(counts).toMatchObject({ pass: 1, fail: 1 });
  });

  test("may throw what is no error", () => {
    const rule = buckets("FD-S3-001", () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw "nothing works";
    });
    expect(judge([rule], contextOf({ resources: [bucket("a")] })).findings[0]?.cause).toBe("nothing works");
  });

  test("fails for the environment when it is asked about all of it", () => {
    const rule = whole("FD-COST-001", () => {
      throw new RangeError("no prices");
    });
    expect(judge([rule], contextOf({})).findings).toMatchObject([
      { subject: "the environment", place: { stack: "environment" }, cause: "no prices" },
    ]);
  });

  test.each([
    [undefined, "it returned undefined, which is no verdict"],
    [true, "it returned true, which is no verdict"],
    [Promise.resolve(pass()), "it returned a promise, and a rule answers at once"],
    [{ outcome: "compliant" }, "it returned the outcome compliant, which is none"],
    [{ outcome: "fail", faults: [] }, 'it returned "fail" without saying what is wrong'],
    [{ outcome: "unknown" }, 'it returned "unknown" without saying what is wrong'],
  ])("fails when it answers %p", (answer, cause) => {
    const { findings } = judge([careless(answer)], contextOf({ resources: [bucket("a")] }));
    expect(findings.map((finding) => finding.cause)).toEqual([cause]);
  });

  test.each([
    [undefined, "it returned undefined, which is no list of judgements"],
    [[undefined], "it returned a judgement without a subject"],
    [[{ verdict: pass() }], "it returned a judgement without a subject"],
  ])("fails when it says %p of an environment", (answer, cause) => {
    const rule = whole("ACME-ALL-001", (() => answer) as unknown as EnvironmentRule["judge"]);
    expect(judge([rule], contextOf({})).findings.map((finding) => finding.cause)).toEqual([cause]);
  });
});
