import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "./fake-context";
import { temporaryFolder } from "../support/temporary-folder";

test("environments that are fine are named", async () => {
  expect(await runCli(["config", "check"])).toEqual({
    exitCode: 0,
    out: "Nothing to mend in 3 environments: atlas/dev, atlas/prod, atlas/staging.\n",
    err: "",
  });
});

test("files are named relative to the user's folder, and reported by their place in the repository", async () => {
  const cwd = join(__dirname, "..", "..", "config", "environments");
  expect(await runCli(["config", "check", "atlas/dev.yaml"], { cwd })).toEqual({
    exitCode: 0,
    out: "Nothing to mend in config/environments/atlas/dev.yaml.\n",
    err: "",
  });
});

describe("with broken files", () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "config", "environments", "atlas"), { recursive: true });
  for (const stage of ["dev", "prod"]) {
    writeFileSync(join(root, "config", "environments", "atlas", `${stage}.yaml`), "project: [\n");
  }

  test("every file's problems are reported, with exit 2", async () => {
    const { exitCode, out, err } = await runCli(["config", "check"], { root });
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toContain("config/environments/atlas/dev.yaml:");
    expect(err).toContain("config/environments/atlas/prod.yaml:");
  });

  test("only those of the file asked for are", async () => {
    const { err } = await runCli(["config", "check", "config/environments/atlas/dev.yaml"], { root });
    expect(err).toContain("config/environments/atlas/dev.yaml:");
    expect(err).not.toContain("prod.yaml");
  });

  test("they are JSON for machines", async () => {
    const { exitCode, out } = await runCli(["config", "check", "--json"], { root });
    const { problems } = JSON.parse(out) as { problems: { file: string }[] };
    expect(exitCode).toBe(2);
    expect(new Set(problems.map(({ file }) => file))).toEqual(
      new Set(["config/environments/atlas/dev.yaml", "config/environments/atlas/prod.yaml"]),
    );
  });
});

test("an environment is shown with the origin of each value", async () => {
  const { exitCode, out } = await runCli(["config", "show", "atlas/dev"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^project +"atlas" +dev\.yaml:\d+$/m);
  expect(out).toMatch(/^state\.bucket +"flightdeck-state-\d{12}-[a-z0-9-]+" +derived$/m);
});
