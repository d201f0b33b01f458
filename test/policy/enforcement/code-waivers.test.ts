import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { Policy } from "../../../constructs/core/policy";
import { readCodeWaivers } from "../../../policy/enforcement/code-waivers";
import type { Waiver } from "../../../policy/enforcement/waiver";
import { decided, found, problemsOf, RULES } from "./enforcement-fixture";

const WAIVER = { rule: "FD-S3-001", reason: "holds nothing that matters", expires: "2026-12-31" };

/** Two stacks with a bucket each, and the waivers that their JSON carries. */
function carried(waive: (data: TerraformStack, cluster: TerraformStack) => void): readonly Waiver[] {
  const app = Testing.app({ stackTraces: false });
  const stacks = ["atlas-prod-data", "atlas-prod-cluster"].map((id) => new TerraformStack(app, id));
  for (const stack of stacks) new S3Bucket(new Construct(stack, "Models"), "Resource", {});
  waive(...(stacks as [TerraformStack, TerraformStack]));
  return readCodeWaivers(stacks.map((stack) => ({ stack: stack.node.id, json: JSON.stringify(stack.toTerraform()) })));
}

const statusOf = (waivers: readonly Waiver[], stack: string, path?: string): string | undefined =>
  decided([found(RULES.high, { stack, ...(path !== undefined && { path }) })], { waivers }).findings[0]?.status;

describe("waivers in code", () => {
  test("are none where none was written", () => {
    expect(carried(() => undefined)).toEqual([]);
    expect(readCodeWaivers([{ stack: "plain", json: '{"resource": {}, "//": "made by hand"}' }])).toEqual([]);
  });

  test("are read from a root that is a list, too", () => {
    const waivers = [{ path: "plain/Models", rules: ["FD-S3-001"], reason: WAIVER.reason, expires: WAIVER.expires }];
    const json = JSON.stringify([{ resource: {} }, { "//": { flightdeck: { waivers } } }]);

    expect(readCodeWaivers([{ stack: "plain", json }])).toMatchObject([{ ...WAIVER, where: "plain/Models" }]);
  });

  test("on a construct cover it and what is in it, and nothing beside it", () => {
    const waivers = carried(
      (data) => void Policy.of(data.node.findChild("Models")).waive({ ...WAIVER, ticket: "ML-7" }),
    );

    expect(waivers).toEqual([
      {
        ...WAIVER,
        ticket: "ML-7",
        scope: { by: "construct", path: "atlas-prod-data/Models", stacks: ["atlas-prod-data"], wholeStacks: [] },
        where: "atlas-prod-data/Models",
      },
    ]);
    expect(statusOf(waivers, "atlas-prod-data")).toBe("waived");
    expect(statusOf(waivers, "atlas-prod-data", "atlas-prod-data/Models")).toBe("waived");
    expect(statusOf(waivers, "atlas-prod-data", "atlas-prod-data/ModelsCopy/Resource")).toBe("open");
    expect(statusOf(waivers, "atlas-prod-cluster")).toBe("open");
  });

  test("on a stack cover all of it, what has no path too", () => {
    const waivers = carried((data) => void Policy.of(data).waive(WAIVER));
    const nameless = { ...found(RULES.high), place: { stack: "atlas-prod-data", address: "a.b" } };

    expect(statusOf(waivers, "atlas-prod-data")).toBe("waived");
    expect(statusOf(waivers, "atlas-prod-cluster")).toBe("open");
    expect(decided([nameless], { waivers }).findings[0]?.status).toBe("waived");
  });

  test("on the app are one waiver for all stacks", () => {
    const waivers = carried((data) => void Policy.of(data.node.root).waive(WAIVER));

    expect(waivers).toHaveLength(1);
    expect(waivers[0]).toMatchObject({ where: "the app" });
    expect(statusOf(waivers, "atlas-prod-data")).toBe("waived");
    expect(statusOf(waivers, "atlas-prod-cluster")).toBe("waived");
    expect(decided([found(RULES.high)], { waivers }).notices).toEqual([]);
  });

  test("for several rules are one for each", () => {
    const { reason, expires } = WAIVER;
    const rules = ["FD-S3-001", "FD-S3-002"];

    expect(carried((data) => void Policy.of(data).waive({ rules, reason, expires })).map(({ rule }) => rule)).toEqual(
      rules,
    );
  });

  test("are unused when nothing in them is found", () => {
    const waivers = carried((data) => void Policy.of(data.node.findChild("Models")).waive(WAIVER));

    expect(decided([], { waivers }).notices).toEqual([
      {
        level: "warning",
        message: "the waiver for FD-S3-001 waives nothing: remove it",
        where: "atlas-prod-data/Models",
      },
    ]);
  });

  test("of other authors are checked like those in a file", () => {
    const json = (waivers: unknown): string => JSON.stringify({ "//": { flightdeck: { waivers } } });
    const stacks = [
      { stack: "one", json: "{" },
      { stack: "two", json: json("all") },
      { stack: "three", json: json([{ path: "", rules: [], reason: "short", expires: "2026-02-30" }]) },
    ];

    const [first, ...others] = problemsOf(() => readCodeWaivers(stacks));

    expect(first).toMatch(/^waivers in stack one: must be valid JSON: /);
    expect(others).toEqual([
      'waivers in stack two: must be a list, got "all"',
      "waivers in stack three: [0].rules must name at least one rule, got []",
      'waivers in stack three: [0].reason must say why, in at least 10 characters, got "short"',
      'waivers in stack three: [0].expires must be a day of the calendar, as in 2026-12-31, got "2026-02-30"',
    ]);
  });
});
