import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadEnvironment } from "../../config";
import { inventory, type Inventory } from "../support/aws-inventory";
import { Flightdeck, ROOT } from "../support/flightdeck";
import { terraformProcesses } from "../support/processes";
import { seededRandom } from "../support/random";
import { planExitCodes } from "../support/terraform-plan";

const ENVIRONMENT = "atlas/dev";
const SEED = Number(process.env["FLIGHTDECK_FAULT_SEED"] ?? Date.now() % 100_000);
const random = seededRandom(SEED);
const flightdeck = new Flightdeck();
const config = loadEnvironment(ROOT, ENVIRONMENT);

/** One process killed while a deploy ran. */
interface Kill {
  readonly victim: "terraform" | "moto";
  readonly afterSeconds: number;
  /** Whether the deploy ended before there was anything to kill. */
  readonly killed: boolean;
  readonly exitCode: number | null;
  readonly output: string;
  /** Keys of the state objects that are readable Terraform state after the kill. */
  readonly readableStates: readonly string[];
  readonly brokenStates: readonly string[];
}

const kills: Kill[] = [];
let duringData: Inventory;
let converged: Inventory;

/**
 * Two phases of five kills, since a deploy that is always interrupted early would never reach its later stacks: first
 * network and data, then, after one deploy of these was left alone, the cluster.
 */
beforeAll(async () => {
  process.stdout.write(`seed ${SEED} (repeat with FLIGHTDECK_FAULT_SEED=${SEED})\n`);
  for (const victim of ["terraform", "moto", "terraform", "moto", "terraform"] as const) {
    kills.push(await killDuringDeploy(victim, 12, 50));
  }
  await succeed("sandbox", "deploy", ENVIRONMENT, "--layers", "network,data");
  duringData = await inventory(await scope());
  for (const victim of ["moto", "terraform", "moto", "terraform", "terraform"] as const) {
    kills.push(await killDuringDeploy(victim, 25, 55));
  }
  await succeed("sandbox", "deploy", ENVIRONMENT);
  converged = await inventory(await scope());
}, 1_800_000);

afterAll(() => flightdeck.dispose(), 120_000);

test("processes were killed in the middle of ten deploys", () => {
  expect(kills.map(({ killed }) => killed)).toEqual(Array.from({ length: 10 }, () => true));
});

test("a deploy whose Terraform was killed fails and says what to do; one whose moto was killed goes on", () => {
  for (const { victim, exitCode, output } of kills) {
    if (victim === "moto") {
      expect({ victim, exitCode, output: exitCode === 0 ? "" : output }).toEqual({ victim, exitCode: 0, output: "" });
    } else {
      expect({ victim, exitCode }).toEqual({ victim, exitCode: 1 });
      expect(output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    }
  }
});

test("every state stays readable after every kill", () => {
  expect(kills.flatMap(({ brokenStates }) => brokenStates)).toEqual([]);
});

test("the following deploy converges without duplicates", () => {
  const zones = config.network.zones.length;
  expect(duringData["vpcs"]).toHaveLength(1);
  expect(duringData["subnets"]).toHaveLength(2 * zones);
  expect(converged["vpcs"]).toEqual(duringData["vpcs"]);
  expect(converged["subnets"]).toEqual(duringData["subnets"]);
  expect(converged["buckets"]).toEqual(duringData["buckets"]);
  expect(converged["buckets"]).toHaveLength(Object.keys(config.data.stores).length);
  expect(converged["clusters"]).toEqual(["atlas-dev"]);
  expect(converged["nodeGroups"]).toHaveLength(
    1 + Object.keys(config.nodePools.cpu).length + Object.keys(config.nodePools.gpu).length,
  );
});

test("nothing is left to change, and nothing exists that no state knows", async () => {
  expect(await planExitCodes(flightdeck, ENVIRONMENT, ["network", "data", "cluster"])).toEqual({
    network: 0,
    data: 0,
    cluster: 0,
  });
  await succeed("sandbox", "destroy", ENVIRONMENT);
  expect(await inventory(await scope())).toEqual({});
}, 600_000);

async function killDuringDeploy(victim: Kill["victim"], earliest: number, latest: number): Promise<Kill> {
  const afterSeconds = earliest + random() * (latest - earliest);
  const deploy = flightdeck.start("sandbox", "deploy", ENVIRONMENT);
  await Promise.race([sleep(afterSeconds * 1000), deploy.ended]);
  const killed = deploy.process.exitCode === null && (await kill(victim));
  const { exitCode, output } = await deploy.ended;
  const states = await readStates();
  process.stdout.write(
    `killed ${victim} after ${afterSeconds.toFixed(1)} s: deploy ended with ${exitCode}, ` +
      `${states.readableStates.length} states readable\n`,
  );
  return { victim, afterSeconds, killed, exitCode, output, ...states };
}

async function kill(victim: Kill["victim"]): Promise<boolean> {
  if (victim === "moto") return killMoto();
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const pids = terraformProcesses(flightdeck.sandboxDirectory);
    if (pids.length > 0) {
      pids.forEach((pid) => process.kill(pid, "SIGKILL"));
      return true;
    }
    await sleep(100);
  }
  return false;
}

function killMoto(): boolean {
  const { motoPid } = JSON.parse(readFileSync(join(flightdeck.sandboxDirectory, "gateway.json"), "utf8")) as {
    motoPid: number;
  };
  return process.kill(motoPid, "SIGKILL");
}

async function readStates(): Promise<Pick<Kill, "readableStates" | "brokenStates">> {
  const { endpoint, account, region, stateBucket } = await scope();
  const s3 = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: `FD-${account}-inventory`, secretAccessKey: "sandbox" },
  });
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: stateBucket }));
  const keys = (listed.Contents ?? []).map(({ Key }) => Key ?? "").filter((key) => key.endsWith(".tfstate"));
  const readable = await Promise.all(
    keys.map(async (Key) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: stateBucket, Key }));
      return isState((await object.Body?.transformToString()) ?? "");
    }),
  );
  return {
    readableStates: keys.filter((_, index) => readable[index]),
    brokenStates: keys.filter((_, index) => !readable[index]),
  };
}

function isState(text: string): boolean {
  try {
    const { version, serial, lineage } = JSON.parse(text) as Record<string, unknown>;
    return version === 4 && typeof serial === "number" && typeof lineage === "string";
  } catch {
    return false;
  }
}

async function scope() {
  return {
    endpoint: await flightdeck.endpoint(),
    account: config.account,
    region: config.region,
    stateBucket: config.state.bucket,
  };
}

async function succeed(...args: string[]): Promise<void> {
  const { exitCode, output } = await flightdeck.run(...args);
  if (exitCode !== 0) throw new Error(`flightdeck ${args.join(" ")} ended with ${exitCode}:\n${output}`);
}
