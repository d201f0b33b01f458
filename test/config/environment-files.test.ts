import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentIds, loadEnvironment } from "../../config";
import { folderWith, messageOf, VALID } from "./environment-fixture";

const AT = "config/environments";

describe("the folder of environments", () => {
  test("lists its environments by project and stage", () => {
    const root = folderWith({
      [`${AT}/zeus/dev.yaml`]: "",
      [`${AT}/atlas/staging.yaml`]: "",
      [`${AT}/atlas/dev.yaml`]: "",
      [`${AT}/atlas/notes.md`]: "",
      [`${AT}/README.yaml`]: "",
    });

    expect(environmentIds(root)).toEqual(["atlas/dev", "atlas/staging", "zeus/dev"]);
  });

  test("holds nothing where there is no folder", () => {
    expect(environmentIds(folderWith({}))).toEqual([]);
  });

  test.each([
    ["atlas/stagin", 'has no environment "atlas/stagin" (did you mean "atlas/staging"?)'],
    ["atlas", 'has no environment "atlas"'],
    ["", 'has no environment ""'],
    ["../../etc/passwd", 'has no environment "../../etc/passwd"'],
    ["atlas/dev.yaml", 'has no environment "atlas/dev.yaml"'],
  ])("refuses the environment %j, which does not exist, and lists those that do", (id, rule) => {
    const root = folderWith({ [`${AT}/atlas/dev.yaml`]: VALID, [`${AT}/atlas/staging.yaml`]: VALID });

    expect(messageOf(() => loadEnvironment(root, id))).toContain(`config/environments: ${rule}`);
    expect(messageOf(() => loadEnvironment(root, id))).toMatch(/; allowed: atlas\/dev, atlas\/staging$/);
  });

  test("says so when there is no environment at all", () => {
    expect(messageOf(() => loadEnvironment(folderWith({}), "atlas/dev"))).toBe(
      'config/environments: has no environment "atlas/dev"; allowed: none: there is no file yet',
    );
  });

  test("refuses a file that cannot be read", () => {
    const root = folderWith({ "README.md": "" });
    mkdirSync(join(root, AT, "atlas", "dev.yaml"), { recursive: true });

    expect(messageOf(() => loadEnvironment(root, "atlas/dev"))).toBe(
      "config/environments/atlas/dev.yaml: must be a file that can be read (EISDIR)",
    );
  });

  test("reads a file that begins with a byte order mark", () => {
    const root = folderWith({ [`${AT}/atlas/dev.yaml`]: "" });
    writeFileSync(join(root, AT, "atlas", "dev.yaml"), `\uFEFF${VALID}`);

    expect(loadEnvironment(root, "atlas/dev").project).toBe("atlas");
  });
});
