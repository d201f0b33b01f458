import fc from "fast-check";
import { readPolicy } from "../../../policy/engine/policy-document";
import type { PolicyDocument, Statement } from "../../../policy/engine/policy-document";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";
import { graphOf } from "./graph-of";

const NOTHING = {
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  principals: [],
  notPrincipals: [],
  conditions: [],
};

/** A statement with what is not said left empty. */
function statement(said: Partial<Statement>): Statement {
  return { ...NOTHING, effect: "Allow", ...said };
}

/** What a policy says in a module with a bucket and a role. */
function read(
  policy: unknown,
  rest: { data?: object; locals?: object; variable?: object } = {},
): PolicyDocument | undefined {
  const graph = graphOf({
    a: {
      resource: { aws_s3_bucket: { b: { bucket: "b" } }, aws_iam_role: { r: {} } },
      output: { p: { value: policy } },
      ...rest,
    },
  });
  return readPolicy(graph.stacks[0]?.outputs.p as Value, graph);
}

const READ_OBJECTS = { Effect: "Allow", Action: "s3:GetObject", Resource: "${aws_s3_bucket.b.arn}/*" };
const READS_OBJECTS = statement({ actions: ["s3:GetObject"], resources: ["${aws_s3_bucket.b.arn}/*"] });

test("everything that a statement can say", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "All",
        Effect: "Deny",
        Action: ["s3:Get*", "s3:List*"],
        Resource: "*",
        Principal: { AWS: ["111111111111", "*"], Service: "ec2.amazonaws.com" },
        Condition: {
          Bool: { "aws:SecureTransport": false },
          StringLike: { "s3:prefix": ["a", "b/${aws_s3_bucket.b.id}"] },
        },
      },
      { Effect: "Allow", NotAction: "iam:*", NotResource: ["x"], NotPrincipal: "*" },
    ],
  };
  expect(read(JSON.stringify(policy))).toEqual({
    complete: true,
    statements: [
      statement({
        sid: "All",
        effect: "Deny",
        actions: ["s3:Get*", "s3:List*"],
        resources: ["*"],
        principals: [
          { type: "AWS", ids: ["111111111111", "*"] },
          { type: "Service", ids: ["ec2.amazonaws.com"] },
        ],
        conditions: [
          { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
          { operator: "StringLike", key: "s3:prefix", values: ["a", "b/${aws_s3_bucket.b.id}"] },
        ],
      }),
      statement({ notActions: ["iam:*"], notResources: ["x"], notPrincipals: [{ type: "*", ids: ["*"] }] }),
    ],
  });
});

test.each<[string, unknown]>([
  ["JSON", JSON.stringify({ Statement: [READ_OBJECTS] })],
  ["JSON with one statement", JSON.stringify({ Statement: READ_OBJECTS })],
  ["an object", { Statement: [READ_OBJECTS] }],
  [
    "jsonencode",
    '${jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = "s3:GetObject", "Resource" = "${aws_s3_bucket.b.arn}/*"}]})}',
  ],
  ["jsonencode of a local", "${jsonencode(local.policy)}"],
  ["a local", "${local.text}"],
  [
    "an expression with quotes",
    JSON.stringify({ Statement: [READ_OBJECTS] }).replace(
      "${aws_s3_bucket.b.arn}/*",
      '${join("", [aws_s3_bucket.b.arn, "/*"])}',
    ),
  ],
  ["a data source", "${data.aws_iam_policy_document.d.json}"],
  ["a data source, smaller", "${data.aws_iam_policy_document.d.minified_json}"],
])("written as %s", (_what, policy) => {
  const rest = {
    locals: { policy: { Statement: [READ_OBJECTS] }, text: JSON.stringify({ Statement: [READ_OBJECTS] }) },
    data: {
      aws_iam_policy_document: {
        d: { statement: [{ actions: ["s3:GetObject"], resources: ["${aws_s3_bucket.b.arn}/*"] }] },
      },
    },
  };
  expect(read(policy, rest)).toEqual({ complete: true, statements: [READS_OBJECTS] });
});

test("a policy variable is a text, not an expression", () => {
  const document = read(
    JSON.stringify({ Statement: { ...READ_OBJECTS, Resource: "x/$${aws:username}/${aws_s3_bucket.b.id}" } }),
  );
  expect(document?.statements[0]?.resources).toEqual(["x/$${aws:username}/${aws_s3_bucket.b.id}"]);
  expect(document?.complete).toBe(true);
});

test.each<[string, unknown, readonly Statement[]]>([
  [
    "an action",
    { ...READ_OBJECTS, Action: ["s3:GetObject", "${var.action}"] },
    [{ ...READS_OBJECTS, actions: ["s3:GetObject", "${var.action}"] }],
  ],
  ["the resources", { ...READ_OBJECTS, Resource: "${var.arns}" }, [{ ...READS_OBJECTS, resources: ["${var.arns}"] }]],
  [
    "a part of a resource",
    { ...READ_OBJECTS, Resource: "${aws_s3_bucket.b.arn}/${var.x}" },
    [{ ...READS_OBJECTS, resources: ["${aws_s3_bucket.b.arn}/${var.x}"] }],
  ],
  ["the effect", { ...READ_OBJECTS, Effect: "${var.effect}" }, []],
  ["the statement", "${var.statement}", []],
  ["the principals", { ...READ_OBJECTS, Principal: "${var.principals}" }, [READS_OBJECTS]],
  [
    "a principal",
    { ...READ_OBJECTS, Principal: { AWS: "${module.m.arn}" } },
    [{ ...READS_OBJECTS, principals: [{ type: "AWS", ids: ["${module.m.arn}"] }] }],
  ],
  ["the conditions", { ...READ_OBJECTS, Condition: "${var.c}" }, [READS_OBJECTS]],
])("it is not complete where %s is not known", (_what, one, statements) => {
  expect(read(JSON.stringify({ Statement: [one] }))).toEqual({ complete: false, statements });
});

test.each([
  ["a resource", { ...READ_OBJECTS, Resource: "${aws_s3_bucket.b.arn}" }],
  ["a principal", { ...READ_OBJECTS, Principal: { AWS: "${aws_iam_role.r.arn}" } }],
])("it is complete where %s refers to one that is known", (_what, one) => {
  expect(read(JSON.stringify({ Statement: [one] }))?.complete).toBe(true);
});

test.each([
  ["no JSON", '{"Statement": ['],
  ["JSON of something else", "[1, 2]"],
  ["no text at all", "x"],
  ["nothing in it", "{}"],
  ["JSON that nests beyond all use", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
])("a literal with %s has no statements, and is not complete", (_what, policy) => {
  expect(read(policy)).toEqual({ statements: [], complete: false });
});

test.each([
  ["absent", null],
  ["a variable", "${var.policy}"],
  ["a file", '${file("policy.json")}'],
  ["a condition", "${var.x ? data.aws_iam_policy_document.a.json : data.aws_iam_policy_document.b.json}"],
  ["a data source that is not here", "${data.aws_iam_policy_document.gone.json}"],
  ["an attribute that holds no policy", "${aws_s3_bucket.b.arn}"],
  ["JSON broken by an expression", '{"Statement": [${var.a}${var.b}]}'],
  ["made by a loop", '{"Statement": [%{ for x in var.y }{}%{ endfor }]}'],
])("nothing is known of what is %s", (_what, policy) => {
  expect(read(policy)).toBeUndefined();
});

test("what is known after apply says nothing", () => {
  const graph = graphOf({ a: { locals: {} } });
  expect(readPolicy(new Value("a", "policy", new Unresolved([])), graph)).toBeUndefined();
});

describe("aws_iam_policy_document", () => {
  const ofDocuments = (documents: object): PolicyDocument | undefined =>
    read("${data.aws_iam_policy_document.d.json}", { data: { aws_iam_policy_document: documents } });

  test("every block of a statement", () => {
    const d = {
      statement: {
        sid: "S",
        effect: "Deny",
        not_actions: ["a:*"],
        not_resources: ["b"],
        resources: ["arn:aws:s3:::x/&{aws:username}"],
        principals: [
          { type: "AWS", identifiers: ["*"] },
          { type: "Service", identifiers: ["ec2.amazonaws.com"] },
        ],
        not_principals: { type: "*", identifiers: ["*"] },
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: [false] }],
      },
    };
    expect(ofDocuments({ d })).toEqual({
      complete: true,
      statements: [
        statement({
          sid: "S",
          effect: "Deny",
          notActions: ["a:*"],
          notResources: ["b"],
          resources: ["arn:aws:s3:::x/${aws:username}"],
          principals: [
            { type: "AWS", ids: ["*"] },
            { type: "Service", ids: ["ec2.amazonaws.com"] },
          ],
          notPrincipals: [{ type: "*", ids: ["*"] }],
          conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
        }),
      ],
    });
  });

  test("other documents come first, and statements of one name take each other's place", () => {
    const allow = (sid: string, action: string): object => ({ sid, actions: [action], resources: ["*"] });
    const document = ofDocuments({
      d: {
        source_policy_documents: [
          "${data.aws_iam_policy_document.source.json}",
          JSON.stringify({ Statement: { ...READ_OBJECTS, Sid: "text" } }),
        ],
        statement: [allow("one", "b:Own"), allow("two", "b:Own"), { actions: ["b:Nameless"], resources: ["*"] }],
        override_policy_documents: ["${data.aws_iam_policy_document.override.json}"],
      },
      source: { statement: [allow("one", "a:Source"), { actions: ["a:Nameless"], resources: ["*"] }] },
      override: { statement: [allow("two", "c:Override"), allow("three", "c:Override")] },
    });
    expect(document?.complete).toBe(true);
    expect(document?.statements.map(({ sid, actions }) => [sid, ...actions])).toEqual([
      ["one", "b:Own"],
      [undefined, "a:Nameless"],
      ["text", "s3:GetObject"],
      ["two", "c:Override"],
      [undefined, "b:Nameless"],
      ["three", "c:Override"],
    ]);
  });

  test.each([
    ["a source that is not known", { source_policy_documents: ["${var.source}"] }],
    ["sources that are not known", { source_policy_documents: "${var.sources}" }],
    ["a statement made by dynamic", { dynamic: { statement: { for_each: "${var.x}", content: { actions: ["*"] } } } }],
    ["an action that is not known", { statement: { actions: ["${var.x}"], resources: ["*"] } }],
  ])("it is not complete with %s", (_what, d) => {
    expect(ofDocuments({ d })?.complete).toBe(false);
  });

  test("one in another stack is read in its own stack", () => {
    const graph = graphOf({
      a: {
        resource: { aws_iam_policy: { p: { policy: "${data.terraform_remote_state.b.outputs.policy}" } } },
        data: { terraform_remote_state: { b: { backend: "local", config: { path: "b" } } } },
      },
      b: {
        terraform: { backend: { local: { path: "b" } } },
        resource: { aws_s3_bucket: { b: {} } },
        data: {
          aws_iam_policy_document: { d: { statement: { actions: ["s3:Get"], resources: ["${aws_s3_bucket.b.arn}"] } } },
        },
        output: { policy: { value: "${data.aws_iam_policy_document.d.json}" } },
      },
    });
    expect(readPolicy(graph.resourcesOf("aws_iam_policy")[0]!.at("policy"), graph)).toEqual({
      complete: true,
      statements: [statement({ actions: ["s3:Get"], resources: ["${aws_s3_bucket.b.arn}"] })],
    });
  });
});

test("a policy that another resource holds is read there", () => {
  const graph = graphOf({
    a: {
      resource: {
        aws_iam_policy: {
          p: { policy: JSON.stringify({ Statement: READ_OBJECTS }) },
          q: { policy: "${aws_iam_policy.p.policy}" },
        },
        aws_s3_bucket: { b: {} },
      },
    },
  });
  expect(readPolicy(graph.resourcesOf("aws_iam_policy")[1]!.at("policy"), graph)?.statements).toEqual([READS_OBJECTS]);
});

test("JSON, HCL and blocks that say the same are read alike", () => {
  const word = fc.constantFrom(
    "s3:GetObject",
    "*",
    "${aws_s3_bucket.b.arn}/*",
    'a"b',
    "c\\d",
    "é",
    "${aws_iam_role.r.arn}",
  );
  const words = fc.array(word, { minLength: 1, maxLength: 3 });
  const one = fc.record({ effect: fc.constantFrom("Allow", "Deny"), actions: words, resources: words });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (statements) => {
      const json = {
        Statement: statements.map(({ effect, actions, resources }) => ({
          Effect: effect,
          Action: actions,
          Resource: resources,
        })),
      };
      const expected = { complete: true, statements: statements.map((said) => statement(said as Partial<Statement>)) };
      expect(read(JSON.stringify(json))).toEqual(expected);
      expect(read(`\${jsonencode(${JSON.stringify(json)})}`)).toEqual(expected);
      const data = { aws_iam_policy_document: { d: { statement: statements } } };
      expect(read("${data.aws_iam_policy_document.d.json}", { data })).toEqual(expected);
    }),
  );
});

test("five megabytes of statements are read", () => {
  const text = JSON.stringify({
    Statement: Array.from({ length: 2_000 }, () => ({ ...READ_OBJECTS, Sid: "x".repeat(2_500) })),
  });
  expect(text.length).toBeGreaterThan(5_000_000);
  expect(read(text)?.statements).toHaveLength(2_000);
});
