import { loadEnvironment } from "../../config";
import type { ClusterHealth, SandboxStatus } from "../../sandbox";
import { COMPONENT_NAMES } from "../../sandbox/control-plane/components/marks";
import { processAlive } from "../../toolchain/process-alive";
import { changeEnvironment, environmentForFaults } from "../support/fault-environment";
import { Flightdeck, type CommandResult, type RunningCommand } from "../support/flightdeck";
import { crash, sandboxProcesses, type SandboxProcesses } from "../support/sandbox-processes";
import { planExitCodes } from "../support/terraform-plan";
import { until } from "../support/until";

/** A deploy in the middle of which processes were killed, and the deploy after it. */
interface Trial {
  readonly killed: SandboxProcesses;
  readonly hit: CommandResult;
  readonly next: CommandResult;
}

const ENVIRONMENT = "atlas/dev";
const AWS_LAYERS = ["network", "data", "cluster"];
const DEPLOY = ["sandbox", "deploy", ENVIRONMENT];
const DEPLOY_AWS = [...DEPLOY, "--layers", AWS_LAYERS.join(",")];
const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m;

const configRoot = environmentForFaults();
const flightdeck = new Flightdeck({ FLIGHTDECK_CONFIG_ROOT: configRoot });

beforeAll(async () => {
  const { exitCode, output } = await flightdeck.run("sandbox", "deploy", ENVIRONMENT, "--layers", "network,data");
  expect([exitCode, output]).toEqual([0, expect.any(String)]);
}, 1_200_000);
afterAll(() => flightdeck.dispose(), 120_000);

describe("the sandbox with all its processes, killed while it makes the cluster", () => {
  let trial: Trial;
  let plans: Readonly<Record<string, number | null>>;

  beforeAll(async () => {
    trial = await during(DEPLOY_AWS, {
      when: () =>
        until(
          "the control plane runs",
          () => Promise.resolve(sandboxProcesses(flightdeck.sandboxDirectory).kwok),
          240_000,
        ),
      kill: ["daemon", "moto", ...COMPONENT_NAMES],
    });
    plans = await planExitCodes(flightdeck, ENVIRONMENT, AWS_LAYERS);
  }, 1_200_000);

  test("fails that deploy without a stack trace", () => {
    expect(Object.keys(trial.killed).sort()).toEqual(["daemon", "moto", ...COMPONENT_NAMES].sort());
    expect(trial.hit.exitCode).toBe(1);
    expect(trial.hit.output).not.toMatch(STACK_TRACE);
  });

  test("the next deploy converges, and a plan after it has nothing to change", () => {
    expect(failureOf(trial.next)).toBe("");
    expect(plans).toEqual({ network: 0, data: 0, cluster: 0 });
  });

  test("its cluster has the nodes of its pools", async () => {
    await untilNodes({ system: 2, batch: 0, l4: 1 });
  }, 120_000);
});

describe("the API server, killed while objects are applied", () => {
  let trial: Trial;

  beforeAll(async () => {
    trial = await during(DEPLOY, {
      when: ({ process }) => said(process, "controllers  created "),
      kill: ["kube-apiserver"],
    });
  }, 1_200_000);

  test("ends that deploy well, or with an error that needs no stack trace", () => {
    expect(Object.keys(trial.killed)).toEqual(["kube-apiserver"]);
    expect([0, 1]).toContain(trial.hit.exitCode);
    expect(trial.hit.output).not.toMatch(STACK_TRACE);
  });

  test("the next deploy converges, and the one after it has nothing to change", async () => {
    expect(failureOf(trial.next)).toBe("");
    const { output } = await flightdeck.run(...DEPLOY);
    // Charts that cannot be reached from here are named in between.
    expect(output).toMatch(/ is as configured.*: no changes/);
  }, 240_000);
});

describe("etcd, killed while a node group is made", () => {
  let trial: Trial;

  beforeAll(async () => {
    changeEnvironment(configRoot, ENVIRONMENT, (written) => {
      const { nodePools } = written as { readonly nodePools: { readonly cpu: object } };
      const extra = { instanceTypes: ["m7i.large"], capacity: "on-demand", desiredSize: 2, maxSize: 2 };
      return { ...written, nodePools: { ...nodePools, cpu: { ...nodePools.cpu, extra } } };
    });
    trial = await during(DEPLOY_AWS, {
      when: ({ process }) => said(process, "creating aws_eks_node_group."),
      kill: ["etcd"],
    });
  }, 1_200_000);

  test("ends that deploy well, or with an error that needs no stack trace", () => {
    expect(Object.keys(trial.killed)).toEqual(["etcd"]);
    expect([0, 1]).toContain(trial.hit.exitCode);
    expect(trial.hit.output).not.toMatch(STACK_TRACE);
  });

  test("the next deploy converges, and a plan after it has nothing to change", async () => {
    expect(failureOf(trial.next)).toBe("");
    expect(await planExitCodes(flightdeck, ENVIRONMENT, ["cluster"])).toEqual({ cluster: 0 });
  }, 120_000);

  test("its cluster has the nodes of its pools, those of the new one too", async () => {
    await untilNodes({ system: 2, extra: 2, l4: 1 });
  }, 120_000);
});

test("ending the sandbox leaves no process", async () => {
  expect(Object.keys(sandboxProcesses(flightdeck.sandboxDirectory)).sort()).toEqual(
    ["daemon", "moto", ...COMPONENT_NAMES].sort(),
  );
  const before = Object.values(sandboxProcesses(flightdeck.sandboxDirectory));
  expect((await flightdeck.run("sandbox", "down")).exitCode).toBe(0);
  expect(sandboxProcesses(flightdeck.sandboxDirectory)).toEqual({});
  expect(before.filter(processAlive)).toEqual([]);
}, 90_000);

/** Runs a deploy, kills processes at a moment, and runs it again. */
async function during(
  command: readonly string[],
  fault: {
    readonly when: (deploy: RunningCommand) => Promise<unknown>;
    readonly kill: readonly (keyof SandboxProcesses)[];
  },
): Promise<Trial> {
  const deploy = flightdeck.start(...command);
  await Promise.race([fault.when(deploy), deploy.ended]);
  const running = sandboxProcesses(flightdeck.sandboxDirectory);
  const killed = Object.fromEntries(
    fault.kill.flatMap((name) => (running[name] === undefined ? [] : [[name, running[name]]])),
  );
  const began = Date.now();
  if (deploy.process.exitCode === null) Object.values(killed).forEach(crash);
  const hit = await deploy.ended;
  const ended = Date.now();
  const next = await flightdeck.run(...command);
  process.stdout.write(
    `killed ${Object.keys(killed).join(", ")}: deploy ended with ${hit.exitCode} ${((ended - began) / 1000).toFixed(0)} s later; ` +
      `next deploy ended with ${next.exitCode} after ${next.seconds.toFixed(0)} s\n`,
  );
  return { killed, hit, next };
}

function said(process: RunningCommand["process"], text: string): Promise<void> {
  let seen = "";
  return new Promise((resolve) => {
    process.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      if (seen.includes(text)) resolve();
    });
  });
}

function failureOf({ exitCode, output }: CommandResult): string {
  return exitCode === 0 ? "" : output;
}

async function clusterHealth(): Promise<ClusterHealth | undefined> {
  const { output } = await flightdeck.run("sandbox", "status", "--json");
  const status = JSON.parse(output) as SandboxStatus;
  const { project, stage } = loadEnvironment(configRoot, ENVIRONMENT);
  return status.running ? status.health.clusters.find(({ name }) => name === `${project}-${stage}`) : undefined;
}

/** Waits until the cluster has as many ready nodes as these pools are to have, and no others. */
async function untilNodes(wanted: Readonly<Record<string, number>>): Promise<void> {
  const some = Object.fromEntries(Object.entries(wanted).filter(([, count]) => count > 0));
  await until(`the nodes are ${JSON.stringify(some)}`, async () => {
    const health = await clusterHealth();
    const ready: Record<string, number> = {};
    for (const { pool, ready: count } of health?.nodes ?? []) ready[pool] = (ready[pool] ?? 0) + count;
    return health?.state === "ready" && JSON.stringify(sorted(ready)) === JSON.stringify(sorted(some))
      ? true
      : undefined;
  });
}

function sorted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}
