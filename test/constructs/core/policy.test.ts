import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, Lazy, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Policy } from "../../../constructs/core/policy";
import type { WaiverProps } from "../../../constructs/core/policy";
import { SHORTEST_REASON } from "../../../policy/enforcement/private/fields";
import { failure } from "../../support/fixtures";
import { testStack } from "../../support/synth";

const WAIVER = { rule: "FD-S3-004", reason: "holds nothing that matters", expires: "2027-01-31" };

/** What the JSON of a stack says to the policy checks. */
function carried(stack: TerraformStack): unknown {
  const { "//": comment } = stack.toTerraform() as { "//": { flightdeck?: unknown } };
  return comment.flightdeck;
}

function storeIn(stack: TerraformStack, id = "Store"): Construct {
  const store = new Construct(stack, id);
  new S3Bucket(store, "Resource", {});
  return store;
}

describe("a waiver", () => {
  test("stands in the JSON of its stack, with the path of its construct", () => {
    const stack = testStack("atlas-dev-data");
    Policy.of(storeIn(stack)).waive({
      ...WAIVER,
      reason: "  holds nothing that matters ",
      ticket: "ML-7",
      finding: "a",
    });

    expect(carried(stack)).toEqual({
      waivers: [
        {
          path: "atlas-dev-data/Store",
          rules: ["FD-S3-004"],
          ...{ reason: WAIVER.reason, expires: WAIVER.expires, ticket: "ML-7", finding: "a" },
        },
      ],
    });
  });

  test("may be for several rules, and stands beside others", () => {
    const stack = testStack("atlas-dev-data");
    const { reason, expires } = WAIVER;
    Policy.of(storeIn(stack))
      .waive({ rules: ["FD-S3-004", "FD-K8S-001"], reason, expires })
      .waive(WAIVER);
    Policy.of(stack).waive(WAIVER);

    expect(carried(stack)).toMatchObject({
      waivers: [
        { path: "atlas-dev-data/Store", rules: ["FD-S3-004", "FD-K8S-001"] },
        { path: "atlas-dev-data/Store", rules: ["FD-S3-004"] },
        { path: "atlas-dev-data", wholeStack: true },
      ],
    });
  });

  test("keeps a path with dots in it as it is", () => {
    const stack = testStack("atlas-dev-data");
    Policy.of(storeIn(stack, "models.example.com")).waive(WAIVER);

    expect(carried(stack)).toMatchObject({ waivers: [{ path: "atlas-dev-data/models.example.com" }] });
  });

  test("on the app stands in every stack, on a construct of stacks in those", () => {
    const app = Testing.app({ stackTraces: false });
    const group = new Construct(app, "Group");
    const [inside, outside] = [new TerraformStack(group, "inside"), new TerraformStack(app, "outside")];
    Policy.of(app).waive(WAIVER);
    Policy.of(group).waive(WAIVER);

    expect(carried(inside)).toMatchObject({
      waivers: [
        { path: "", wholeStack: true },
        { path: "Group", wholeStack: true },
      ],
    });
    expect(carried(outside)).toMatchObject({ waivers: [{ path: "" }] });
  });

  test("on a construct with a stack in it stands in both stacks", () => {
    const outer = testStack("outer");
    const part = storeIn(outer);
    const inner = new TerraformStack(part, "inner");
    Policy.of(part).waive(WAIVER);

    expect(carried(outer)).toEqual({ waivers: [expect.not.objectContaining({ wholeStack: true })] });
    expect(carried(inner)).toMatchObject({ waivers: [{ path: "outer/Store", wholeStack: true }] });
  });

  test("does not reach a stack that is defined later, which fails the synthesis", () => {
    const app = Testing.app({ stackTraces: false });
    new TerraformStack(app, "first");
    Policy.of(app).waive(WAIVER);
    new TerraformStack(app, "second");

    expect(() => app.synth()).toThrow(
      "[the app] Policy.of(…).waive must come after the stacks it is for: second was defined later, and the waiver does not reach it",
    );
  });

  test("changes nothing that is deployed, and nothing at all where there is none", () => {
    const [plain, waived] = ["a", "a"].map((id) => {
      const stack = testStack(id);
      storeIn(stack);
      return stack;
    }) as [TerraformStack, TerraformStack];
    Policy.of(waived).waive(WAIVER);

    expect(Testing.synth(waived)).toBe(Testing.synth(plain));
    expect(carried(plain)).toBeUndefined();
  });

  test("stands there once, however often the stack is synthesised", () => {
    const stack = testStack("atlas-dev-data");
    const app = App.of(stack);
    Policy.of(storeIn(stack)).waive(WAIVER);
    const file = join(app.outdir, "stacks/atlas-dev-data/cdk.tf.json");
    const synthesize = (): string => {
      app.synth();
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    };
    const first = synthesize();

    expect(first.match(/holds nothing that matters/g)).toHaveLength(1);
    expect(synthesize()).toBe(first);
  });
});

describe("a waiver is refused", () => {
  const refused = (props: Partial<WaiverProps>): { code: string; message: string } =>
    failure(() => Policy.of(storeIn(testStack("atlas-dev-data"))).waive({ ...WAIVER, ...props }));
  const id = "must be the id of a rule, as in FD-EKS-001";
  const day = "must be a day of the calendar, as in 2026-12-31";
  const reason = "must say why, in at least 10 characters";
  const late = Lazy.stringValue({ produce: () => "is only known later" });

  test.each([
    [{ rule: undefined }, "`rule` must be given, or `rules`, and not both, got nothing"],
    [{ rules: ["FD-S3-001"] }, '`rule` must be given, or `rules`, and not both, got "FD-S3-004"'],
    [{ rule: undefined, rules: [] }, "`rules` must name at least one rule, got []"],
    [{ rule: undefined, rules: ["FD-S3-001", "s3"] }, `\`rules[1]\` ${id}, got "s3"`],
    [{ rule: "FD-S3-4" }, `\`rule\` ${id}, got "FD-S3-4"`],
    [{ rule: "fd-s3-004" }, `\`rule\` ${id}, got "fd-s3-004"`],
    [{ reason: "too short" }, `\`reason\` ${reason}, got "too short"`],
    [{ reason: "   blanks   " }, `\`reason\` ${reason}, got "   blanks   "`],
    [{ reason: late }, `\`reason\` ${reason}, got "a value known only after apply"`],
    [{ expires: "2027-02-29" }, `\`expires\` ${day}, got "2027-02-29"`],
    [{ expires: "next year" }, `\`expires\` ${day}, got "next year"`],
    [{ expires: late }, `\`expires\` ${day}, got "a value known only after apply"`],
    [{ ticket: " " }, '`ticket` must not be empty, got " "'],
    [{ finding: "" }, '`finding` must not be empty, got ""'],
  ])("for %j", (props, message) => {
    expect(refused(props)).toEqual({ code: "INVALID_WAIVER_PROPS", message: `${message}\n  in atlas-dev-data/Store` });
  });

  test("for everything that is wrong with it at once", () => {
    expect(refused({ rule: "x", reason: "", expires: "" }).message.split("\n")).toHaveLength(4);
  });

  test("not for 10 characters, nor for 29 February of a leap year", () => {
    const policy = Policy.of(testStack());

    expect(() => policy.waive({ ...WAIVER, reason: "0123456789", expires: "2028-02-29" })).not.toThrow();
  });

  test("for the same reasons as one in a file", () => {
    expect(SHORTEST_REASON).toBe(10);
  });
});
