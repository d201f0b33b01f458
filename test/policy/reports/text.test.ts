import { writeText } from "../../../policy/reports/text";
import type { PolicyReport } from "../../../policy/enforcement/policy-report";
import {
  bucketFinding,
  cheap,
  EMPTY,
  FULL,
  HOSTILE,
  kept,
  manyFindings,
  objectFinding,
  report,
  TRACE,
  versioned,
} from "./report-fixture";

const PLAIN = { colour: false, width: 100 };
const written = (one: PolicyReport, more: { width?: number; verbose?: boolean; colour?: boolean } = {}): string =>
  writeText([one], { ...PLAIN, ...more });

test("one finding says what is wrong, where, why, how to mend it and how to except it", () => {
  expect(written(report({ findings: [bucketFinding()] }))).toBe(`HARD  1 finding in atlas/prod stops the synthesis

✘ Buckets keep old versions
  FD-S3-004 s3-versioned, high
  what  no \`aws_s3_bucket_versioning\` belongs to it
  at    atlas-prod-data/Models/Resource  constructs/storage/model-store.ts:48
  why   A model that is overwritten is gone.
  fix   Add an \`aws_s3_bucket_versioning\` whose status is Enabled.

To except for a time: Policy.of(construct).waive({ rule: "FD-S3-004", reason, expires })
Examples of a rule: npx flightdeck policy explain FD-S3-004

✘ atlas/prod: 1 hard open; 812 checks of 141 rules on 190 resources and 60 objects
`);
});

describe("when all is well", () => {
  test("one line says so", () => {
    expect(written(report())).toBe(
      "✔ atlas/prod: nothing open; 812 checks of 141 rules on 190 resources and 60 objects\n",
    );
  });

  test("what is excepted is counted, and listed when all is asked for", () => {
    const excepted = report({ findings: FULL.findings.filter(({ status }) => status !== "open") });
    const summary =
      "✔ atlas/prod: nothing open; 2 waived, 1 baselined, 1 overridden; 812 checks of 141 rules on 190\n  resources and 60 objects\n";
    expect(written(excepted)).toBe(summary);
    expect(written(excepted, { verbose: true })).toBe(`EXCEPTED  2 waived, 1 baselined, 1 overridden
  waived      until 2026-11-30  FD-S3-004    atlas-prod-data/Models/Resource: it holds nothing but
                                             logs
  waived      until 2026-12-31  FD-S3-004    atlas-prod-data/Models/Resource: scratch data of one
                                             day (ML-7)
  baselined                     FD-S3-004    atlas-prod-data/Models/Resource
  overridden  until 2026-12-31  FD-PLAN-001  atlas-prod-data/Models/Resource: moved to the new
                                             account (ML-7, approved by ann)

${summary}`);
  });
});

describe("nothing judged is never green", () => {
  test.each<[string, Partial<PolicyReport>, string]>([
    ["without anything in it", {}, "there is no resource, object or planned change in plan plan.json"],
    [
      "without rules",
      { subjects: { resources: 3, objects: 0, changes: 0 }, counts: { ...EMPTY.counts, rules: 0 } },
      "no rule is on with the packs baseline and mlops",
    ],
    [
      "with nothing that a rule is for",
      { subjects: { resources: 3, objects: 0, changes: 0 } },
      "no rule applies to anything in plan plan.json",
    ],
  ])("%s", (_, changes, reason) => {
    expect(written({ ...EMPTY, ...changes })).toBe(`✘ atlas/prod: nothing was judged: ${reason}\n`);
  });
});

test("levels come hardest first, each with what it does", () => {
  const heads = written(FULL)
    .split("\n")
    .filter((line) => /^[A-Z]{4}/.test(line));
  expect(heads).toEqual([
    "HARD  2 findings in atlas/prod stop the synthesis",
    "SOFT  2 findings in atlas/prod fail `policy check`",
    "ADVISORY  2 findings in atlas/prod stop nothing",
    "EXCEPTED  2 waived, 1 baselined, 1 overridden",
  ]);
});

test("the last line sums up", () => {
  expect(written(FULL, { width: 110 }).trimEnd().split("\n\n").at(-1)).toBe(
    "✘ atlas/prod: 2 hard, 2 soft, 2 advisory open (1 not known before apply); 2 waived, 1 baselined, 1 overridden;\n" +
      "  812 checks of 141 rules on 190 resources and 60 objects",
  );
});

describe("many places of one rule", () => {
  const many = report({ findings: manyFindings(500) });

  test("are shortened, and said to be", () => {
    const text = written(many);
    expect(text).toContain(`  what  no \`aws_s3_bucket_versioning\` belongs to it
  at    atlas-prod-data/Store0/Resource  stacks/data-stack.ts:1
        atlas-prod-data/Store1/Resource  stacks/data-stack.ts:2
        atlas-prod-data/Store2/Resource  stacks/data-stack.ts:3
        atlas-prod-data/Store3/Resource  stacks/data-stack.ts:4
        atlas-prod-data/Store4/Resource  stacks/data-stack.ts:5
        and 495 more places: --verbose shows all
  why   A model`);
    expect(text.split("\n").length).toBeLessThan(20);
  });

  test("are all there when all is asked for", () => {
    expect(written(many, { verbose: true }).match(/stacks\/data-stack\.ts:/g)).toHaveLength(500);
  });

  test("are not shortened by one", () => {
    const text = written(report({ findings: manyFindings(6) }));
    expect(text).toContain("Store5/Resource");
    expect(text).not.toContain("more places");
  });
});

test("places with words of their own have them", () => {
  const [one, two] = manyFindings(2);
  const findings = [
    { ...one!, message: "first" },
    { ...one!, message: "second", note: "a waiver expired on 2026-10-01: moving" },
    { ...two!, message: "third" },
  ];
  expect(written(report({ findings }))).toContain(`  at    atlas-prod-data/Store0/Resource  stacks/data-stack.ts:1
          first
          second
          a waiver expired on 2026-10-01: moving
        atlas-prod-data/Store1/Resource  stacks/data-stack.ts:2
          third
`);
});

test("all callers and the whole reason are there when all is asked for", () => {
  expect(TRACE).toHaveLength(3);
  expect(written(report({ findings: [bucketFinding()] }), { verbose: true }))
    .toContain(`  at    atlas-prod-data/Models/Resource  constructs/storage/model-store.ts:48
          called at stacks/data-stack.ts:31
          called at main.ts:12
  why   A model that is overwritten is gone. Nothing brings it back.
`);
});

describe("a thing is called", () => {
  const at = (finding: ReturnType<typeof bucketFinding>): string | undefined =>
    /^ {2}at {4}(.*)$/m.exec(written(report({ findings: [finding] })))?.[1];
  const { path: _, trace: __, ...bare } = bucketFinding().place;

  test("by its address in its stack where it has no path", () => {
    expect(at(bucketFinding({ place: bare }))).toBe("atlas-prod-data: aws_s3_bucket.Models_C55D3500");
  });

  test("as an object of a file", () => {
    expect(at(objectFinding())).toBe("app.yaml: Deployment serving/router");
  });

  test("as an object that a resource brings", () => {
    const address = "kubernetes_manifest.Router_1";
    const path = "atlas-prod-serving/Router";
    expect(at(objectFinding({ place: { stack: "atlas-prod-serving", address } }))).toBe(
      "Deployment serving/router in atlas-prod-serving: kubernetes_manifest.Router_1",
    );
    expect(at(objectFinding({ place: { stack: "atlas-prod-serving", address, path } }))).toBe(
      "Deployment serving/router in atlas-prod-serving/Router",
    );
  });

  test("the environment where a rule for all of it threw", () => {
    const place = { stack: "environment", address: "environment" };
    expect(at(bucketFinding({ place, subject: "the environment" }))).toBe("the environment");
  });
});

describe("how to except", () => {
  const hints = (...findings: Parameters<typeof manyFindings>[1][]): string[] =>
    written(report({ findings: findings.map((changes) => bucketFinding(changes)) }))
      .split("\n")
      .filter((line) => line.startsWith("To "));
  const { path: _, trace: __, ...bare } = bucketFinding().place;

  test("is in code where there is a construct", () => {
    expect(hints({})).toEqual([
      'To except for a time: Policy.of(construct).waive({ rule: "FD-S3-004", reason, expires })',
    ]);
  });

  test("is in the file of waivers where there is none", () => {
    expect(hints({ place: bare })).toEqual([
      "To except for a time, in config/policy/waivers.yaml: { rule: FD-S3-004, path, reason, expires }",
    ]);
  });

  test("is an approval for a planned change", () => {
    expect(hints({ rule: kept })).toEqual([
      "To agree to a planned change, in config/policy/approvals.yaml: { stack, address, action, reason,",
    ]);
    expect(written(report({ findings: [bucketFinding({ rule: kept })] }))).toContain("critical, needs an approval\n");
  });

  test("is not said of a rule that cannot be waived", () => {
    expect(hints({ rule: { ...versioned, waivable: false } })).toEqual([]);
    expect(written(report({ findings: [objectFinding()] }))).toContain("critical, cannot be waived\n");
  });
});

test("what cannot be known before apply is marked as a question", () => {
  const text = written(
    report({ findings: [bucketFinding({ outcome: "unknown", message: "`bucket` is known later" })] }),
  );
  expect(text).toContain("? Buckets keep old versions\n");
  expect(text).toContain("  what  not known yet: `bucket` is known later\n");
});

test("notices are marked by what they are", () => {
  expect(written(report({ notices: FULL.notices })))
    .toBe(`! the waiver of FD-S3-009 is for nothing: remove it (policy/waivers.yaml:20)
· the waiver of FD-S3-004 ends in 9 days (atlas-prod-data/Models)
· 2 modules were not looked into

✔ atlas/prod: nothing open; 812 checks of 141 rules on 190 resources and 60 objects
`);
});

test("several environments follow each other", () => {
  const text = writeText([report(), report({ name: "atlas/dev" })], PLAIN);
  expect(text.match(/^✔ .*?:/gm)).toEqual(["✔ atlas/prod:", "✔ atlas/dev:"]);
});

test("a reason is cut at the end of its line, and whole when all is asked for", () => {
  const waiver = { reason: `it is ${"so ".repeat(30)}`, expires: "2026-11-30", where: "w.yaml:1" };
  const one = report({ findings: [bucketFinding(), bucketFinding({ status: "waived", waiver })] });
  const line = written(one)
    .split("\n")
    .find((text) => text.startsWith("  waived"));
  expect(line).toBe(
    "  waived  until 2026-11-30  FD-S3-004  atlas-prod-data/Models/Resource: it is so so so so so so so…",
  );
  expect(written(one, { verbose: true }).match(/\bso\b/g)).toHaveLength(30);
});

test("findings of one waiver are one line", () => {
  const waiver = { reason: "logs", expires: "2026-11-30", where: "w.yaml:1" };
  const findings = [
    ...manyFindings(9, { status: "waived", waiver }),
    ...manyFindings(7, { status: "baselined" }),
    bucketFinding(),
  ];
  const text = written(report({ findings }));
  expect(text).toContain("  waived     until 2026-11-30  FD-S3-004  9 findings: logs\n");
  expect(text).toContain("  baselined                    FD-S3-004  7 findings\n");
});

describe("lines", () => {
  const long = report({
    findings: [
      bucketFinding({ message: `\`a\` must be ${"very ".repeat(60)}long` }),
      bucketFinding({ rule: cheap, level: "advisory", message: "模型".repeat(20) + " " + "模型".repeat(20) }),
    ],
  });

  test.each([40, 72, 100])("are at most %d wide, words that are longer excepted", (width) => {
    for (const line of written(long, { width }).split("\n")) {
      const words = line.trim().split(" ");
      expect(line.length <= width || words.length <= 3).toBe(true);
    }
  });

  test("count a full-width character as two", () => {
    const text = written(
      report({ findings: [bucketFinding({ message: "模型".repeat(20) + " " + "模型".repeat(10) })] }),
    );
    expect(text).toContain(`  what  ${"模型".repeat(20)}\n        ${"模型".repeat(10)}\n`);
  });

  test("end in no blank, and none is left over", () => {
    expect(written(FULL)).not.toMatch(/ \n|\n\n\n|^\n/);
  });
});

test("names of other authors cannot steer the terminal", () => {
  const text = written(report({ name: HOSTILE, findings: [bucketFinding({ message: HOSTILE })] }));

  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain("\\u001b[2J");
  expect(text).toContain("Modèle 模型 🤖");
});

test("colours are there when asked for, and say nothing that the text does not", () => {
  const coloured = written(FULL, { colour: true });

  const bare = coloured.replaceAll(/\u001b\[\d+m/g, "");
  expect(bare).toBe(written(FULL));
  expect(coloured).toContain("\u001b[31m");
});
