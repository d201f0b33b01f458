import fc from "fast-check";
import { InputError } from "../../../policy/inputs/input-error";
import { readTerraformJson, readTerraformModule } from "../../../policy/inputs/terraform-json";
import { Unresolved } from "../../../policy/engine/unresolved";
import type { Resource, Stack } from "../../../policy/engine/subject";

const read = (json: unknown, more: { file?: string; root?: string } = {}): Stack =>
  readTerraformJson(JSON.stringify(json), { stack: "s", ...more });

function problemsOf(json: unknown): readonly string[] {
  try {
    read(json, { file: "a.tf.json" });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems;
  }
  return [];
}

/** The bucket `b` of a module. */
function bucket(body: object, rest: object = {}): Resource {
  const { resources } = read({ resource: { aws_s3_bucket: { b: body } }, ...rest });
  expect(resources).toHaveLength(1);
  return resources[0] as Resource;
}

const later = (references: readonly string[], text?: string): Unresolved => new Unresolved(references, text);

test("resources and data sources with their arguments, without the comment", () => {
  const { resources } = read({
    "//": { metadata: { stackName: "s" } },
    resource: {
      "//": "x",
      aws_s3_bucket: { "//": "y", b: { "//": { metadata: { path: "s/B" } }, bucket: "n", "a//": 1 } },
    },
    data: { aws_vpc: { main: { default: true } } },
  });
  expect(resources).toMatchObject([
    { stack: "s", address: "aws_s3_bucket.b", path: "s/B", mode: "managed", type: "aws_s3_bucket", name: "b" },
    { stack: "s", address: "data.aws_vpc.main", mode: "data", type: "aws_vpc", name: "main" },
  ]);
  expect(resources.map(({ values }) => values)).toEqual([{ bucket: "n", "a//": 1 }, { default: true }]);
  expect(resources[1]).not.toHaveProperty("path", expect.anything());
});

test("lists of objects stand wherever objects may", () => {
  const { resources, outputs, providers, backend } = read([
    {
      terraform: [{ backend: [{ s3: [{ bucket: "state", key: "k" }] }] }],
      provider: [{ aws: [{ region: "${local.region}" }, { alias: "b" }] }],
      locals: [{ region: "eu-west-1" }, { second: 2 }],
      variable: [{ a: [{ default: 1 }] }],
      output: [{ o: [{ value: "${var.a}" }] }],
    },
    { resource: [{ aws_s3_bucket: [{ b: [{ bucket: "one" }] }, { c: {} }] }, { aws_s3_bucket: { d: {} } }] },
  ]);
  expect(resources.map(({ address }) => address)).toEqual(["aws_s3_bucket.b", "aws_s3_bucket.c", "aws_s3_bucket.d"]);
  expect(outputs.o?.number).toBe(1);
  expect(providers.aws?.map((value) => value.literal)).toEqual([{ region: "eu-west-1" }, { alias: "b" }]);
  expect(backend).toEqual({ type: "s3", values: { bucket: "state", key: "k" } });
});

test.each([
  [{ backend: { local: { path: "x.tfstate" } } }, { type: "local", values: { path: "x.tfstate" } }],
  [{ cloud: { organization: "o" } }, { type: "cloud", values: { organization: "o" } }],
  [{ required_version: ">= 1.5" }, undefined],
])("the backend of %j", (terraform, backend) => {
  expect(read({ terraform }).backend).toEqual(backend);
});

test("expressions are unresolved, what is plain is not", () => {
  const { values } = bucket(
    {
      bucket: "${local.name}",
      kms: "${aws_kms_key.k.arn}",
      force_destroy: "${true}",
      text: "$${a}",
      list: ["${var.size}", "${var.missing}"],
      "${var.key}": 1,
      "${var.missing}": 2,
      absent: null,
    },
    {
      variable: { size: { default: 3 }, missing: { type: "string" }, key: { default: "named" } },
      locals: { name: "${local.prefix}-models", prefix: "atlas" },
    },
  );
  expect(values).toEqual({
    bucket: "atlas-models",
    kms: later(["aws_kms_key.k.arn"], "${aws_kms_key.k.arn}"),
    force_destroy: true,
    text: "${a}",
    list: [3, later(["var.missing"], "${var.missing}")],
    named: 1,
    "${var.missing}": 2,
    absent: null,
  });
});

test("defaults of variables are no templates", () => {
  expect(bucket({ a: "${var.x}" }, { variable: { x: { default: "${aws_s3_bucket.b.id}" } } }).values).toEqual({
    a: "${aws_s3_bucket.b.id}",
  });
});

test("addresses, life cycle and provider are written plainly", () => {
  const { values } = bucket({
    depends_on: ["aws_kms_key.k", "${aws_kms_key.l}"],
    lifecycle: { ignore_changes: ["tags"], prevent_destroy: true },
    provider: "aws.replica",
  });
  expect(values).toEqual({
    depends_on: ["aws_kms_key.k", "aws_kms_key.l"],
    lifecycle: { ignore_changes: ["tags"], prevent_destroy: true },
    provider: "aws.replica",
  });
});

test("a block that dynamic makes is unresolved, beside those that are written out", () => {
  const { values } = bucket({
    dynamic: [
      {
        rule: { for_each: "${aws_subnet.all}", content: { subnet: "${rule.value.id}", key: "${aws_kms_key.k.arn}" } },
        grant: [
          { for_each: "${var.grants}", iterator: "one", content: { id: "${one.value}" } },
          { for_each: ["a"], content: { id: "${grant.key}" } },
        ],
      },
      { none: { for_each: [], content: {} } },
    ],
    rule: { written: true },
    tags: { dynamic: "x" },
  });
  expect(values).toEqual({
    rule: [{ written: true }, later(["aws_subnet.all", "aws_kms_key.k.arn"])],
    grant: [later(["var.grants"]), later([])],
    tags: { dynamic: "x" },
  });
});

test("each.value is made of what for_each runs over, count.index of nothing", () => {
  expect(bucket({ for_each: "${aws_kms_key.k}", key: "${each.value.arn}", name: "n${count.index}" }).values).toEqual({
    for_each: later(["aws_kms_key.k"], "${aws_kms_key.k}"),
    key: later(["aws_kms_key.k"], "${each.value.arn}"),
    name: later([], "n${count.index}"),
  });
});

test("of what is known to be none there is no resource, and it is said", () => {
  const { resources, unjudged } = read({
    variable: { on: { default: false } },
    resource: {
      aws_s3_bucket: {
        a: { count: "${var.on ? 1 : 0}" },
        b: { for_each: {} },
        c: { for_each: "${toset([])}" },
        d: { count: 2 },
        e: { count: "${var.unknown}" },
      },
    },
  });
  expect(resources.map(({ name }) => name)).toEqual(["d", "e"]);
  expect(unjudged).toEqual([
    "aws_s3_bucket.a: there is none of it, by its `count`",
    "aws_s3_bucket.b: there is none of it, by its `for_each`",
    "aws_s3_bucket.c: there is none of it, by its `for_each`",
  ]);
});

test("what lies elsewhere, is no block, or is no template is named", () => {
  const { unjudged, resources } = read(
    {
      module: { vpc: { source: "./vpc" } },
      resources: {},
      resource: { aws_instance: { i: { user_data: "echo ${HOME:-/root}", tags: [{ a: "${" }] } } },
    },
    { file: "a.tf.json" },
  );
  expect(resources[0]?.values.user_data).toEqual(later([], "echo ${HOME:-/root}"));
  expect(unjudged).toEqual([
    "a.tf.json: `resources` is no block of Terraform",
    "a.tf.json: `aws_instance.i`: `user_data` is no template that Terraform could read: expected `}` at character 12",
    "a.tf.json: `aws_instance.i`: `tags[0].a` is no template that Terraform could read: expected a name at character 3",
    'module "vpc": its resources lie elsewhere and were not judged',
  ]);
});

test("files of one folder are one module", () => {
  const { resources } = readTerraformModule(
    [
      { file: "a.tf.json", text: JSON.stringify({ resource: { aws_s3_bucket: { b: { bucket: "${local.name}" } } } }) },
      { file: "b.tf.json", text: JSON.stringify({ locals: { name: "n" } }) },
    ],
    { stack: "folder" },
  );
  expect(resources[0]?.values).toEqual({ bucket: "n" });
});

test("places in the source are relative to the root", () => {
  const stackTrace = ["new Store (/app/store.ts:12:5)"];
  const json = { resource: { aws_s3_bucket: { b: { "//": { metadata: { path: "p", stackTrace } } } } } };
  expect(read(json, { root: "/app" }).resources[0]?.trace).toEqual([{ file: "store.ts", line: 12, column: 5 }]);
  expect(read(json).resources[0]?.trace).toBeUndefined();
});

test.each<[string, unknown, readonly string[]]>([
  ["a list of texts", ["x"], ['a.tf.json: the file must be an object, got "x"']],
  ["a number", 1, ["a.tf.json: the file must be an object, got 1"]],
  ["an empty object", {}, ["a.tf.json: must hold a block of Terraform such as `resource`, got an empty object"]],
  [
    "something else",
    { apiVersion: "v1", kind: "Pod", a: 1, b: 2, c: 3, d: 4 },
    [
      'a.tf.json: must hold a block of Terraform such as `resource`, got "apiVersion", "kind", "a", "b", "c" and 1 more',
    ],
  ],
  [
    "wrong shapes, all of them",
    { resource: "x", data: { aws_vpc: 1 }, output: { o: [[]] }, locals: true, provider: { aws: { a: 1 } } },
    [
      "a.tf.json: `locals` must be an object, got true",
      "a.tf.json: `output.o` must be an object, got a list",
      'a.tf.json: `resource` must be an object, got "x"',
      "a.tf.json: `data.aws_vpc` must be an object, got 1",
    ],
  ],
  [
    "one resource twice",
    { resource: [{ aws_s3_bucket: { b: {} } }, { aws_s3_bucket: { b: {} } }] },
    ["a.tf.json: `resource.aws_s3_bucket.b` must be defined once, and is in a.tf.json too"],
  ],
  [
    "one local twice",
    { locals: [{ a: 1 }, { a: 2 }] },
    ["a.tf.json: `local.a` must be defined once, and is in a.tf.json too"],
  ],
  [
    "locals in a circle",
    { locals: { a: "${local.b}", b: "x${local.c}", c: ["${local.a.x}"], d: "${local.d}", e: "${local.a}" } },
    [
      "a.tf.json: locals must not be made of themselves: `a`, `b`, `c`",
      "a.tf.json: locals must not be made of themselves: `d`",
    ],
  ],
  [
    "resources in a circle",
    {
      resource: {
        aws_security_group: { a: { x: "${aws_security_group.b.id}" }, b: { depends_on: ["data.aws_vpc.v"] } },
        aws_s3_bucket: { self: { x: "${aws_s3_bucket.self[0].id}" } },
      },
      data: { aws_vpc: { v: { id: "${local.id}" } } },
      locals: { id: "${aws_security_group.a.vpc_id}" },
    },
    [
      "s: resources must not need themselves, nor each other in a circle: `aws_security_group.a`, `aws_security_group.b`, `data.aws_vpc.v`",
      "s: resources must not need themselves, nor each other in a circle: `aws_s3_bucket.self`",
    ],
  ],
  [
    "tokens of CDKTF",
    {
      resource: {
        aws_s3_bucket: {
          b: { bucket: "x-${TfToken[TOKEN.12]}", tags: { a: "#{TfToken[TOKEN.1]}" }, n: -1.8881545897087626e289 },
        },
      },
      output: { o: { value: "${Token[AWS.Region.4]}" } },
    },
    [
      "a.tf.json: `aws_s3_bucket.b`: `bucket` must be resolved before it is written, got the token ${TfToken[TOKEN.12]}",
      "a.tf.json: `aws_s3_bucket.b`: `tags.a` must be resolved before it is written, got the token #{TfToken[TOKEN.1]}",
      "a.tf.json: `aws_s3_bucket.b`: `n` must be resolved before it is written, got the token -1.8881545897087626e+289",
      "a.tf.json: `output.o`: `value` must be resolved before it is written, got the token ${Token[AWS.Region.4]}",
    ],
  ],
])("%s is refused", (_what, json, problems) => {
  expect(problemsOf(json)).toEqual(problems);
});

test("a text that looks like a token but is escaped is a text", () => {
  expect(bucket({ a: "$${TfToken[TOKEN.1]}" }).values).toEqual({ a: "${TfToken[TOKEN.1]}" });
});

const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;

test.each([
  `{"resource":{"aws_x":{"y":${deep}}}}`,
  `{"resource":{"aws_x":{"y":{"lifecycle":${deep}}}}}`,
  `{"terraform":{"backend":{"s3":${deep}}}}`,
  `{"//":${deep},"locals":{}}`,
])("nesting beyond all use is refused wherever it is: %#", (text) => {
  expect(() => readTerraformJson(text, { stack: "s" })).toThrow(
    new InputError(["s: must be nested at most 200 levels deep"]),
  );
});

const many = (name: (index: number) => string, value: unknown): object =>
  Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [name(index), value]));

test("of a great many problems the first are told, with the number of the others", () => {
  const problems = problemsOf({ resource: { aws_x: { y: many((index) => `a${index}`, "${TfToken[TOKEN.1]}") } } });
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe("and 980 more problems");
});

test("of a great many names that are no block the first are told, with the number of the others", () => {
  const { unjudged } = read({ locals: {}, ...many((index) => `x${index}`, 1) });
  expect(unjudged).toHaveLength(21);
  expect(unjudged.at(-1)).toBe("s: 980 more names are no block of Terraform");
});

test("what is null is not there", () => {
  expect(read({ resource: null, data: { aws_x: null }, output: { o: null } }).resources).toEqual([]);
  expect(read({ resource: { aws_s3_bucket: { __x: null } } }).resources).toEqual([]);
});

describe("values of variables", () => {
  const json = {
    variable: { days: { default: 1 }, size: {} },
    output: { o: { value: ["${var.days}", "${var.size}"] } },
  };
  const files = [{ file: "a.tf.json", text: JSON.stringify(json) }];
  const valuesOf = (...texts: string[]): unknown =>
    readTerraformModule(files, { stack: "s", values: texts.map((text) => ({ file: "x.auto.tfvars.json", text })) })
      .outputs.o?.literal;

  test("stand in place of defaults, and the last ones win", () => {
    expect(valuesOf('{"days": 7, "size": 2}', '{"size": 3, "other": 1}')).toEqual([7, 3]);
  });

  test("must be an object", () => {
    expect(() => valuesOf("[]")).toThrow(
      new InputError(["x.auto.tfvars.json: must be an object of values by variable, got a list"]),
    );
  });
});

test("locals of locals that would fill memory stay references", () => {
  const locals = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`l${index + 1}`, `\${local.l${index}}\${local.l${index}}`]),
  );
  const { outputs, unjudged } = read({ locals: { l0: "xx", ...locals }, output: { o: { value: "${local.l60}" } } });
  expect(outputs.o?.unknown).toBe(true);
  expect(unjudged).toEqual(["variables and locals that add up to more than 20000000 characters"]);
});

test("a chain of ten thousand locals is followed", () => {
  const locals = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`l${index}`, index === 0 ? "end" : `\${local.l${index - 1}}`]),
  );
  expect(read({ locals, output: { o: { value: "${local.l9999}" } } }).outputs.o?.literal).toBe("end");
});

test.each([
  ["a text", "x".repeat(5_000_000)],
  ["dollar signs", "${".repeat(2_500_000)],
  ["brackets", `\${${"[".repeat(5_000_000)}`],
  ["quotes", '${"'.repeat(1_600_000)],
  ["a text in an expression", `\${f("${"x".repeat(5_000_000)}")}`],
])("five megabytes of %s are read", (_what, text) => {
  expect(bucket({ text }).at("text").absent).toBe(false);
});

test("whatever JSON comes in, it is read, or refused with what is wrong", () => {
  const text = fc.constantFrom(
    "${",
    "}",
    "aws_a.b.c",
    "${aws_a.b.c}",
    "${local.a}",
    "${var.a}",
    "%{ if a }",
    "x",
    "$${",
  );
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    key: fc.constantFrom(
      "a",
      "b",
      "dynamic",
      "content",
      "for_each",
      "count",
      "//",
      "depends_on",
      "provider",
      "${local.a}",
    ),
    tree: fc.oneof(
      { maxDepth: 5 },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(tie("key") as fc.Arbitrary<string>, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  const blocks = fc.constantFrom("resource", "data", "locals", "variable", "output", "provider", "terraform", "module");
  const top = fc.dictionary(
    blocks,
    fc.oneof(tree, fc.dictionary(fc.constantFrom("aws_a", "a"), fc.dictionary(fc.constant("b"), tree))),
  );
  fc.assert(
    fc.property(top, (json) => {
      try {
        const { resources, outputs } = read(json);
        expect(resources.every(({ address }) => /^(data\.)?\S+\.\S+$/.test(address))).toBe(true);
        expect(Object.keys(outputs).every((name) => name !== "//")).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as InputError).problems.every((problem) => problem.startsWith("s: "))).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
