import { Construct } from "constructs";
import { FlightdeckError, ValidationError } from "../../../constructs/core/errors";
import { testStack } from "../../support/synth";

describe("ValidationError", () => {
  test("has a line for each problem and ends with the path of the construct", () => {
    const pool = new Construct(testStack("atlas-dev-cluster"), "GpuPool");

    const error = new ValidationError(
      "INVALID_POOL_PROPS",
      [
        { prop: "maxSize", rule: "must be at least `minSize` (2)", got: 1 },
        { prop: "name", rule: "must be lower-case", got: "GPU" },
      ],
      pool,
    );

    expect(error.message).toBe(
      [
        "`maxSize` must be at least `minSize` (2), got 1",
        '`name` must be lower-case, got "GPU"',
        "  in atlas-dev-cluster/GpuPool",
      ].join("\n"),
    );
    expect(error.code).toBe("INVALID_POOL_PROPS");
    expect(error.problems.map(({ prop }) => prop)).toEqual(["maxSize", "name"]);
  });

  test("takes a sentence instead of problems", () => {
    const error = new ValidationError("NO_PART", "10.0.0.0/16 has no part number 9");

    expect(error.message).toBe("10.0.0.0/16 has no part number 9");
    expect(error.problems).toEqual([]);
  });

  test("is told apart by class, name and code", () => {
    const error = new ValidationError("SOME_CODE", "text");

    expect(error).toBeInstanceOf(FlightdeckError);
    expect(error.name).toBe("ValidationError");
    expect(new FlightdeckError("OTHER", "text").name).toBe("FlightdeckError");
  });

  test("keeps its own copy of the problems", () => {
    const problems = [{ prop: "a", rule: "must be 1", got: 2 }];
    const error = new ValidationError("SOME_CODE", problems);
    problems.pop();

    expect(error.problems).toEqual([{ prop: "a", rule: "must be 1", got: 2 }]);
  });
});
