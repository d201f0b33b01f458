import { ConfigError } from "../../config";
import { formatProblem } from "../../config/config-error";

describe("a problem as text", () => {
  test.each([
    [{ file: "a.yaml", path: "", rule: "must be read" }, "a.yaml: must be read"],
    [{ file: "a.yaml", line: 3, path: "", rule: "must be valid" }, "a.yaml:3: must be valid"],
    [{ file: "a.yaml", line: 3, path: "x.y", rule: "is required" }, "a.yaml:3 x.y: is required"],
    [
      { file: "a.yaml", line: 3, path: "x", rule: "must be 1", got: 2, allowed: "1" },
      "a.yaml:3 x: must be 1, got 2; allowed: 1",
    ],
    [{ file: "a.yaml", path: "x", rule: "must be 1", got: Number.NaN }, "a.yaml x: must be 1, got NaN"],
    [{ file: "a.yaml", path: "x", rule: "must be 1", got: "a\nb" }, 'a.yaml x: must be 1, got "a\\nb"'],
    [
      { file: "a.yaml", path: "x", rule: "must be 1", got: "x".repeat(100) },
      `a.yaml x: must be 1, got "${"x".repeat(79)}…`,
    ],
  ])("%j", (problem, text) => {
    expect(formatProblem(problem)).toBe(text);
  });

  test("stands on a line of its own in the error, beside those of the others", () => {
    const error = new ConfigError([
      { file: "a.yaml", path: "x", rule: "is required" },
      { file: "b.yaml", path: "y", rule: "is required" },
    ]);

    expect([error.name, error.code, error.message]).toEqual([
      "ConfigError",
      "CONFIG_INVALID",
      "a.yaml x: is required\nb.yaml y: is required",
    ]);
  });
});
