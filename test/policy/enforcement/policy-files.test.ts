import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadPolicyFiles, POLICY_FILES } from "../../../policy/enforcement/policy-files";
import type { PolicyFiles } from "../../../policy/enforcement/policy-files";
import { PolicyInputError } from "../../../policy/enforcement/policy-input-error";
import { DEFAULT_SETTINGS } from "../../../policy/enforcement/settings";
import { temporaryFolder } from "../../support/temporary-folder";
import { ALL_RULES, problemsOf, TODAY } from "./enforcement-fixture";

type Files = Partial<Record<keyof typeof POLICY_FILES, string>>;

function load(files: Files, about: Partial<Parameters<typeof loadPolicyFiles>[1]> = {}): PolicyFiles {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, POLICY_FILES[name as keyof Files]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return loadPolicyFiles(root, { today: TODAY, rulesOf: () => ALL_RULES, ...about });
}

const WAIVED = { path: "a/b", rules: ["FD-S3-001"], reason: "is gone in March", expires: "2026-12-31" };
const codeStack = (waiver: object): { stack: string; json: string } => ({
  stack: "a",
  json: JSON.stringify({ "//": { flightdeck: { waivers: [{ ...WAIVED, ...waiver }] } } }),
});

describe("the files of the policy checks", () => {
  test("need not be there", () => {
    expect(load({})).toEqual({ settings: DEFAULT_SETTINGS, rules: ALL_RULES, waivers: [], approvals: [] });
  });

  test("are read together with the waivers in code", () => {
    const files = load(
      {
        settings: "expiringSoonDays: 7",
        waivers: "[{ rule: FD-S3-001, reason: is gone in March, expires: 2026-12-31 }]",
        approvals:
          "[{ stack: s, address: a.b, action: delete, reason: is gone in March, expires: 2026-12-31, approvedBy: ana }]",
        baseline: '{ "version": 1, "entries": [] }',
      },
      { stacks: [codeStack({})] },
    );

    expect(files.settings.expiringSoonDays).toBe(7);
    expect(files.waivers.map(({ where }) => where)).toEqual(["config/policy/waivers.yaml:1", "a/b"]);
    expect(files.approvals).toMatchObject([{ address: "a.b", where: "config/policy/approvals.yaml:1" }]);
    expect(files.baseline).toEqual({ version: 1, entries: [] });
  });

  test("tell what is wrong in any of them at once, where they can be read at all", () => {
    const call = (): unknown =>
      load(
        { settings: "packs: []", waivers: "- x", approvals: "- y", baseline: "[]" },
        { stacks: [codeStack({ reason: "" })] },
      );

    expect(problemsOf(call)).toEqual([
      "config/policy/settings.yaml:1: packs must name at least one pack, got []",
      'config/policy/waivers.yaml:1: [0] must be a map, got "x"',
      'config/policy/approvals.yaml:1: [0] must be a map, got "y"',
      "config/policy/baseline.json: must be a map, got []",
      'waivers in stack a: [0].reason must say why, in at least 10 characters, got ""',
    ]);
    expect(call).toThrow("config/policy/settings.yaml:1: packs must name at least one pack, got []\nconfig/policy/");
  });

  test("are checked against the rules there are, and the day", () => {
    const files = {
      settings: "maxWaiverDays: 90\nrules: { FD-EKS-002: { level: soft } }",
      waivers: "[{ rule: FD-PLAN-001, reason: is gone in March, expires: 2026-12-31 }]",
      approvals:
        "[{ stack: s, address: a.*, action: delete, reason: is gone in March, expires: 2026-10-31, approvedBy: ana }]",
    };

    expect(problemsOf(() => load(files, { stacks: [codeStack({ rules: ["FD-S3-004"] })] }))).toEqual([
      'config/policy/settings.yaml:2: there is no rule "FD-EKS-002", did you mean FD-EKS-001?',
      "config/policy/waivers.yaml:1: FD-PLAN-001 cannot be waived: approve the change instead, by its address",
      "config/policy/waivers.yaml:1: `expires` must be at most 90 days away, on 2026-12-27, got 2026-12-31",
      'a/b: there is no rule "FD-S3-004", did you mean FD-S3-001?',
      "a/b: `expires` must be at most 90 days away, on 2026-12-27, got 2026-12-31",
      'config/policy/approvals.yaml:1: `address` must be one address and no pattern, got "a.*"',
    ]);
  });

  test("hand the settings to whoever loads rules, and tell what that finds wrong", () => {
    const rulesOf = jest.fn(() => {
      throw new PolicyInputError([{ where: "policy-rules/a.ts", message: "cannot be loaded" }]);
    });

    expect(problemsOf(() => load({ settings: "ownRules: policy-rules" }, { rulesOf }))).toEqual([
      "policy-rules/a.ts: cannot be loaded",
    ]);
    expect(rulesOf).toHaveBeenCalledWith(expect.objectContaining({ ownRules: "policy-rules" }));
  });

  test("tell when one cannot be read", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, POLICY_FILES.waivers), { recursive: true });

    expect(problemsOf(() => loadPolicyFiles(root, { today: TODAY, rulesOf: () => ALL_RULES }))).toEqual([
      "config/policy/waivers.yaml: cannot be read: EISDIR: illegal operation on a directory, read",
    ]);
  });
});
