import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Leases } from "../../../sandbox/gateway/leases";
import { temporaryDirectory } from "../temporary-directory";

const directory = temporaryDirectory();
const file = () => join(directory(), "leases.json");
const lease = (pid: number, environment = "atlas/dev") => ({
  environment,
  pid,
  user: "ada",
  host: "loom",
  startedAt: "2026-01-01T00:00:00Z",
});

test("a second process is refused and told who deploys", () => {
  const leases = new Leases(file(), () => true);
  leases.take(lease(11));
  expect(() => leases.take(lease(12))).toThrow(
    "atlas/dev is being deployed by process 11 of ada@loom, since 2026-01-01T00:00:00Z. Wait for it to end, or end it.",
  );
  leases.take(lease(12, "atlas/prod"));
  leases.take(lease(11));
  expect(leases.current.map(({ environment, pid }) => [environment, pid])).toEqual([
    ["atlas/dev", 11],
    ["atlas/prod", 12],
  ]);
});

test("the lease of a process that died is taken over", () => {
  const leases = new Leases(file(), (pid) => pid !== 11);
  leases.take(lease(11));
  expect(leases.current).toEqual([]);
  leases.take(lease(12));
  expect(leases.holder("atlas/dev")?.pid).toBe(12);
});

test("only its holder gives a lease back", () => {
  const leases = new Leases(file(), () => true);
  leases.take(lease(11));
  expect(leases.release("atlas/dev", 12)).toBe(false);
  expect(leases.release("atlas/dev", 11)).toBe(true);
  expect(leases.current).toEqual([]);
});

test("leases survive a restart; a file cut off by a kill counts as none", () => {
  new Leases(file(), () => true).take(lease(11));
  expect(new Leases(file(), () => true).current).toEqual([lease(11)]);
  writeFileSync(file(), '[{"environ');
  expect(new Leases(file(), () => true).current).toEqual([]);
});
