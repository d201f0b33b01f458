import { rules } from "../../../policy";
import { runPolicy } from "./run-policy";

test("all rules, and how many there are", async () => {
  const { exitCode, out } = await runPolicy(["list"]);
  const lines = out.split("\n");
  expect(exitCode).toBe(0);
  expect(lines[0]).toMatch(/^ID +SEVERITY +PACKS +WHAT HOLDS$/);
  expect(lines.filter((line) => /^FD-[A-Z0-9]+-\d{3} /.test(line))).toHaveLength(rules.length);
  expect(lines.at(-2)).toMatch(new RegExp(`^${rules.length} rules: \\d+ critical, \\d+ high, \\d+ medium, \\d+ low$`));
});

test("packs, severities and families narrow it down", async () => {
  const { out } = await runPolicy(["list", "--pack", "gpu", "cost", "--severity", "high", "--family", "GPU", "--json"]);
  const listed = JSON.parse(out) as { id: string; severity: string; packs: string[] }[];
  const expected = rules.filter(
    ({ id, severity, packs }) =>
      id.startsWith("FD-GPU-") && severity === "high" && packs.some((pack) => pack === "gpu" || pack === "cost"),
  );
  expect(listed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id).sort());
  expect(listed.length).toBeGreaterThan(0);
});

test("nothing that fits is no error, and says so", async () => {
  const { exitCode, out } = await runPolicy(["list", "--family", "none"]);
  expect([exitCode, out.split("\n").at(-2)]).toEqual([0, `0 rules of ${rules.length}`]);
});

test("a pack that does not exist is refused with those that do", async () => {
  const { exitCode, err } = await runPolicy(["list", "--pack", "gpus"]);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/argument 'gpus' is invalid\. Allowed choices are baseline, mlops, gpu, cost, cis-eks, strict\./);
});

test("no line is wider than a terminal; what reads a pipe gets whole titles", async () => {
  const whole = (await runPolicy(["list"], { width: 100 })).out;
  expect(rules.filter(({ title }) => !whole.includes(`  ${title}\n`))).toEqual([]);
  const { out } = await runPolicy(["list"], { width: 100, interactive: true });
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
});

describe("rules of one's own", () => {
  const settings = { "config/policy/settings.yaml": "ownRules: rules" };

  test("are listed with those that ship", async () => {
    const rule = `exports.rule = { id: "ACME-LOG-001", slug: "acme-log", title: "It holds", severity: "low", packs: ["baseline"],
      why: "Why", fix: "How", judges: "resource", types: ["aws_cloudwatch_log_group"], judge: () => ({ outcome: "pass" }),
      examples: { failing: { terraform: {} }, passing: { terraform: {} } } };`;
    const { out } = await runPolicy(["list", "--family", "log", "--severity", "low"], {
      files: { ...settings, "rules/log.cjs": rule },
    });
    expect(out).toMatch(/^ACME-LOG-001 +low +baseline +It holds$/m);
    expect(out).toMatch(/^FD-LOG-001 /m);
  });

  test("that cannot be loaded are told with their file", async () => {
    const { exitCode, err } = await runPolicy(["list"], { files: { ...settings, "rules/log.cjs": "oh no" } });
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/^rules\/log\.cjs: /)]);
  });
});
