import { Token } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../../../constructs/core/prop-checks";
import { failure } from "../../support/fixtures";
import { testStack } from "../../support/synth";

describe("PropChecks", () => {
  test("throws all problems together, in the order of the checks", () => {
    const scope = new Construct(testStack(), "Thing");
    const checks = new PropChecks(scope, "INVALID_THING_PROPS")
      .require(false, "size", "must be at least 1", 0)
      .require(true, "name", "must be set", "x")
      .require(false, "kind", "must be `a` or `b`", "c");

    expect(failure(() => checks.throwIfAny())).toEqual({
      code: "INVALID_THING_PROPS",
      message: '`size` must be at least 1, got 0\n`kind` must be `a` or `b`, got "c"\n  in test/Thing',
    });
  });

  test("does not throw without problems", () => {
    expect(() => new PropChecks(undefined, "CODE").require(true, "a", "must be 1", 1).throwIfAny()).not.toThrow();
  });

  test.each([
    ["text", Token.asString({ resolve: () => "x" })],
    ["a number", Token.asNumber({ resolve: () => 1 })],
    ["a list", Token.asList({ resolve: () => ["x"] })],
  ])("lets %s pass that is known only after apply", (_, got) => {
    expect(() => new PropChecks(undefined, "CODE").require(false, "a", "must be 1", got).throwIfAny()).not.toThrow();
  });
});
