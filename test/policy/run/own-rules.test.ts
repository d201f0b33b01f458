import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bucketDataOwner } from "../../../examples/policy-rules/bucket-data-owner";
import { PolicyInputError } from "../../../policy/enforcement/policy-input-error";
import { resourceRule } from "../../../policy/engine/rule";
import type { Rule } from "../../../policy/engine/rule";
import { judgeExample } from "../../../policy/run/judge-example";
import { loadOwnRules } from "../../../policy/run/own-rules";
import { ROOT } from "../../support/platform";
import { temporaryFolder } from "../../support/temporary-folder";

const ENGINE = join(ROOT, "policy/engine");

/** The text of a rule as JavaScript. */
const rule = (id: string, about: object = {}): string =>
  `{ ...${JSON.stringify({
    ...{ id, slug: id.toLowerCase(), title: "It holds", severity: "low", packs: ["baseline"], why: "Why", fix: "How" },
    ...{ judges: "resource", types: ["aws_s3_bucket"] },
    examples: { failing: { terraform: {} }, passing: { terraform: {} } },
    ...about,
  })}, judge: () => ({ outcome: "pass" }) }`;

const SHIPPED = resourceRule({
  ...{
    id: "FD-S3-001",
    slug: "shipped",
    title: "It holds",
    severity: "low",
    packs: ["baseline"],
    why: "Why",
    fix: "How",
  },
  types: ["aws_s3_bucket"],
  judge: () => ({ outcome: "pass" }),
  examples: { failing: { terraform: {} }, passing: { terraform: {} } },
});

function load(files: Readonly<Record<string, string>>, folder = "policy-rules"): readonly Rule[] {
  const root = temporaryFolder();
  mkdirSync(join(root, "policy-rules/deeper"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "policy-rules", name), text);
  return loadOwnRules(root, folder, [SHIPPED]);
}

function problems(files: Readonly<Record<string, string>>, folder?: string): readonly string[] {
  try {
    load(files, folder);
  } catch (error) {
    if (error instanceof PolicyInputError) return error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw error;
  }
  throw new Error("the rules were loaded");
}

describe("own rules", () => {
  test("are all that the modules of a folder export, by file name", () => {
    const rules = load({
      "b.js": `module.exports = [${rule("ACME-B-001")}, ${rule("ACME-B-002")}];`,
      "a.cjs": `exports.one = ${rule("ACME-A-001")}; exports.more = [${rule("ACME-A-002")}]; exports.LIMIT = 5;`,
      "c.ts": [
        `import { resourceRule } from ${JSON.stringify(join(ENGINE, "rule"))};`,
        `const head: object = ${rule("ACME-C-001")};`,
        "export const named = resourceRule(head as never);",
        "export default named;",
      ].join("\n"),
    });

    expect(rules.map(({ id }) => id)).toEqual(["ACME-A-001", "ACME-A-002", "ACME-B-001", "ACME-B-002", "ACME-C-001"]);
  });

  test("are not looked for in tests, declarations, other files and folders", () => {
    const files = {
      "a.js": `module.exports = ${rule("ACME-A-001")};`,
      "a.test.js": "throw new Error('a test was loaded')",
      "a.d.ts": "throw new Error('a declaration was loaded')",
      "notes.md": "# Notes",
      "deeper/b.js": `throw new Error('a folder was loaded')`,
    };

    expect(load(files).map(({ id }) => id)).toEqual(["ACME-A-001"]);
    expect(load(files, "policy-rules/")).toHaveLength(1);
  });

  test("are refused with everything that is wrong with any of them", () => {
    const files = {
      "a.js": "throw new Error('no such limit')",
      "b.js": "module.exports = { LIMIT: 5 };",
      "c.js": `module.exports = ${rule("FD-ACME-001")};`,
      "d.js": `module.exports = { judge: () => undefined, id: "acme", slug: "acme" };`,
      "e.js": `module.exports = [${rule("ACME-E-001")}, ${rule("ACME-E-001", { slug: "other" })}];`,
    };
    const found = problems(files);

    expect(found.slice(0, 3)).toEqual([
      "policy-rules/a.js: cannot be loaded: no such limit",
      "policy-rules/b.js: must export at least one rule, and exports none",
      "policy-rules/c.js: FD-ACME-001: ids that begin with FD- are those of the rules that ship",
    ]);
    expect(found).toContain('policy-rules/d.js: acme: `id` must be like `ACME-S3-001`, got "acme"');
    expect(found.filter((problem) => problem.startsWith("policy-rules/d.js")).join("\n")).toContain(
      "made by resourceRule",
    );
    expect(found.at(-1)).toMatch(/^policy-rules\/e\.js: ACME-E-001: `id` must be its own/);
  });

  test("have names that neither a rule that ships nor another file has", () => {
    const files = {
      "a.js": `module.exports = ${rule("ACME-A-001", { slug: "shipped" })};`,
      "b.js": `module.exports = ${rule("ACME-B-001")};`,
      "c.js": `module.exports = ${rule("ACME-B-001", { slug: "mine" })};`,
    };

    expect(problems(files)).toEqual([
      'policy-rules/c.js: ACME-B-001: `id` must be its own, got "ACME-B-001", which is that of ACME-B-001 in policy-rules/b.js',
      'policy-rules/a.js: ACME-A-001: `slug` must be its own, got "shipped", which is that of the rule FD-S3-001 that ships',
    ]);
  });

  test("must be there when a folder is named", () => {
    expect(problems({}, "rules")[0]).toMatch(/^rules: cannot be read: ENOENT/);
    expect(problems({ "notes.md": "" })).toEqual([
      "policy-rules: must hold at least one module with rules, and holds none",
    ]);
  });

  test("tell of TypeScript that cannot be read, with its file", () => {
    expect(problems({ "a.ts": "export const = 5" })[0]).toMatch(/^policy-rules\/a\.ts: cannot be loaded: /);
  });
});

describe("the example of a rule of one's own", () => {
  test("is loaded from its folder", () => {
    expect(loadOwnRules(ROOT, "examples/policy-rules", [])).toEqual([bucketDataOwner]);
  });

  test("judges its own examples as they say", () => {
    const { failing, passing, unknown } = bucketDataOwner.examples;

    expect(judgeExample(bucketDataOwner, failing).findings.map(({ message }) => message)).toEqual([
      "`tags.DataOwner` must be set, got nothing",
    ]);
    expect(judgeExample(bucketDataOwner, passing)).toMatchObject({ findings: [], counts: { pass: 1 } });
    expect(judgeExample(bucketDataOwner, unknown ?? {}).findings).toMatchObject([{ outcome: "unknown" }]);
  });

  test("takes the tags that the provider sets by default", () => {
    const terraform = {
      provider: { aws: [{ default_tags: [{ tags: { DataOwner: "ml@example.com" } }] }] },
      resource: { aws_s3_bucket: { models: { bucket: "models" } } },
    };

    expect(judgeExample(bucketDataOwner, { terraform })).toMatchObject({ findings: [], counts: { pass: 1 } });
  });
});
