import { levelOf } from "../../../policy/enforcement/levels";
import { DEFAULT_SETTINGS, readSettings } from "../../../policy/enforcement/settings";
import type { Finding } from "../../../policy/engine/result";
import { found, RULES } from "./enforcement-fixture";

const SEVERITIES = [RULES.critical, RULES.high, RULES.medium, RULES.low];
const levels = (outcome: Finding["outcome"], stage: "dev" | "staging" | "prod"): readonly string[] =>
  SEVERITIES.map((rule) => levelOf(found(rule, { outcome }), stage, DEFAULT_SETTINGS));

describe("levels", () => {
  test.each([
    ["dev", ["advisory", "advisory", "advisory", "advisory"]],
    ["staging", ["soft", "soft", "advisory", "advisory"]],
    ["prod", ["hard", "hard", "soft", "advisory"]],
  ] as const)("of failures in %s depend on severity", (stage, expected) => {
    expect(levels("fail", stage)).toEqual(expected);
  });

  test.each([
    ["dev", ["advisory", "advisory", "advisory", "advisory"]],
    ["staging", ["advisory", "advisory", "advisory", "advisory"]],
    ["prod", ["soft", "soft", "advisory", "advisory"]],
  ] as const)("of what is unknown in %s are never hard", (stage, expected) => {
    expect(levels("unknown", stage)).toEqual(expected);
  });

  test("of a rule that could not be applied are at least soft", () => {
    for (const stage of ["dev", "staging", "prod"] as const)
      expect(levelOf(found(RULES.low, { cause: "it threw" }), stage, DEFAULT_SETTINGS)).toBe("soft");
    expect(levelOf(found(RULES.high, { cause: "it threw" }), "prod", DEFAULT_SETTINGS)).toBe("hard");
  });

  test("of a rule hold in every stage", () => {
    const settings = readSettings("rules: { FD-S3-003: { level: hard } }", "settings.yaml");

    for (const stage of ["dev", "staging", "prod"] as const)
      expect(levelOf(found(RULES.low), stage, settings)).toBe("hard");
  });

  test("of what is unknown are softened by that of the rule, and not hardened", () => {
    const settings = readSettings("rules: { FD-EKS-001: { level: advisory }, FD-S3-003: { level: hard } }", "s.yaml");

    expect(levelOf(found(RULES.critical, { outcome: "unknown" }), "prod", settings)).toBe("advisory");
    expect(levelOf(found(RULES.low, { outcome: "unknown" }), "prod", settings)).toBe("advisory");
  });

  test("of objects that charts by others bring are advisory, until the settings say more", () => {
    const brought = { ...found(RULES.critical), place: { stack: "apps", address: "helm_release.Keda", chart: "keda" } };
    const settings = readSettings("charts: { level: soft }", "settings.yaml");

    expect(levelOf(brought, "prod", DEFAULT_SETTINGS)).toBe("advisory");
    expect(levelOf(brought, "prod", settings)).toBe("soft");
    expect(levelOf(brought, "dev", settings)).toBe("advisory");
  });
});
