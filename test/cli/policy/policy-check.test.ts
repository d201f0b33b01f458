import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FORMATS } from "../../../policy";
import { environmentYaml, logGroup, runPolicy } from "./run-policy";

const KEPT = { "shop-prod-data": logGroup(365) };
const RULE = ["--rule", "FD-LOG-002"];
const SUMMARY = "1 soft open; 1 check of 1 rule on 1 resource";

describe("what a check ends with", () => {
  test("0 when nothing is found; charts are looked for, and places in the source are asked for", async () => {
    const run = await runPolicy(["check", ...RULE], { stacks: KEPT });
    expect(run).toMatchObject({
      exitCode: 0,
      out: "✔ shop/prod: nothing open; 1 check of 1 rule on 1 resource\n",
      err: "",
      synthesised: [["shop/prod", { sourceLocations: true }]],
      helm: 1,
    });
  });

  test("1 when something of level soft is open, which the report says", async () => {
    const { exitCode, out, err } = await runPolicy(["check", "shop/prod", ...RULE]);
    expect([exitCode, err]).toEqual([1, ""]);
    expect(out).toBe(`SOFT  1 finding in shop/prod fails \`policy check\`

✘ A log group deletes old events some day
  FD-LOG-002 log-group-expires, medium
  what  \`retention_in_days\` must be set, got nothing
  at    shop-prod-data: aws_cloudwatch_log_group.app
  why   Events are kept and paid for until somebody deletes the group, and
        personal data in them longer than anyone may keep it.
  fix   Set \`retention_in_days\`.

To except for a time, in config/policy/waivers.yaml: { rule: FD-LOG-002, path,
reason, expires }
Examples of a rule: npx flightdeck policy explain FD-LOG-002

✘ shop/prod: ${SUMMARY}
`);
  });

  test("0 when what is open is advisory", async () => {
    const { exitCode, out } = await runPolicy(["check", "--rule", "log-group-own-key"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("ADVISORY  1 finding in shop/prod stops nothing");
  });

  test("1 when there is nothing to judge", async () => {
    const { exitCode, out } = await runPolicy(["check"], { stacks: { "shop-prod-data": { resource: {} } } });
    expect([exitCode, out]).toEqual([
      1,
      "✘ shop/prod: nothing was judged: there is no resource, object or planned change\n  in synthesis\n",
    ]);
  });

  test("1 when there is no stack at all", async () => {
    const { exitCode, out } = await runPolicy(["check"], { stacks: {} });
    expect(exitCode).toBe(1);
    expect(out).toContain("✘ shop/prod: nothing was judged: there is no resource, object or planned change\n");
  });

  test("all environments are judged when none is named, each once when it is named twice", async () => {
    const files = { "config/environments/shop/dev.yaml": environmentYaml("dev", "111111111111") };
    const all = await runPolicy(["check", ...RULE], { files });
    expect(all.synthesised.map(([id]) => id)).toEqual(["shop/dev", "shop/prod"]);
    expect(all.exitCode).toBe(1);
    expect(all.out).toContain("✔ shop/dev: 1 advisory open;");
    expect(all.out).toContain("✘ shop/prod: 1 soft open;");
    const twice = await runPolicy(["check", "shop/dev", "shop/dev", ...RULE], { files });
    expect([twice.synthesised.length, twice.exitCode]).toEqual([1, 0]);
  });
});

describe("options that contradict each other end with 2 and a message, and nothing is synthesised", () => {
  test.each([
    [
      ["--write-baseline", "--update-baseline"],
      "--write-baseline and --update-baseline exclude each other: the first takes in what is new",
    ],
    [
      ["shop/prod", "--synth", "main.tf.json"],
      "--synth stands for an environment of its own: leave out shop/prod, which is synthesised anew",
    ],
    [
      ["shop/prod", "shop/dev", "--plan", "plan.json"],
      "--plan and --objects belong to one environment: name one, or none",
    ],
    [
      ["shop/prod", "shop/dev", "--objects", "app.yaml"],
      "--plan and --objects belong to one environment: name one, or none",
    ],
    [["shop/prod", "--stage", "dev"], "--stage is for what is of no environment: shop/prod has its stage"],
    [["--stage", "dev"], "--stage is for what is of no environment: name it by --synth, --plan or --objects"],
    [["--rule", "FD-LOG-2"], 'unknown rule "FD-LOG-2", did you mean "FD-LOG-002"?; allowed: '],
    [["--rule", "log-group-expire"], 'unknown rule "log-group-expire", did you mean "log-group-expires"?; allowed: '],
    [["shop/qa"], 'config/environments: has no environment "shop/qa"; allowed: shop/prod'],
    [["--format", "xml"], "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, "],
    [["--pack", "gpus"], "error: option '--pack <pack...>' argument 'gpus' is invalid. Allowed choices are baseline, "],
    [["--synth"], "error: option '--synth <path...>' argument missing"],
  ])("%j", async (args, message) => {
    const { exitCode, err, out, synthesised } = await runPolicy(["check", ...args]);
    expect(err.startsWith(message) ? message : err).toBe(message);
    expect([exitCode, out, synthesised]).toEqual([2, "", []]);
  });

  test("an environment whose file is wrong", async () => {
    const { exitCode, err, synthesised } = await runPolicy(["check"], {
      files: { "config/environments/shop/prod.yaml": environmentYaml("dev") },
    });
    expect([exitCode, err.split(":")[0], synthesised]).toEqual([2, "config/environments/shop/prod.yaml", []]);
  });
});

describe("how the report is written", () => {
  test.each(FORMATS)("%s is nothing but the report", async (format) => {
    const { exitCode, out, err } = await runPolicy(["check", "--format", format, ...RULE]);
    expect([exitCode, err]).toEqual([1, ""]);
    expect(out).toContain("FD-LOG-002");
    if (["json", "sarif", "gitlab"].includes(format)) expect(() => JSON.parse(out) as unknown).not.toThrow();
    if (format === "junit") expect(out).toMatch(/^<\?xml/);
  });

  test("findings without a place in the source stand at the file of the environment", async () => {
    const { out } = await runPolicy(["check", "--format", "gitlab", ...RULE]);
    const [{ location }] = JSON.parse(out) as [{ location: { path: string } }];
    expect(location.path).toMatch(/^(\.\.\/)+.*config\/environments\/shop\/prod\.yaml$/);
  });

  test("rules that are kept are told where a format asks for them", async () => {
    const { out } = await runPolicy(["check", "--format", "sarif", "--rule", "log-group-own-key", "FD-LOG-002"], {
      stacks: KEPT,
    });
    const { runs } = JSON.parse(out) as { runs: [{ tool: { driver: { rules: { id: string }[] } } }] };
    expect(runs[0].tool.driver.rules.map(({ id }) => id)).toEqual(["FD-LOG-001", "FD-LOG-002"]);
  });

  test("--out writes a file, folders included, without colours; what is printed sums it up", async () => {
    const { out, root, exitCode } = await runPolicy(["check", ...RULE, "--out", "reports/policy.txt"], {
      coloured: true,
    });
    expect([exitCode, out]).toEqual([1, `shop/prod: ${SUMMARY}\nreports/policy.txt holds the report.\n`]);
    const text = readFileSync(join(root, "reports/policy.txt"), "utf8");
    expect(text).toContain(`✘ shop/prod: ${SUMMARY}\n`);
    expect(text).not.toContain("\u001b");
  });

  test("--out that cannot be written ends with 2", async () => {
    const { err, exitCode } = await runPolicy(["check", ...RULE, "--out", "config"]);
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/^--out cannot be written: EISDIR/)]);
  });

  test("a terminal gets colours", async () => {
    const { out } = await runPolicy(["check", ...RULE], { coloured: true });
    expect(out).toContain("\u001b[33m");
  });

  test.each([30, 60, 200])("no line is wider than a terminal of %d columns, but for words that are", async (width) => {
    const { out } = await runPolicy(["check", ...RULE], { width });
    const longest = Math.max(...out.split("\n").map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(Math.min(Math.max(width, 60), 110));
  });
});

test("--charts never looks for no Helm, and says that charts were not judged", async () => {
  const helm_release = { Keda: { name: "keda", chart: "keda", repository: "https://x", version: "2.0.0" } };
  const stacks = { "shop-prod-apps": { resource: { helm_release } } };
  const never = await runPolicy(["check", "--charts", "never", "--rule", "FD-LOG-002"], { stacks });
  expect([never.helm, never.out.split("\n")[0]]).toEqual([
    0,
    "· objects of 1 chart were not judged: keda (--charts never)",
  ]);
  const auto = await runPolicy(["check", "--rule", "FD-LOG-002"], { stacks });
  expect([auto.helm, auto.out.split("\n")[0]]).toEqual([
    1,
    "· objects of 1 chart were not judged: keda (no Helm to render it with)",
  ]);
});

describe("which rules are asked", () => {
  const idsOf = async (...args: string[]): Promise<string[]> => {
    const { out } = await runPolicy(["check", "--format", "sarif", ...args]);
    const { runs } = JSON.parse(out) as { runs: [{ tool: { driver: { rules: { id: string }[] } } }] };
    return runs[0].tool.driver.rules.map(({ id }) => id);
  };

  test("those of a pack, in place of the settings'", async () => {
    const ids = await idsOf("--pack", "gpu");
    expect(ids).toContain("FD-GPU-001");
    expect(ids).not.toContain("FD-LOG-002");
  });

  test("rules by id or slug, whatever their case and packs", async () => {
    expect(await idsOf("--rule", "fd-log-002", "log-group-own-key")).toEqual(["FD-LOG-001", "FD-LOG-002"]);
  });
});

describe("exceptions", () => {
  test("--override lets what is soft pass, and says so", async () => {
    const { exitCode, out } = await runPolicy(["check", ...RULE, "--override", "agreed until Monday"]);
    expect(exitCode).toBe(0);
    expect(out).toBe(`! 1 finding was overridden: agreed until Monday (--override)

✔ shop/prod: nothing open; 1 overridden; 1 check of 1 rule on 1 resource
`);
  });

  test("--override without a reason is refused", async () => {
    const { exitCode, err } = await runPolicy(["check", ...RULE, "--override", "ok"]);
    expect([exitCode, err]).toEqual([2, '--override: must say why, in at least 10 characters, got "ok"']);
  });

  test("everything that is wrong with settings and waivers is told, without a stack trace and before anything is synthesised", async () => {
    const { exitCode, err, out, synthesised } = await runPolicy(["check"], {
      files: {
        "config/policy/waivers.yaml": [
          "- { rule: FD-LOG-02, reason: it is being moved, expires: 2026-12-01 }",
          "- { rule: FD-LOG-002, reason: it is being moved, expires: 2031-12-01 }",
        ].join("\n"),
        "config/policy/settings.yaml": "rules: { FD-NO-001: { level: soft } }",
      },
    });
    expect([exitCode, out, synthesised]).toEqual([2, "", []]);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/^config\/policy\/settings\.yaml:1.*FD-NO-001/),
      expect.stringMatching(/^config\/policy\/waivers\.yaml:1.*FD-LOG-02/),
      expect.stringMatching(/^config\/policy\/waivers\.yaml:2.*2031-12-01/),
    ]);
  });

  test("a file that is no YAML and a baseline that is no baseline are told together", async () => {
    const { exitCode, err } = await runPolicy(["check"], {
      files: { "config/policy/waivers.yaml": "- {", "config/policy/baseline.json": '{"version": 2}' },
    });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^config\/policy\/waivers\.yaml:.*\n(.*\n)*config\/policy\/baseline\.json:/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test("a rule of one's own that throws fails for the thing it was asked about, with its cause", async () => {
    const own = `exports.rule = { id: "ACME-LOG-001", slug: "acme-log", title: "It holds", severity: "high", packs: ["baseline"],
      why: "Why", fix: "How", judges: "resource", types: ["aws_cloudwatch_log_group"],
      examples: { failing: { terraform: {} }, passing: { terraform: {} } },
      judge: () => { throw new RangeError("out of range"); } };`;
    const { exitCode, out, err } = await runPolicy(["check", "--rule", "ACME-LOG-001"], {
      files: { "rules/log.cjs": own, "config/policy/settings.yaml": "ownRules: rules" },
    });
    expect([exitCode, err]).toEqual([1, ""]);
    expect(out).toContain("out of range");
    expect(out).not.toMatch(/\n\s+at \S+ \(/);
  });
});

describe("the baseline", () => {
  const files = { "config/environments/shop/dev.yaml": environmentYaml("dev", "111111111111") };
  const baselineOf = (root: string): unknown =>
    JSON.parse(readFileSync(join(root, "config/policy/baseline.json"), "utf8"));
  const entry = (stage: string): object => ({
    stack: `shop-${stage}-data`,
    path: "aws_cloudwatch_log_group.app",
    rule: "FD-LOG-002",
    fail: 1,
  });

  test("--write-baseline takes in all runs, and what is reported then is what it leaves", async () => {
    const written = await runPolicy(["check", ...RULE, "--write-baseline"], { files });
    expect([written.exitCode, written.err]).toEqual([0, "config/policy/baseline.json: 0 entries before, 2 now.\n"]);
    expect(written.out).toContain("✔ shop/prod: nothing open; 1 baselined;");
    expect(baselineOf(written.root)).toEqual({ version: 1, entries: [entry("dev"), entry("prod")] });
    const later = await runPolicy(["check", ...RULE], { files, root: written.root });
    expect([later.exitCode, later.out]).toEqual([0, written.out]);
  });

  test("--write-baseline of one environment leaves the others' entries", async () => {
    const { root } = await runPolicy(["check", "shop/dev", ...RULE, "--write-baseline"], { files });
    await runPolicy(["check", "shop/prod", ...RULE, "--write-baseline"], { files, root });
    expect(baselineOf(root)).toEqual({ version: 1, entries: [entry("dev"), entry("prod")] });
  });

  test("--update-baseline drops what is gone, and takes in nothing", async () => {
    const { root } = await runPolicy(["check", ...RULE, "--write-baseline"], { files });
    const mended = {
      "shop-prod-data": { resource: { aws_cloudwatch_log_group: { other: { name: "other" } } } },
    };
    const { exitCode, err, out } = await runPolicy(["check", "shop/prod", ...RULE, "--update-baseline"], {
      files,
      root,
      stacks: mended,
    });
    expect([exitCode, err]).toEqual([1, "config/policy/baseline.json: 2 entries before, 1 now.\n"]);
    expect(out).toContain("✘ shop/prod: 1 soft open;");
    expect(out).not.toContain("no longer found");
    expect(baselineOf(root)).toEqual({ version: 1, entries: [entry("dev")] });
  });

  test("--update-baseline needs one", async () => {
    const { exitCode, err } = await runPolicy(["check", ...RULE, "--update-baseline"]);
    expect([exitCode, err]).toEqual([2, "config/policy/baseline.json is not there: --write-baseline writes it"]);
  });
});
