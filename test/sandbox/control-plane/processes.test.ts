import { spawn } from "node:child_process";
import { appendFileSync, closeSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseDirectoryLock, takeDirectoryLock } from "../../../sandbox/control-plane/processes/directory-lock";
import { freePort } from "../../../sandbox/control-plane/processes/free-ports";
import { lastLines, limitLog, openLog, sizeOf } from "../../../sandbox/control-plane/processes/log-file";
import {
  identityOf,
  isAlive,
  processesWith,
  signalProcess,
} from "../../../sandbox/control-plane/processes/process-identity";
import { temporaryDirectory } from "../temporary-directory";
import { writeFakeProgram } from "./fake-program";

const directory = temporaryDirectory();
const file = (name: string) => join(directory(), name);

describe("process identity", () => {
  test("a process is itself, and not a later one with its id", () => {
    const mine = identityOf(process.pid);
    expect(mine).toEqual({ pid: process.pid, started: expect.stringMatching(/.+/) as string });
    expect(isAlive(mine!)).toBe(true);
    expect(isAlive({ pid: process.pid, started: "another time" })).toBe(false);
    expect(signalProcess({ pid: process.pid, started: "another time" }, "SIGKILL")).toBe(false);
  });

  test("a process that ended but was not yet waited for is none", async () => {
    const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    const identity = identityOf(child.pid ?? 0);
    await new Promise((resolve) => child.once("exit", resolve));
    expect(identity === undefined || isAlive(identity)).toBe(false);
  });

  test("a process is found by its program and its whole argument", async () => {
    const program = writeFakeProgram(directory(), "store", "setInterval(() => {}, 1000);");
    const argument = `--data-dir=${file("data")}`;
    const child = spawn(program, [argument], { stdio: "ignore" });
    await new Promise((resolve) => child.once("spawn", resolve));
    const found = (mark: { program: string; argument: string }) => processesWith(mark).map(({ pid }) => pid);
    expect(found({ program: "store", argument })).toEqual([child.pid]);
    expect(found({ program: "stor", argument })).toEqual([]);
    expect(found({ program: "store", argument: `--data-dir=${directory()}` })).toEqual([]);
    child.kill("SIGKILL");
  });
});

describe("lock", () => {
  const lock = () => file("control-plane.lock");
  afterEach(() => releaseDirectoryLock(lock()));

  test("a second start in this process is refused until the first lets go", () => {
    takeDirectoryLock(lock());
    expect(() => takeDirectoryLock(lock())).toThrow(
      `Process ${process.pid} runs the control plane of this folder already (${lock()}); two would write to one etcd.`,
    );
    releaseDirectoryLock(lock());
    expect(existsSync(lock())).toBe(false);
    takeDirectoryLock(lock());
  });

  test("another living process keeps it", () => {
    const parent = identityOf(process.ppid);
    writeFileSync(lock(), JSON.stringify(parent));
    expect(() => takeDirectoryLock(lock())).toThrow(`Process ${process.ppid} runs`);
    expect(JSON.parse(readFileSync(lock(), "utf8"))).toEqual(parent);
  });

  test.each([
    ["a dead process", JSON.stringify({ pid: 1, started: "before the last boot" })],
    ["half a file", '{"pid":'],
    ["nothing", ""],
  ])("a lock that holds %s is taken over", (_what, content) => {
    writeFileSync(lock(), content);
    takeDirectoryLock(lock());
    expect(JSON.parse(readFileSync(lock(), "utf8"))).toEqual(identityOf(process.pid));
  });
});

describe("ports", () => {
  test("the port of the last time is kept; one that is promised to another is not", async () => {
    const port = await freePort(0, new Set());
    expect(await freePort(port, new Set())).toBe(port);
    expect(await freePort(port, new Set([port]))).not.toBe(port);
  });
});

describe("logs", () => {
  test("errors are chosen over what surrounds them, from this start alone", () => {
    const log = file("logs/server.log");
    closeSync(openLog(log));
    appendFileSync(log, "F0101 an old end\n");
    const before = sizeOf(log);
    appendFileSync(log, 'I0101 starting\nE0101 10:00 "cannot"\n{"level":"fatal","msg":"no"}\nplain\n');
    expect(lastLines(log, before)).toEqual(['E0101 10:00 "cannot"', '{"level":"fatal","msg":"no"}']);
  });

  test("without errors the last lines are told, long ones cut", () => {
    const log = file("server.log");
    writeFileSync(log, `${["one", "two", "x".repeat(500)].join("\n")}\n`);
    expect(lastLines(log, 0, 2)).toEqual(["two", `${"x".repeat(400)}…`]);
    expect(lastLines(file("none.log"), 0)).toEqual([]);
  });

  test("a log beyond its limit is put aside at a start, and cut off while it is written to", () => {
    const log = file("logs/server.log");
    closeSync(openLog(log));
    truncateSync(log, 33 * 1024 * 1024);
    closeSync(openLog(log));
    expect([sizeOf(log), sizeOf(`${log}.old`)]).toEqual([0, 33 * 1024 * 1024]);
    truncateSync(log, 33 * 1024 * 1024);
    limitLog(log);
    expect(sizeOf(log)).toBe(0);
  });
});
