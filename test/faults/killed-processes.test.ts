import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadEnvironment } from "../../config";
import { inventory, stateClient, type Inventory } from "../support/aws-inventory";
import { environmentForFaults } from "../support/fault-environment";
import { Flightdeck, WITHOUT_KUBERNETES } from "../support/flightdeck";
import { inLanes } from "../support/lanes";
import { terraformProcesses } from "../support/processes";
import { seededRandom } from "../support/random";
import { planExitCodes } from "../support/terraform-plan";

type Victim = "terraform" | "moto";

/** One deploy of a fresh sandbox in the middle of which a process was killed, and the deploy after it. */
interface Trial {
  readonly victim: Victim;
  /** How many resources the deploy had created when the process was killed. */
  readonly afterResources: number;
  /** Whether there was something to kill. */
  readonly killed: boolean;
  readonly exitCode: number | null;
  readonly output: string;
  /** Whether each state object was readable Terraform state right after the kill, by key. */
  readonly states: Readonly<Record<string, boolean>>;
  readonly nextExitCode: number | null;
  readonly nextOutput: string;
  readonly found: Inventory;
  /** By layer, where Terraform was killed: what a plan after the next deploy answered. */
  readonly plans?: Readonly<Record<string, number | null>>;
}

/** When to kill: so many milliseconds after so many resources, at least one: before it nothing need be running. */
interface Moment {
  readonly afterResources: number;
  readonly delayMs: number;
}

const ENVIRONMENT = "atlas/dev";
const LAYERS = ["network", "data", "cluster"];
const TRIALS = 10;
/** More at once take longer each: Terraform's providers are at work on every core there is. */
const AT_ONCE = 4;
/** The environment has some more: the last ones are left out, so that there is still something to kill. */
const MOST_RESOURCES = 125;
/** The kill comes up to this long after a resource, so that it hits calls and waits alike. */
const MOST_DELAY_MS = 2000;
const SEED = Number(process.env["FLIGHTDECK_FAULT_SEED"] ?? Date.now() % 100_000);

const configRoot = environmentForFaults();
const config = loadEnvironment(configRoot, ENVIRONMENT);
let trials: Trial[];

beforeAll(async () => {
  process.stdout.write(`seed ${SEED} (repeat with FLIGHTDECK_FAULT_SEED=${SEED})\n`);
  const random = seededRandom(SEED);
  const moments = Array.from({ length: TRIALS }, () => ({
    afterResources: 1 + Math.floor(random() * MOST_RESOURCES),
    delayMs: random() * MOST_DELAY_MS,
  }));
  trials = await inLanes(AT_ONCE, moments, (moment, index) => trial(index % 2 === 0 ? "terraform" : "moto", moment));
}, 1_800_000);

const each = <T>(pick: (trial: Trial) => T): T[] => trials.map(pick);

test("a process was killed in the middle of every deploy", () => {
  expect(each(({ killed }) => killed)).toEqual(Array.from({ length: TRIALS }, () => true));
});

test("a deploy whose Terraform was killed fails without a stack trace; one whose moto was killed goes on to its end", () => {
  expect(each(({ victim, exitCode }) => ({ victim, exitCode }))).toEqual(
    each(({ victim }) => ({ victim, exitCode: victim === "terraform" ? 1 : 0 })),
  );
  expect(each(({ output }) => /^\s+at .+:\d+:\d+\)?$/m.test(output))).not.toContain(true);
});

test("every state is readable after the kill", () => {
  expect(each(({ states }) => states)).toEqual(
    each(({ states }) => Object.fromEntries(Object.keys(states).map((key) => [key, true]))),
  );
});

test("the following deploy converges", () => {
  expect(each(({ nextExitCode, nextOutput }) => ({ nextExitCode, why: nextExitCode === 0 ? "" : nextOutput }))).toEqual(
    each(() => ({ nextExitCode: 0, why: "" })),
  );
});

test("nothing exists twice, and nothing is missing", () => {
  const zones = config.network.zones.length;
  const pools = 1 + Object.keys(config.nodePools.cpu).length + Object.keys(config.nodePools.gpu).length;
  const counts = (found: Inventory) => ({
    vpcs: found["vpcs"]?.length,
    subnets: found["subnets"]?.length,
    natGateways: found["natGateways"]?.length,
    addresses: found["addresses"]?.length,
    buckets: found["buckets"]?.length,
    keys: found["keys"]?.length,
    clusters: found["clusters"]?.length,
    nodeGroups: found["nodeGroups"]?.length,
    launchTemplates: found["launchTemplates"]?.length,
  });
  expect(each(({ found }) => counts(found))).toEqual(
    each(() => ({
      vpcs: 1,
      subnets: 3 * zones,
      natGateways: 1,
      addresses: 1,
      buckets: Object.keys(config.data.stores).length,
      keys: 4,
      clusters: 1,
      nodeGroups: pools,
      launchTemplates: pools,
    })),
  );
});

test("a further plan, or the next deploy where the first went on to its end, has nothing to change", () => {
  const unchanged = ({ plans, nextOutput }: Trial) => plans ?? nextOutput.includes("as configured: no changes");
  expect(each(unchanged)).toEqual(
    each(({ victim }) => (victim === "terraform" ? { network: 0, data: 0, cluster: 0 } : true)),
  );
});

async function trial(victim: Victim, { afterResources, delayMs }: Moment): Promise<Trial> {
  const flightdeck = new Flightdeck({ ...WITHOUT_KUBERNETES, FLIGHTDECK_CONFIG_ROOT: configRoot });
  try {
    const deploy = flightdeck.start("sandbox", "deploy", ENVIRONMENT);
    await Promise.race([created(deploy.process, afterResources), deploy.ended]);
    await sleep(delayMs);
    const killed = deploy.process.exitCode === null && (await kill(flightdeck, victim));
    const { exitCode, output } = await deploy.ended;
    const states = await readStates(flightdeck);
    const next = await flightdeck.run("sandbox", "deploy", ENVIRONMENT);
    const result = {
      ...{ victim, afterResources, killed, exitCode, output, states },
      nextExitCode: next.exitCode,
      nextOutput: next.output,
      found: await inventory(await scope(flightdeck)),
      ...(victim === "terraform" && { plans: await planExitCodes(flightdeck, ENVIRONMENT, LAYERS) }),
    };
    process.stdout.write(`${summary(result)}\n`);
    return result;
  } finally {
    await flightdeck.dispose();
  }
}

/** Resolves when the deploy has said of that many resources that they are created. */
function created(process: { stdout: NodeJS.ReadableStream | null }, count: number): Promise<void> {
  let seen = "";
  return new Promise((resolve) => {
    process.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      if ((seen.match(/ created aws_/g) ?? []).length >= count) resolve();
    });
  });
}

function summary({ victim, afterResources, exitCode, output, nextExitCode, nextOutput, states }: Trial): string {
  const atOnce = output.includes("What it had begun is taken back") ? "taken back at once" : "nothing to take back";
  const takenBack = /taken back what it had begun: .*/.exec(nextOutput)?.[0] ?? atOnce;
  return (
    `killed ${victim} after ${afterResources} resources: deploy ended with ${exitCode}, ` +
    `${Object.keys(states).length} states; next deploy ended with ${nextExitCode}, ${takenBack}`
  );
}

async function kill(flightdeck: Flightdeck, victim: Victim): Promise<boolean> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const pids = victim === "moto" ? motoProcess(flightdeck) : terraformProcesses(flightdeck.sandboxDirectory);
    if (pids.length > 0) {
      pids.forEach((pid) => process.kill(pid, "SIGKILL"));
      return true;
    }
    await sleep(50);
  }
  return false;
}

function motoProcess(flightdeck: Flightdeck): number[] {
  const text = readFileSync(join(flightdeck.sandboxDirectory, "gateway.json"), "utf8");
  const { motoPid } = JSON.parse(text) as { motoPid?: number };
  return motoPid === undefined ? [] : [motoPid];
}

async function readStates(flightdeck: Flightdeck): Promise<Record<string, boolean>> {
  const { stateBucket, ...place } = await scope(flightdeck);
  const s3 = stateClient(place);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: stateBucket }));
  const keys = (listed.Contents ?? []).map(({ Key }) => Key ?? "").filter((key) => key.endsWith(".tfstate"));
  const states = keys.map(async (Key) => {
    const object = await s3.send(new GetObjectCommand({ Bucket: stateBucket, Key }));
    return [Key, isState((await object.Body?.transformToString()) ?? "")] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}

function isState(text: string): boolean {
  try {
    const { version, serial, lineage } = JSON.parse(text) as Record<string, unknown>;
    return version === 4 && typeof serial === "number" && typeof lineage === "string";
  } catch {
    return false;
  }
}

async function scope(flightdeck: Flightdeck) {
  const { account, region, state } = config;
  return { endpoint: await flightdeck.endpoint(), account, region, stateBucket: state.bucket };
}
