import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Component } from "../../../sandbox/control-plane/processes/component";
import { readRecord } from "../../../sandbox/control-plane/processes/control-plane-record";
import { Supervisor } from "../../../sandbox/control-plane/processes/supervisor";
import { temporaryDirectory } from "../temporary-directory";
import { fakeComponent, lives, writeFakeProgram } from "./fake-program";

jest.setTimeout(20_000);

const directory = temporaryDirectory();
const open: Supervisor<string>[] = [];
const children: ChildProcess[] = [];
let lines: string[] = [];
let recoveries = 0;
beforeEach(() => {
  lines = [];
  recoveries = 0;
  for (const name of ["store", "server", "worker"]) writeFakeProgram(directory(), name);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((supervisor) => supervisor.stop()));
  children.splice(0).forEach((child) => child.kill("SIGKILL"));
});

const recordFile = () => join(directory(), "record.json");
const logFile = (name: string) => join(directory(), "logs", `${name}.log`);
const events = () => readFileSync(join(directory(), "events"), "utf8").trim().split("\n");

interface Variation {
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  readonly prepare?: () => Promise<void>;
  readonly graceMs?: number;
}

/** A store, then a server and a worker beside it. */
function supervise({ extra = {}, prepare, graceMs = 3000 }: Variation = {}): Supervisor<string> {
  const component = (ports: Readonly<Record<string, number>>, name: string): Component => ({
    ...fakeComponent(directory(), { name, port: ports[name] ?? 0, extra: extra[name] }),
    ...(name === "worker" && prepare ? { prepare } : {}),
  });
  const supervisor = new Supervisor<string>({
    ...{ directory: directory(), recordFile: recordFile(), logFile, graceMs },
    portNames: ["store", "server", "worker"],
    describe: (ports) => [[component(ports, "store")], [component(ports, "server")], [component(ports, "worker")]],
    environment: { PATH: "/usr/bin:/bin" },
    log: (line) => lines.push(line),
    onRecovered: () => recoveries++,
  });
  open.push(supervisor);
  return supervisor;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 8000; waited += 20) await delay(20);
  expect(condition()).toBe(true);
}

/** A process that nobody recorded, as one is left by a daemon that was killed between start and record. */
async function stray(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "ignore" });
  children.push(child);
  await new Promise((resolve) => child.once("spawn", resolve));
  return child.pid ?? 0;
}

test("components start in order, each when the one before is ready, and end in the opposite order", async () => {
  const prepared: string[][] = [];
  const supervisor = supervise({ prepare: () => Promise.resolve(void prepared.push(events())) });
  await supervisor.start();
  expect(events()).toEqual(["store ready", "server ready", "worker ready"]);
  expect(prepared).toEqual([["store ready", "server ready"]]);
  expect(Object.keys(supervisor.pids)).toEqual(["store", "server", "worker"]);
  expect(supervisor.complete).toBe(true);
  expect(readFileSync(join(directory(), "configuration", "store"), "utf8")).toBe("store");
  const { pids } = supervisor;
  await supervisor.stop();
  expect(
    events()
      .slice(3)
      .filter((line) => line.endsWith("ended")),
  ).toEqual(["worker ended", "server ended", "store ended"]);
  expect(Object.values(pids).some(lives)).toBe(false);
  expect(readRecord(recordFile()).processes).toEqual({});
});

test("ports are those of the last time, files are their owner's alone", async () => {
  const first = supervise();
  await first.start();
  const { ports } = first;
  expect(new Set(Object.values(ports)).size).toBe(3);
  await first.stop();
  const second = supervise();
  await second.start();
  expect(second.ports).toEqual(ports);
  for (const file of [recordFile(), logFile("store"), join(directory(), "configuration", "store")]) {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});

test("what an earlier run left running is taken over, and ended with the rest", async () => {
  const first = supervise();
  await first.start();
  const second = supervise();
  await second.start();
  expect(second.pids).toEqual(first.pids);
  expect(lines).toEqual(Object.entries(first.pids).map(([name, pid]) => `${name} still runs, as process ${pid}`));
  await Promise.all([first.stop(), second.stop()]);
  expect(Object.values(first.pids).some(lives)).toBe(false);
});

test("a component that is described differently now is started anew, the others stay", async () => {
  const first = supervise();
  await first.start();
  const before = { ...first.pids };
  const second = supervise({ extra: { server: ["--changed=yes"] } });
  await first.letGo();
  await second.start();
  expect(second.pids["store"]).toBe(before["store"]);
  expect(second.pids["worker"]).toBe(before["worker"]);
  expect(second.pids["server"]).not.toBe(before["server"]);
  expect(lives(before["server"] ?? 0)).toBe(false);
});

test("a process that is in no record is ended by its mark; one that only has the mark's argument is not ours", async () => {
  const mark = `--data=${join(directory(), "store")}-data`;
  const common = [mark, `--events=${join(directory(), "events")}`, "--silent=yes"];
  const left = await stray(join(directory(), "store"), common);
  const foreign = await stray(writeFakeProgram(directory(), "viewer"), common);
  await supervise().start();
  expect([lives(left), lives(foreign)]).toEqual([false, true]);
});

test("a component that is killed comes back on its port, with the others left alone", async () => {
  const supervisor = supervise();
  await supervisor.start();
  const before = { ...supervisor.pids };
  const { ports } = supervisor;
  process.kill(before["store"] ?? 0, "SIGKILL");
  await until(() => recoveries === 1);
  expect({ ...supervisor.pids, store: 0 }).toEqual({ ...before, store: 0 });
  expect(supervisor.pids["store"]).not.toBe(before["store"]);
  expect(supervisor.ports).toEqual(ports);
  expect(lines).toEqual(["store ended with SIGKILL: starting it again", "the control plane is ready again"]);
});

test("everything killed at once comes back too", async () => {
  const supervisor = supervise();
  await supervisor.start();
  const before = Object.values(supervisor.pids);
  before.forEach((pid) => process.kill(pid, "SIGKILL"));
  await until(() => supervisor.complete && recoveries > 0);
  expect(Object.values(supervisor.pids).every(lives)).toBe(true);
  expect(before.some(lives)).toBe(false);
});

test("a port that another process has taken meanwhile is replaced, and it is said", async () => {
  const first = supervise();
  await first.start();
  const taken = first.ports["server"] ?? 0;
  await first.stop();
  const foreign = createServer().listen(taken, "127.0.0.1");
  await new Promise((resolve) => foreign.once("listening", resolve));
  const second = supervise();
  await second.start();
  const now = second.ports["server"] ?? 0;
  expect(now).not.toBe(taken);
  expect(lines).toEqual([`port ${taken} (server) is taken by another process: ${now} instead`]);
  expect((foreign.address() as AddressInfo).port).toBe(taken);
  await new Promise((resolve) => foreign.close(resolve));
});

test("a component that ends before it is ready is an error with the end of its log", async () => {
  const supervisor = supervise({ extra: { server: ["--fail=error: no such flag"] } });
  await expect(supervisor.start()).rejects.toMatchObject({
    code: "SANDBOX_CONTROL_PLANE_NOT_READY",
    message: `The control plane cannot be started: server ended with exit code 7 before it was ready. It logged:\n  error: no such flag\nThe whole log is ${logFile("server")}.`,
  });
  await supervisor.stop();
  expect(events()).toEqual(["store ready", "store asked", "store ended"]);
});

test("a program that cannot be run is an error that says what mends it", async () => {
  rmSync(join(directory(), "server"));
  await expect(supervise().start()).rejects.toMatchObject({
    code: "SANDBOX_CONTROL_PLANE_PROGRAM",
    message: `server cannot be run: ${join(directory(), "server")}: spawn ${join(directory(), "server")} ENOENT. \`npm run sandbox:tools\` puts the programs of the control plane in place.`,
  });
});

test("a process that does not end when asked is killed", async () => {
  const supervisor = supervise({ extra: { worker: ["--stubborn=yes"] }, graceMs: 100 });
  await supervisor.start();
  const { worker = 0 } = supervisor.pids;
  await supervisor.stop();
  expect(lives(worker)).toBe(false);
  expect(events()).toContain("worker asked");
  expect(events()).not.toContain("worker ended");
});

test("a start that is stopped leaves nothing behind", async () => {
  const supervisor = supervise({ extra: { server: ["--silent=yes"] } });
  const started = expect(supervisor.start()).rejects.toThrow();
  await until(() => supervisor.pids["server"] !== undefined);
  const pids = Object.values(supervisor.pids);
  await supervisor.stop();
  await started;
  expect(pids.some(lives)).toBe(false);
});

test("who lets go of everything while it is taken over leaves it running", async () => {
  const first = supervise();
  await first.start();
  const before = Object.values(first.pids);
  await first.letGo();
  const second = supervise();
  const started = expect(second.start()).rejects.toThrow();
  await second.letGo();
  await started;
  expect(before.map(lives)).toEqual([true, true, true]);
});

test("a record that a kill cut off is as good as none: the processes are found by their marks", async () => {
  const first = supervise();
  await first.start();
  const before = Object.values(first.pids);
  await first.letGo();
  writeFileSync(recordFile(), '{"ports": {');
  const second = supervise();
  await second.start();
  expect(before.some(lives)).toBe(false);
  expect(existsSync(recordFile())).toBe(true);
});
