import { databaseInstanceFamilies, instanceClassProblem } from "../../catalog";

describe("instance classes of databases", () => {
  test.each(["db.t4g.medium", "db.m8g.48xlarge", "db.x2g.16xlarge", "db.r6i.32xlarge"])("are known: %s", (name) => {
    expect(instanceClassProblem(name)).toBeUndefined();
  });

  test.each(["t4g.medium", "db.t4g", "db.T4G.medium", "db.t4g.medium ", ""])("have a form: %j", (name) => {
    expect(instanceClassProblem(name)).toBe(
      "must be an instance class of RDS, db.<family>.<size>, such as db.t4g.medium",
    );
  });

  test("of a known family have one of its sizes, and the nearest is named", () => {
    expect(instanceClassProblem("db.t4g.meduim")).toBe(
      'must be of a size that db.t4g comes in: micro, small, medium, large, xlarge, 2xlarge (did you mean "db.t4g.medium"?)',
    );
    expect(instanceClassProblem("db.m7g.metal")).toMatch(/^must be of a size that db\.m7g comes in: large, /);
  });

  test("have a family each", () => {
    const names = databaseInstanceFamilies().map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(databaseInstanceFamilies().filter(({ name, arch }) => (arch === "arm64") !== /\dg$/.test(name))).toEqual([]);
  });
});
