import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runAwsPart } from "../../../../sandbox/deploy/kubernetes/aws-part";
import { Interrupts } from "../../../../sandbox/deploy/kubernetes/run-signal";
import { temporaryFolder } from "../../../support/temporary-folder";

const PROVIDER = {
  registry: "registry.terraform.io",
  name: "hashicorp/aws",
  version: "5.100.0",
  constraints: ">= 5.100.0",
};

let root: string;
let signal: Interrupts;
beforeEach(() => {
  root = temporaryFolder();
  signal = new Interrupts();
  writeFileSync(join(root, "terraform"), `#!/bin/sh\necho "$1" >> '${root}/calls'\n`);
  chmodSync(join(root, "terraform"), 0o755);
});

function apply({ held = false, onStart = () => undefined }: { held?: boolean; onStart?: () => void } = {}) {
  return runAwsPart("apply", {
    ...{ stack: "s", json: {}, held, signal, onStart, synthesized: root, folder: join(root, "part") },
    settings: { providers: [PROVIDER], endpoint: "http://127.0.0.1:1", bucket: "states" },
    program: join(root, "terraform"),
    env: { PATH: process.env.PATH ?? "" },
    logFile: join(root, "log"),
    report: () => undefined,
  });
}

function calls(): string[] {
  return existsSync(join(root, "calls")) ? readFileSync(join(root, "calls"), "utf8").trim().split("\n") : [];
}

test("Terraform runs for what the stack or its state has of AWS, and for nothing else", async () => {
  expect(await apply()).toEqual({ add: 0, change: 0, destroy: 0 });
  expect(calls()).toEqual([]);
  expect(await apply({ held: true })).toEqual({ add: 0, change: 0, destroy: 0 });
  expect(calls()).toEqual(["init", "apply"]);
});

test("who asks to stop while Terraform initialises gets no apply", async () => {
  writeFileSync(join(root, "terraform"), `#!/bin/sh\ntrap '' INT\necho "$1" >> '${root}/calls'\nsleep 0.1\n`);
  const stop = (): void => {
    setTimeout(() => {
      signal.interrupts = 1;
    }, 30);
  };
  expect(await apply({ held: true, onStart: stop })).toBeUndefined();
  expect(calls()).toEqual(["init"]);
});

test("who has asked to stop before gets nothing begun", async () => {
  signal.interrupt();
  expect(await apply({ held: true })).toBeUndefined();
  expect(calls()).toEqual([]);
});
