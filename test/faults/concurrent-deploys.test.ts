import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadEnvironment } from "../../config";
import { stateClient } from "../support/aws-inventory";
import { Flightdeck, ROOT, type CommandResult, WITHOUT_KUBERNETES } from "../support/flightdeck";
import { terraformProcesses } from "../support/processes";

const flightdeck = new Flightdeck(WITHOUT_KUBERNETES);
const DEPLOY = ["sandbox", "deploy", "atlas/dev", "--layers", "network"] as const;
const HOLDER = `${userInfo().username}@${hostname()}`;

let first: CommandResult;
let second: CommandResult;
let stock: CommandResult;
let ours: CommandResult;
let afterwards: CommandResult;

beforeAll(async () => {
  await flightdeck.run("sandbox", "up");
  const running = flightdeck.start(...DEPLOY);
  while (terraformProcesses(flightdeck.sandboxDirectory).length === 0) await sleep(50);
  second = await flightdeck.run(...DEPLOY);
  first = await running.ended;

  holder = await holdStateLock();
  stock = await flightdeck.runWithSandboxEnvironment(
    'npx cdktf deploy atlas-dev-network --auto-approve --no-color --output "$(mktemp -d)"',
  );
  ours = await flightdeck.run(...DEPLOY);
  const closed = once(holder, "close");
  holder.stdin?.end();
  await closed;
  afterwards = await flightdeck.run(...DEPLOY);
}, 300_000);

let holder: ChildProcess | undefined;

afterAll(async () => {
  holder?.stdin?.end();
  await flightdeck.dispose();
}, 60_000);

test("of two deploys of an environment the first finishes", () => {
  expect({ exitCode: first.exitCode, output: first.exitCode === 0 ? "" : first.output }).toEqual({
    exitCode: 0,
    output: "",
  });
});

test("the second is refused at once and told who holds the environment", () => {
  expect(second.exitCode).toBe(1);
  expect(second.output).toContain(`atlas/dev is being deployed by process`);
  expect(second.output).toContain(HOLDER);
  expect(second.seconds).toBeLessThan(first.seconds);
});

test("the stock command meets Terraform's own lock, which names its holder", () => {
  expect(stock.exitCode).toBe(1);
  expect(stock.output).toContain("Error acquiring the state lock");
  expect(stock.output).toContain(HOLDER);
});

test("our command does not take away the lock of a living Terraform that somebody else started", () => {
  expect(ours.exitCode).toBe(1);
  expect(ours.output).toContain("A Terraform that was started elsewhere works on atlas-dev-network");
});

test("once the lock is given back, the next deploy goes on", () => {
  expect(afterwards.exitCode).toBe(0);
  expect(afterwards.output).toContain("atlas/dev is as configured: no changes");
});

/** `terraform console` holds the lock of its state for as long as its input is open. */
async function holdStateLock(): Promise<ChildProcess> {
  const folder = join(flightdeck.sandboxDirectory, "cdktf.out/stacks/atlas-dev-network");
  const variables = await flightdeck.sandboxVariables();
  const console = spawn("terraform", ["console"], {
    cwd: folder,
    env: variables,
    stdio: ["pipe", "ignore", "inherit"],
  });
  while (!(await lockIsHeld())) await sleep(200);
  return console;
}

async function lockIsHeld(): Promise<boolean> {
  const { account, region, state } = loadEnvironment(ROOT, "atlas/dev");
  const s3 = stateClient({ endpoint: await flightdeck.endpoint(), account, region });
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: state.bucket, Prefix: "atlas/dev/network" }));
  return (listed.Contents ?? []).some(({ Key }) => Key?.endsWith(".tflock"));
}
