import { referencesWithin, resolveTemplate } from "../../../../policy/engine/expressions/evaluate";
import type { Scope } from "../../../../policy/engine/expressions/scope";
import { Unresolved } from "../../../../policy/engine/unresolved";

const VALUES: Readonly<Record<string, unknown>> = {
  "var.stage": "prod",
  "var.public": true,
  "var.size": 3,
  "var.none": null,
  "var.tags": { Team: "ml", deep: [{ a: 1 }] },
  "local.arn": new Unresolved(["aws_s3_bucket.b.arn"], "${aws_s3_bucket.b.arn}"),
  "local.key": new Unresolved(["aws_kms_key.k"], "${aws_kms_key.k}"),
  "local.objects": new Unresolved(["aws_s3_bucket.b.arn"], "${aws_s3_bucket.b.arn}/*"),
  "local.map": { arn: new Unresolved(["aws_x.y.z"], "${aws_x.y.z}"), plain: "p" },
};

const scope: Scope = {
  value: (root, name) => VALUES[`${root}.${name}`],
  iterators: new Map([
    ["each", ["aws_subnet.private"]],
    ["port", []],
  ]),
};

const later = (text: string, ...references: string[]): Unresolved => new Unresolved(references, text);

test.each<[string, unknown]>([
  ["plain", "plain"],
  ["$${escaped}", "${escaped}"],
  ["${true}", true],
  ['${"x"}', "x"],
  ["${null}", null],
  ["${var.stage}", "prod"],
  ["${var.none}", null],
  ["atlas-${var.stage}-${var.size}", "atlas-prod-3"],
  ["${var.tags.Team}", "ml"],
  ['${var.tags["deep"][0].a}', 1],
  ["${var.public ? 1 : 2}", 1],
  ['${var.stage == "dev" ? "a" : "b"}', "b"],
  ["${!var.public || var.size * 2 + 1 >= 7 && var.none == null}", true],
  ["${-var.size}", -3],
  ["${10 % 4 / 2 - 1}", 0],
  ["x\n  \n  ${~ var.stage ~}\n\n  y", "x\n  \nprod\n  y"],
  ["x  ${~ var.stage ~}  y", "xprody"],
  ['${jsonencode({b = 1, a = "<&>"})}', '{"a":"\\u003c\\u0026\\u003e","b":1}'],
  ["${[var.stage, 1]}", ["prod", 1]],
  ['${{a = var.stage, "b" = [1]}}', { a: "prod", b: [1] }],
  ['${merge(var.tags, {Name = "n"})}', { Team: "ml", deep: [{ a: 1 }], Name: "n" }],
  ["${concat([1], [2, 3])}", [1, 2, 3]],
  ['${toset(["b", "a", "b"])}', ["a", "b"]],
  ['${join("-", ["a", var.stage])}', "a-prod"],
  ['${tostring(1)}${tonumber("2")}', "12"],
  ['${tobool("true")}', true],
  ['${upper("a")}${lower("B")}', "Ab"],
  ['${jsonencode({a = [1, "x"], b = null})}', '{"a":[1,"x"],"b":null}'],
])("%s is known", (template, expected) => {
  expect(resolveTemplate(template, scope)).toEqual(expected);
});

test.each<[string, Unresolved]>([
  ["${aws_kms_key.k.arn}", later("${aws_kms_key.k.arn}", "aws_kms_key.k.arn")],
  ["${ aws_kms_key.k.arn }/x", later("${aws_kms_key.k.arn}/x", "aws_kms_key.k.arn")],
  ["${var.missing}", later("${var.missing}", "var.missing")],
  ["${var.tags.Owner}", later("${var.tags.Owner}", "var.tags.Owner")],
  ["${local.arn}", later("${aws_s3_bucket.b.arn}", "aws_s3_bucket.b.arn")],
  ["${local.key.arn}", later("${aws_kms_key.k.arn}", "aws_kms_key.k.arn")],
  ["${local.arn}/${var.stage}/$${user}", later("${aws_s3_bucket.b.arn}/prod/$${user}", "aws_s3_bucket.b.arn")],
  ["${local.map.arn}", later("${aws_x.y.z}", "aws_x.y.z")],
  ["${local.map[var.stage]}", later("${local.map[var.stage]}", "aws_x.y.z")],
  ["${data.aws_vpc.main.id}", later("${data.aws_vpc.main.id}", "data.aws_vpc.main.id")],
  ['${a_b.c[0].d["k"].e}', later('${a_b.c[0].d["k"].e}', 'a_b.c[0].d["k"].e')],
  ["${a_b.c[*].d}", later("${a_b.c[*].d}", "a_b.c[*].d")],
  ["${a_b.c[var.size].d}", later("${a_b.c[var.size].d}", "a_b.c[3].d")],
  ["${a_b.c[count.index].d}", later("${a_b.c[count.index].d}", "a_b.c[*].d")],
  ["${a_b.c[d_e.f.g].h}", later("${a_b.c[d_e.f.g].h}", "a_b.c[*].h", "d_e.f.g")],
  ['${f("a_b.c }", d_e.f)}', later('${f("a_b.c }", d_e.f)}', "d_e.f")],
  ["${[for s in aws_subnet.all : s.id]}", later("${[for s in aws_subnet.all : s.id]}", "aws_subnet.all")],
  ["${var.missing ? a_b.c : d_e.f}", later("${var.missing ? a_b.c : d_e.f}", "var.missing", "a_b.c", "d_e.f")],
  ["${each.value.id}", later("${each.value.id}", "aws_subnet.private")],
  ["${port.value}", later("${port.value}")],
  ["${count.index}", later("${count.index}")],
  ["${path.module}/x", later("${path.module}/x")],
  ["${module.vpc.id}", later("${module.vpc.id}", "module.vpc.id")],
  ["${self.arn}-${terraform.workspace}", later("${self.arn}-${terraform.workspace}")],
  ['${join("", ["arn:", local.arn, "/$${x}"])}', later("arn:${aws_s3_bucket.b.arn}/$${x}", "aws_s3_bucket.b.arn")],
  ["a%{ if var.missing }${b_c.d}%{ endif }", later("a%{ if var.missing }${b_c.d}%{ endif }", "var.missing", "b_c.d")],
  ["${1 + a_b.c}", later("${1 + a_b.c}", "a_b.c")],
  ["${0.1 + 0.2}", later("${0.1 + 0.2}")],
  ["x${1e21}", later("x${1e21}")],
  ["${1 / 0}", later("${1 / 0}")],
  ["${!local.map}", later("${!local.map}", "aws_x.y.z")],
  ["${f(x...)}", later("${f(x...)}")],
  [
    '${jsonencode({Resource = "${local.arn}/*", Tag = "a\\"b$${c}", All = local.arn})}',
    later(
      '{"All":"${aws_s3_bucket.b.arn}","Resource":"${aws_s3_bucket.b.arn}/*","Tag":"a\\"b$${c}"}',
      "aws_s3_bucket.b.arn",
    ),
  ],
  ["${jsonencode(var.missing)}", later("${jsonencode(var.missing)}", "var.missing")],
])("%s is known later", (template, expected) => {
  const value = resolveTemplate(template, scope);
  expect(value).toBeInstanceOf(Unresolved);
  expect(value).toEqual(expected);
});

test("parts of lists and objects are known for themselves", () => {
  expect(resolveTemplate('${{a = "x", b = [local.arn]}}', scope)).toEqual({
    a: "x",
    b: [later("${aws_s3_bucket.b.arn}", "aws_s3_bucket.b.arn")],
  });
});

test("names of objects cannot reach into prototypes", () => {
  expect(resolveTemplate("${var.tags.constructor}", scope)).toEqual(
    later("${var.tags.constructor}", "var.tags.constructor"),
  );
  expect(resolveTemplate("${constructor(1)}", scope)).toEqual(later("${constructor(1)}"));
});

test("references within a value are each named once, in their order", () => {
  const value = { a: [later("${x.y}", "x.y"), { b: later("${z.w}${x.y}", "z.w", "x.y") }], c: null, d: 1 };
  expect(referencesWithin(value)).toEqual(["x.y", "z.w"]);
});
