import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeDaemonLock, releaseDaemonLock } from "../../../sandbox/lifecycle/daemon-lock";
import { readGatewayState, writeGatewayState } from "../../../sandbox/lifecycle/gateway-state";
import { endLeftoverMoto } from "../../../sandbox/lifecycle/leftover-moto";
import { sandboxStatus } from "../../../sandbox/lifecycle/sandbox-status";
import { stopSandbox } from "../../../sandbox/lifecycle/stop-sandbox";
import { temporaryDirectory } from "../temporary-directory";

const directory = temporaryDirectory();
const file = (name: string) => join(directory(), name);
const DEAD = 2 ** 22 + 1;

test("the lock of a folder goes to one process, and to the next when that one is dead", async () => {
  const lock = file("daemon.lock");
  expect(await takeDaemonLock(lock)).toBe(true);
  writeFileSync(lock, String(process.ppid));
  expect(await takeDaemonLock(lock)).toBe(false);
  writeFileSync(lock, String(DEAD));
  expect(await takeDaemonLock(lock)).toBe(true);
  expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
  releaseDaemonLock(lock);
  expect(readdirSync(directory())).toEqual([]);
});

test("what a daemon says of itself is read back; half a file is nothing", () => {
  const state = { pid: 1, port: 2, motoPid: 3, motoPort: 4, startedAt: "2026-01-01T00:00:00Z" };
  writeGatewayState(file("gateway.json"), state);
  expect(readGatewayState(file("gateway.json"))).toEqual(state);
  writeFileSync(file("gateway.json"), '{"pid":1');
  expect(readGatewayState(file("gateway.json"))).toBeUndefined();
  expect(readGatewayState(file("none.json"))).toBeUndefined();
});

test("a leftover moto is ended, a process that is none is not", async () => {
  const start = (...words: string[]) =>
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", ...words], { stdio: "ignore" });
  const [moto, other] = [start("moto_server", "-p", "5999"), start("something", "-p", "5999")];
  await Promise.all([moto, other].map((child) => new Promise((resolve) => child.once("spawn", resolve))));
  const ended = new Promise((resolve) => moto.once("exit", (_code, signal) => resolve(signal)));
  expect(endLeftoverMoto({ motoPid: other.pid, motoPort: 5999 })).toBe(false);
  expect(endLeftoverMoto({ motoPid: moto.pid, motoPort: 6000 })).toBe(false);
  expect(endLeftoverMoto({ motoPid: moto.pid, motoPort: 5999 })).toBe(true);
  expect(await ended).toBe("SIGKILL");
  expect(endLeftoverMoto({ motoPid: DEAD, motoPort: 5999 })).toBe(false);
  expect(endLeftoverMoto(undefined)).toBe(false);
  other.kill("SIGKILL");
});

test("a folder in which nothing runs says so, also where a daemon died", async () => {
  expect(await sandboxStatus(directory())).toEqual({ running: false, directory: directory() });
  writeGatewayState(file("gateway.json"), { pid: DEAD, port: 1, startedAt: "2026-01-01T00:00:00Z" });
  expect(await sandboxStatus(directory())).toEqual({ running: false, directory: directory() });
  expect(await stopSandbox({ directory: directory() })).toEqual({ outcome: "not-running", purged: false });
  expect(await stopSandbox({ directory: directory(), purge: true })).toEqual({ outcome: "not-running", purged: true });
});
