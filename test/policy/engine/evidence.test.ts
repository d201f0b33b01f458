import { mustBeSet } from "../../../policy/engine/expect";
import { readPolicy } from "../../../policy/engine/policy-document";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";
import { SECRET_PATTERNS, secretsIn } from "../../../policy/rules/secrets/private/secret-patterns";
import { graphOf, resourceAt } from "./graph-of";

const remote = { o: { backend: "s3", config: { bucket: "state", key: "o", region: "us-east-1" } } };
const data = {
  terraform_remote_state: remote,
  aws_ssm_parameter: { w: { name: "/w" } },
  aws_caller_identity: { me: {} },
  aws_iam_policy_document: { d: { statement: [{ actions: ["s3:GetObject"], resources: ["*"] }] } },
  aws_s3_bucket: { told: { bucket: "other" }, untold: { bucket: "${var.b}" } },
  external: { e: { program: ["x"] } },
};
const resource = {
  aws_iam_role: { r: {} },
  aws_ssm_parameter: { star: { value: "*" } },
  aws_s3_bucket: { b: { bucket: "b" } },
};
const backend = { s3: { bucket: "state", key: "p", region: "us-east-1" } };

function read(policy: unknown): ReturnType<typeof readPolicy> {
  const graph = graphOf({ a: { data, resource, output: { p: { value: policy } } } });
  return readPolicy(graph.stacks[0]?.outputs.p as Value, graph);
}

test.each([
  ["${aws_iam_role.r.arn}", true],
  ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root", true],
  ["${data.aws_ssm_parameter.w.arn}", true],
  ["${data.aws_ssm_parameter.w.value}", false],
  ["${data.terraform_remote_state.o.outputs.who}", false],
  ["${data.terraform_remote_state.o.outputs.arn}", false],
  ["${data.external.e.result.arn}", false],
  ["${aws_ssm_parameter.star.value}", false],
  ['${try(aws_iam_role.r.arn, "*")}', false],
  ["${var.who}", false],
])("a policy for %s is complete: %s", (who, complete) => {
  const policy = { Statement: [{ Effect: "Allow", Principal: { AWS: who }, Action: "s3:GetObject", Resource: "x" }] };
  expect(read(policy)?.complete).toBe(complete);
});

test("what another stack of the run hands out is followed", () => {
  const policy = {
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "${data.terraform_remote_state.p.outputs.b}" }],
  };
  const graph = graphOf({
    a: {
      data: { terraform_remote_state: { p: { backend: "s3", config: backend.s3 } } },
      output: { p: { value: JSON.stringify(policy) } },
    },
    p: { terraform: { backend }, resource, output: { b: { value: "${aws_s3_bucket.b.arn}" } } },
  });
  expect(readPolicy(graph.stacks[0]?.outputs.p as Value, graph)?.complete).toBe(true);
});

test("a function around a policy may make another of it", () => {
  expect(read("${data.aws_iam_policy_document.d.json}")?.complete).toBe(true);
  expect(read('${replace(data.aws_iam_policy_document.d.json, "GetObject", "*")}')).toBeUndefined();
});

test.each([
  ["${aws_s3_bucket.b.id}", false],
  ["other", false],
  ["${data.aws_s3_bucket.told.id}", false],
  ["${data.aws_s3_bucket.untold.id}", true],
  ["${data.aws_ssm_parameter.w.value}", true],
  ["${data.terraform_remote_state.o.outputs.bucket}", true],
])("what belongs to %s may belong to anything: %s", (bucket, open) => {
  const graph = graphOf({ a: { data, resource: { ...resource, aws_s3_bucket_versioning: { v: { bucket } } } } });
  expect(graph.mayBeLinked("aws_s3_bucket_versioning", "bucket")).toBe(open);
});

test("things that share a name with many share one list of them", () => {
  const many = (about: object): object => Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`r${at}`, about]));
  const graph = graphOf({
    a: { resource: { aws_iam_role: many({ name: "n" }), aws_iam_role_policy_attachment: many({ role: "n" }) } },
  });
  const [one, other] = ["r0", "r1"].map((name) =>
    graph.linked(resourceAt(graph, `aws_iam_role.${name}`), "aws_iam_role_policy_attachment", "role"),
  );
  expect(one).toHaveLength(50);
  expect(one).toBe(other);
});

test.each([
  ["${aws_kms_key.k.arn}", "pass"],
  ["alias/${var.x}", "pass"],
  ["${var.on ? aws_kms_key.k.arn : aws_kms_key.l.arn}", "pass"],
  ["${var.on ? aws_kms_key.k.arn : null}", "unknown"],
  ['${var.on ? aws_kms_key.k.arn : ""}', "unknown"],
  ["${try(var.x, null)}", "unknown"],
  ["${lookup(var.keys, var.x)}", "unknown"],
])("%s is set: %s", (text, outcome) => {
  expect(mustBeSet(new Value("s", "k", new Unresolved(["var.x"], text))).outcome).toBe(outcome);
});

test("a blank text is not set", () => {
  expect(mustBeSet(new Value("s", "k", " ")).outcome).toBe("fail");
});

test("a long expression is cut in messages", () => {
  expect(new Value("s", "k", new Unresolved([], `\${${"a".repeat(500)}}`)).toString()).toHaveLength(121);
});

test("openings of expressions without an end take time in proportion to the text", () => {
  expect(SECRET_PATTERNS.length).toBeGreaterThan(0);
  const start = performance.now();
  expect(secretsIn(`://${"${".repeat(100_000)}`)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1_000);
});
