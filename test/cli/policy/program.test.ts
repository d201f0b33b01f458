import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../support/platform";

const PROGRAM = join(ROOT, "cli/flightdeck.cjs");

test("the program itself finds its rules", () => {
  const listed = execFileSync(process.execPath, [PROGRAM, "policy", "list", "--family", "gpu", "--json"], {
    cwd: ROOT,
  });
  const rules = JSON.parse(listed.toString()) as { id: string }[];
  expect(rules.map(({ id }) => id)).toContain("FD-GPU-001");
});

test("the program itself judges what it is given", () => {
  const args = [PROGRAM, "policy", "check", "--objects", "guestbook.yaml", "--charts", "never", "--format", "json"];
  const cwd = join(ROOT, "test/policy/fixtures/foreign/kubernetes");
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  expect([status, stderr]).toEqual([1, ""]);
  expect((JSON.parse(stdout) as { reports: { failed: string }[] }).reports[0]?.failed).not.toBe("no");
});
