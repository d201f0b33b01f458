import { transformSync } from "@swc/core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { approvalProblems, readApprovals } from "../../../policy/enforcement/approval";
import { formatBaseline, readBaseline } from "../../../policy/enforcement/baseline";
import { DEFAULT_LEVELS } from "../../../policy/enforcement/levels";
import { DEFAULT_SETTINGS, readSettings, settingsProblems, settingsSchema } from "../../../policy/enforcement/settings";
import { readWaivers, waiverProblems, waiversSchema } from "../../../policy/enforcement/waiver";
import type { Stage } from "../../../policy/engine/stage";
import { rules } from "../../../policy/rules";
import { defineGivenNames, runExample } from "../../support/doc-examples";
import { kubernetesStack } from "../../support/kubernetes";
import { ROOT } from "../../support/platform";
import { TODAY } from "./enforcement-fixture";

const page = readFileSync(join(ROOT, "docs/policy.md"), "utf8");
const blocks = [...page.matchAll(/```(\w*)\n([^]*?)```/g)].map(([, language, text = ""]) => ({ language, text }));
const block = (language: string, start: string): string =>
  blocks.find((one) => one.language === language && one.text.includes(start))?.text ?? "";
const limits = { rules, today: TODAY, maxWaiverDays: 365 };

describe("the page about the policy checks", () => {
  test("shows settings that are valid", () => {
    const settings = readSettings(block("yaml", "settings.yaml"), "settings.yaml");

    expect(settingsProblems(settings, rules)).toEqual([]);
    expect(settings.packs).toEqual(DEFAULT_SETTINGS.packs);
    expect(settings).toMatchObject({ ownRules: "policy-rules", maxWaiverDays: 180 });
  });

  test("shows waivers and approvals that are valid", () => {
    const waivers = readWaivers(block("yaml", "waivers.yaml"), "waivers.yaml");
    const approvals = readApprovals(block("yaml", "approvals.yaml"), "approvals.yaml");

    expect(waivers).toHaveLength(2);
    expect(waiverProblems(waivers, limits)).toEqual([]);
    expect(approvals).toHaveLength(1);
    expect(approvalProblems(approvals, limits)).toEqual([]);
  });

  test("shows a baseline as it is written", () => {
    const text = block("json", "entries");

    expect(formatBaseline(readBaseline(text, "baseline.json"))).toBe(text);
  });

  test("shows a waiver in code that reaches the JSON, for a rule that there is", () => {
    const stack = kubernetesStack();
    runExample(block("ts", "Policy.of").replace("../constructs", "../../constructs"), defineGivenNames(stack), stack);
    const { flightdeck } = (stack.toTerraform() as Record<"//", { flightdeck: unknown }>)["//"];

    expect(flightdeck).toMatchObject({ waivers: [{ path: `${stack.node.id}/Scratch`, ticket: "ML-1024" }] });
    expect(rules.map(({ id }) => id)).toContain("FD-S3-014");
  });

  test("shows the example of a rule of one's own as it is", () => {
    const example = readFileSync(join(ROOT, "examples/policy-rules/bucket-data-owner.ts"), "utf8");

    expect(block("ts", "ACME-TAG-001")).toBe(example);
    expect(() => transformSync(example, { jsc: { parser: { syntax: "typescript" } } })).not.toThrow();
  });

  test.each(Object.keys(DEFAULT_LEVELS) as Stage[])("has the levels of %s", (stage) => {
    const { critical, high, medium, low, unknown } = DEFAULT_LEVELS[stage];
    const row = page.split("\n").find((line) => line.startsWith(`| ${stage} `));

    expect(row?.split("|").map((cell) => cell.trim())).toEqual([
      "",
      stage,
      critical,
      high,
      medium,
      low,
      unknown.high,
      unknown.low,
      "",
    ]);
    expect([unknown.critical, unknown.medium]).toEqual([unknown.high, unknown.low]);
  });

  test("names every setting and every field of a waiver", () => {
    const names = [...Object.keys(settingsSchema.shape), ...Object.keys(waiversSchema.element.shape)];

    for (const name of names) expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, "m"));
  });

  test("names rules that there are", () => {
    const named = new Set(page.match(/FD-[A-Z0-9]+-\d{3}/g));

    expect([...named].filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  });
});
