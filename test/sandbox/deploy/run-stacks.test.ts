import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxError } from "../../../sandbox/errors";
import type { RecoverReport } from "../../../sandbox/gateway/recovery";
import { deployEnvironment } from "../../../sandbox/deploy/deploy-environment";
import type { DeployEvent } from "../../../sandbox/deploy/deploy-event";
import type { DeployOptions } from "../../../sandbox/deploy/deploy-options";

const HOLDER = { environment: "x/dev", pid: process.pid, user: "ada", host: "here", startedAt: "2026-11-21T10:00:00Z" };
const STACKS = [
  { id: "x-dev-network", layer: "network", needs: [] },
  { id: "x-dev-data", layer: "data", needs: ["network"] },
  { id: "x-dev-cluster", layer: "cluster", needs: ["network"] },
];

let root: string;
let steps: string[];
let events: DeployEvent[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "run-"));
  steps = [];
  events = [];
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  mkdirSync(join(root, "sandbox"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A cdktf that runs the lines of shell given. */
function installCdktf(...script: string[]): void {
  const file = join(root, "node_modules", ".bin", "cdktf");
  writeFileSync(file, ["#!/bin/sh", ...script, ""].join("\n"));
  chmodSync(file, 0o755);
}

function replay(name: string): string {
  return `cat '${join(__dirname, "fixtures", `${name}.txt`)}'`;
}

function options(changes: Partial<DeployOptions> = {}, recovery: RecoverReport = { stacks: [] }): DeployOptions {
  const step = (name: string) => () => {
    steps.push(name);
    return Promise.resolve();
  };
  return {
    stacks: STACKS,
    holder: HOLDER,
    state: { account: "111111111111", region: "us-east-1", bucket: "states" },
    endpoint: "http://127.0.0.1:1",
    sandboxFolder: join(root, "sandbox"),
    projectFolder: root,
    env: { PATH: process.env.PATH },
    terraformBinary: "terraform-of-this-test",
    provider: {
      registry: "registry.terraform.io",
      name: "hashicorp/aws",
      version: "5.100.0",
      constraints: ">= 5.100.0",
    },
    control: {
      takeLease: step("lease"),
      releaseLease: step("release"),
      recover: () => step("recover")().then(() => recovery),
      ensureStateBucket: step("bucket"),
      reconcileClusters: () => Promise.resolve([]),
    },
    onEvent: (event) => events.push(event),
    onInterrupt: () => () => undefined,
    ...changes,
  };
}

test("a deploy holds the lease from before the recovery to after the last stack", async () => {
  installCdktf(`echo "$@" > '${root}/arguments'`, replay("first-deploy"));
  const { status, stacks, errors } = await deployEnvironment(options({ layers: ["network", "data"] }));
  expect({ status, errors }).toEqual({ status: "done", errors: [] });
  expect(stacks.map(({ layer, status: end }) => [layer, end])).toEqual([
    ["network", "changed"],
    ["data", "changed"],
  ]);
  expect(steps).toEqual(["lease", "recover", "bucket", "recover", "release"]);
  expect(readFileSync(join(root, "arguments"), "utf8").trim()).toBe(
    `deploy x-dev-network x-dev-data --auto-approve --skip-provider-lock --output ${root}/sandbox/cdktf.out`,
  );
  expect(existsSync(join(root, "sandbox", "cdktf.out", "stacks", "x-dev-data", ".terraform.lock.hcl"))).toBe(true);
});

test("a failed deploy tells every error, what became of each stack, and where everything is logged", async () => {
  installCdktf(replay("subnet-refused"), "exit 1");
  const outcome = await deployEnvironment(options());
  expect(outcome.status).toBe("failed");
  expect(outcome.stacks.map(({ layer, status }) => [layer, status])).toEqual([
    ["network", "unchanged"],
    ["data", "failed"],
    ["cluster", "changed"],
  ]);
  expect(outcome.errors).toHaveLength(2);
  expect(readFileSync(outcome.logFile, "utf8")).toContain("│ Error: creating EC2 Subnet");
  expect(readFileSync(outcome.logFile, "utf8")).not.toContain("\u001b");
});

test("a cdktf that is not there is an error with its reason", async () => {
  const outcome = await deployEnvironment(options());
  expect(outcome.errors).toEqual([{ text: `spawn ${root}/node_modules/.bin/cdktf ENOENT` }]);
  expect(steps).toContain("release");
});

test("an environment that somebody else deploys is left alone", async () => {
  installCdktf(`touch '${root}/ran'`);
  const refusal = new SandboxError("SANDBOX_LEASE_HELD", "x/dev is being deployed by process 7 of ada@here");
  const base = options();
  const control = { ...base.control, takeLease: () => Promise.reject(refusal) };
  await expect(deployEnvironment({ ...base, control })).rejects.toBe(refusal);
  expect(existsSync(join(root, "ran"))).toBe(false);
  expect(steps).toEqual([]);
});

test("what a dead deploy has begun is reported in one line, and its stranded state put aside", async () => {
  installCdktf("true");
  const folder = join(root, "sandbox", "cdktf.out", "stacks", "x-dev-data");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "errored.tfstate"), "{}");
  const undone = { "ec2:CreateVpc": 1, "s3:PutObject": 2 };
  const stack = { stack: "x-dev-data", account: "1", lock: "l", since: "s", outcome: "rolled-back", undone } as const;
  const base = options();
  let calls = 0;
  const recover = () => Promise.resolve({ stacks: calls++ === 0 ? [stack] : [] });
  await deployEnvironment({ ...base, control: { ...base.control, recover } });
  expect(events.flatMap((event) => (event.type === "note" ? [event.text.replace(/; kept as .*/, "")] : []))).toEqual([
    "An earlier run was cut off; taken back what it had begun: x-dev-data (3 calls)",
    "x-dev-data: errored.tfstate describes an apply that was taken back",
  ]);
  expect(existsSync(join(folder, "errored.tfstate"))).toBe(false);
});

test("a Terraform that was killed fails the deploy, though cdktf ends well, and what it had begun is taken back", async () => {
  installCdktf(replay("first-deploy"));
  const stack = {
    stack: "x-dev-data",
    account: "1",
    lock: "l",
    since: "s",
    outcome: "rolled-back",
    undone: {},
  } as const;
  const base = options();
  let calls = 0;
  const recover = () => Promise.resolve({ stacks: calls++ === 0 ? [] : [stack] });
  const outcome = await deployEnvironment({ ...base, control: { ...base.control, recover } });
  expect(outcome.status).toBe("failed");
  expect(outcome.errors).toEqual([
    {
      stack: "x-dev-data",
      text: "Terraform was killed in the middle. What it had begun is taken back; run this again.",
    },
  ]);
});

test("what was built on the stack of a killed Terraform is told apart from it", async () => {
  installCdktf(replay("first-deploy"));
  const times = { account: "1", lock: "l", since: "s", outcome: "rolled-back", undone: {} } as const;
  const killed = { stack: "x-dev-network", ...times };
  const base = options();
  const asked: unknown[] = [];
  const recover = (request: unknown) =>
    Promise.resolve({
      stacks: asked.push(request) === 1 ? [] : [killed, { stack: "x-dev-data", ...times, with: killed.stack }],
    });
  const outcome = await deployEnvironment({ ...base, control: { ...base.control, recover } });
  expect(outcome.errors).toEqual([
    {
      stack: "x-dev-network",
      text: "Terraform was killed in the middle. What it had begun is taken back; run this again.",
    },
    {
      stack: "x-dev-data",
      text: "Terraform of x-dev-network was killed in the middle. What was done here since is taken back with it.",
    },
  ]);
  const needs = { "x-dev-network": [], "x-dev-data": ["x-dev-network"], "x-dev-cluster": ["x-dev-network"] };
  expect(asked).toEqual(asked.map(() => ({ environment: "x/dev", pid: process.pid, needs })));
});

test("a sandbox that is gone at the end does not hide why the deploy failed", async () => {
  installCdktf("echo 'npm is angry' >&2", "exit 1");
  const base = options();
  let calls = 0;
  const recover = () =>
    calls++ === 0 ? Promise.resolve({ stacks: [] }) : Promise.reject(new TypeError("fetch failed"));
  const outcome = await deployEnvironment({ ...base, control: { ...base.control, recover } });
  expect(outcome).toMatchObject({ status: "failed", errors: [{ text: "npm is angry" }] });
});

test("an interrupted deploy ends as interrupted, without errors, and gives the lease back", async () => {
  installCdktf("echo 'x-dev-network  Initializing the backend...'", "sleep 30 & wait");
  const outcome = await deployEnvironment(
    options({
      onInterrupt: (stop) => {
        const timer = setTimeout(stop, 100);
        return () => {
          clearTimeout(timer);
        };
      },
    }),
  );
  expect(outcome).toMatchObject({ status: "interrupted", errors: [] });
  expect(steps.at(-1)).toBe("release");
});
