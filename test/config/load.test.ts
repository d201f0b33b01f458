import { loadEnvironment, loadEnvironments } from "../../config";
import { folderWith, messageOf, VALID, withChange } from "./environment-fixture";

const AT = "config/environments";

describe("loadEnvironment", () => {
  test("loads the environment of a file", () => {
    const root = folderWith({ [`${AT}/atlas/dev.yaml`]: VALID });

    expect(loadEnvironment(root, "atlas/dev")).toMatchObject({ project: "atlas", stage: "dev" });
  });

  test("names the file of a problem from the root of the repository", () => {
    const root = folderWith({ [`${AT}/atlas/dev.yaml`]: withChange("stage: dev", "stage: prod") });

    expect(messageOf(() => loadEnvironment(root, "atlas/dev"))).toBe(
      'config/environments/atlas/dev.yaml:2 stage: must be the name of the file, got "prod"; allowed: dev',
    );
  });

  test("is not kept from its file by what is wrong with another", () => {
    const root = folderWith({ [`${AT}/atlas/dev.yaml`]: VALID, [`${AT}/atlas/prod.yaml`]: "nonsense" });

    expect(loadEnvironment(root, "atlas/dev").account).toBe("111111111111");
  });
});

describe("loadEnvironments", () => {
  test("loads every environment in the order of their names", () => {
    const other = withChange("stage: dev", "stage: prod").replace("10.20.", "10.21.");
    const root = folderWith({ [`${AT}/atlas/prod.yaml`]: other, [`${AT}/atlas/dev.yaml`]: VALID });

    expect(loadEnvironments(root).map(({ stage }) => stage)).toEqual(["dev", "prod"]);
  });

  test("refuses a repository without environments", () => {
    expect(messageOf(() => loadEnvironments(folderWith({})))).toBe(
      "config/environments: must hold at least one environment; allowed: config/environments/<project>/<stage>.yaml",
    );
  });

  test("reports the problems of all files, of their names, and between them at once", () => {
    const root = folderWith({
      [`${AT}/atlas/dev.yaml`]: VALID,
      [`${AT}/atlas/prod.yaml`]: withChange("stage: dev", "stage: prod"),
      [`${AT}/atlas/qa.yaml`]: VALID,
      [`${AT}/zeus/dev.yaml`]: "nonsense",
    });

    expect(messageOf(() => loadEnvironments(root)).split("\n")).toEqual([
      'config/environments/atlas/qa.yaml: must be named after its stage, got "qa.yaml"; allowed: dev.yaml, staging.yaml, prod.yaml',
      'config/environments/zeus/dev.yaml:1: must be a map of settings, got "nonsense"',
      'config/environments/atlas/prod.yaml:7 network.cidr: must not overlap 10.20.0.0/16 of atlas/dev (config/environments/atlas/dev.yaml:7), got "10.20.0.0/16"',
    ]);
  });
});
