import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentIds, loadEnvironment, type EnvironmentConfig } from "../../config";
import { inventory, type Inventory, type InventoryScope } from "../support/aws-inventory";
import { Flightdeck, ROOT } from "../support/flightdeck";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import { KubernetesApiError } from "../../sandbox/kubernetes/api-error";
import { readTokenKubeconfig, tokenConnection } from "../support/kubeconfig";
import { planExitCodes } from "../support/terraform-plan";

const LAYERS = ["network", "data", "cluster"];

/** One environment's whole life in a sandbox of its own. */
interface Life {
  readonly config: EnvironmentConfig;
  readonly deployed: Inventory;
  /** What the first deploy printed. */
  readonly printed: string;
  /** HTTP status that the cluster answers a viewer, and a role without an access entry, who list pods. */
  readonly listings: readonly (number | undefined)[];
  /** Nodes of its cluster by pool, as the API server has them. */
  readonly nodes: Readonly<Record<string, number>>;
  readonly secondPlans: Readonly<Record<string, number | null>>;
  readonly refusedDestroys: Refusals | undefined;
  readonly left: Inventory;
}

/** What was said to whoever tried to destroy a protected environment. */
interface Refusals {
  readonly ours: string;
  readonly terraforms: string;
}

const lives = new Map<string, Life>();

beforeAll(async () => {
  const ids = environmentIds(ROOT);
  const results = await Promise.all(ids.map(live));
  ids.forEach((id, index) => lives.set(id, results[index] as Life));
}, 1_500_000);

describe.each(environmentIds(ROOT))("%s in the sandbox", (id) => {
  const life = () => lives.get(id) as Life;

  test("deploys its network", () => {
    const { config, deployed } = life();
    const { zones, nat, podCidr, interfaceEndpoints = [] } = config.network;
    expect(deployed["vpcs"]).toHaveLength(1);
    expect(deployed["subnets"]).toHaveLength((podCidr === undefined ? 2 : 3) * zones.length);
    expect(deployed["natGateways"] ?? []).toHaveLength({ none: 0, single: 1, "per-zone": zones.length }[nat]);
    expect(deployed["vpcEndpoints"]).toHaveLength(["s3", "dynamodb", ...interfaceEndpoints].length);
    expect(deployed["flowLogs"]).toHaveLength(1);
  });

  test("deploys its stores, database, cache and images", () => {
    const { config, deployed } = life();
    const { stores, accessLogs, images } = config.data;
    const copies = Object.values(stores).filter(({ replicate }) => replicate).length;
    expect(deployed["buckets"]).toHaveLength(Object.keys(stores).length + copies + (accessLogs.enabled ? 1 : 0));
    const name = `${config.project}-${config.stage}-platform`;
    expect([deployed["databases"], deployed["caches"]]).toEqual([[name], [name]]);
    expect(deployed["repositories"]).toHaveLength(Object.keys(images.repositories).length);
    expect(deployed["pullThroughCacheRules"]).toHaveLength(images.pullThrough.length);
  });

  test("deploys its cluster with its pools, queue, schedules and budgets", () => {
    const { config, deployed } = life();
    const { cpu, gpu, neuron } = config.nodePools;
    const pools = [...Object.values(cpu), ...Object.values(gpu), ...Object.values(neuron)];
    expect(deployed["clusters"]).toEqual([`${config.project}-${config.stage}`]);
    expect(deployed["nodeGroups"]).toHaveLength(1 + pools.length);
    expect(deployed["queues"] ?? []).toHaveLength(config.cluster.karpenter ? 1 : 0);
    expect(deployed["schedules"] ?? []).toHaveLength(2 * pools.filter(({ offHours }) => offHours !== undefined).length);
    expect(deployed["budgets"]).toHaveLength(1 + Object.keys(config.budgets.pools).length);
  });

  test("deploys its controllers layer, on as many nodes as each pool wants", () => {
    const { config, printed, nodes } = life();
    const { system, cpu, gpu, neuron } = config.nodePools;
    const pools = Object.entries({ system, ...cpu, ...gpu, ...neuron });
    const wanted = pools.map(([name, { desiredSize }]) => [name, desiredSize] as const);
    expect(printed).toMatch(/controllers +done: \d+ added, 0 changed, 0 destroyed/);
    expect(nodes).toEqual(Object.fromEntries(wanted.filter(([, size]) => size > 0)));
  });

  test("lets a viewer look at its pods, and a role without an access entry at nothing", () => {
    expect(life().listings).toEqual([200, 401]);
  });

  test("has nothing to change in a second plan of any stack", () => {
    expect(life().secondPlans).toEqual(Object.fromEntries(LAYERS.map((layer) => [layer, 0])));
  });

  test("is destroyed only after its protection is taken off", () => {
    const { config, refusedDestroys } = life();
    if (!config.protection.deletion) {
      expect(refusedDestroys).toBeUndefined();
      return;
    }
    expect(refusedDestroys?.ours).toBe(
      `${id} is protected: \`protection.deletion\` is true (stage defaults). To destroy it, set it to false in ` +
        `config/environments/${id}.yaml and deploy that; then destroy.\n`,
    );
    expect(refusedDestroys?.terraforms).toContain("lifecycle.prevent_destroy set");
  });

  test("leaves nothing behind when destroyed but the snapshot that it asks for", () => {
    const { config, left } = life();
    const snapshot = `${config.project}-${config.stage}-platform-final`;
    expect(left).toEqual(config.data.database.finalSnapshot ? { databaseSnapshots: [snapshot] } : {});
  });
});

async function live(id: string): Promise<Life> {
  const configRoot = unprotectableCopy();
  const flightdeck = new Flightdeck({ FLIGHTDECK_CONFIG_ROOT: configRoot.directory });
  try {
    const printed = await succeed(flightdeck, "sandbox", "deploy", id);
    const nodes = await nodesByPool(flightdeck);
    const config = loadEnvironment(configRoot.directory, id);
    const roles = [config.cluster.viewers[0] ?? "", `arn:aws:iam::${config.account}:role/nobody`];
    const listings = await Promise.all(roles.map((role) => listingPodsAs(flightdeck, id, role)));
    const scope = await inventoryScope(flightdeck, config);
    const deployed = await inventory(scope);
    const secondPlans = await planExitCodes(flightdeck, id, LAYERS);
    const refusedDestroys = config.protection.deletion
      ? await unprotect(flightdeck, id, () => configRoot.unprotect(id))
      : undefined;
    await succeed(flightdeck, "sandbox", "destroy", id);
    return {
      config,
      deployed,
      printed,
      nodes,
      listings,
      secondPlans,
      refusedDestroys,
      left: await inventoryOfAllRegions(scope, config),
    };
  } finally {
    await flightdeck.dispose();
  }
}

async function inventoryOfAllRegions(scope: InventoryScope, { data }: EnvironmentConfig): Promise<Inventory> {
  const here = await inventory(scope);
  if (data.replicationRegion === undefined) return here;
  return { ...(await inventory({ ...scope, region: data.replicationRegion })), ...here };
}

/** The way a team takes a protected environment down: the refusal, then the setting, then a deploy. */
async function unprotect(flightdeck: Flightdeck, id: string, change: () => void): Promise<Refusals> {
  const refused = await flightdeck.run("sandbox", "destroy", id);
  const folder = join(flightdeck.sandboxDirectory, "cdktf.out/stacks", `${id.replace("/", "-")}-data`);
  const planned = await flightdeck.runWithSandboxEnvironment(
    "terraform plan -destroy -input=false -lock=false -no-color",
    folder,
  );
  expect([refused.exitCode, planned.exitCode]).toEqual([1, 1]);
  change();
  await succeed(flightdeck, "sandbox", "deploy", id);
  return { ours: refused.output, terraforms: planned.output };
}

/** @returns 200, or the status of the refusal */
async function listingPodsAs(flightdeck: Flightdeck, id: string, role: string): Promise<number | undefined> {
  const { output } = await flightdeck.run("sandbox", "kubeconfig", id, "--role", role);
  const text = output.slice(output.indexOf("apiVersion:"));
  const api = new KubernetesApi(await tokenConnection(readTokenKubeconfig(text)));
  try {
    await api.list("v1", "Pod", {});
    return 200;
  } catch (error) {
    return error instanceof KubernetesApiError ? error.status : undefined;
  } finally {
    api.close();
  }
}

async function nodesByPool(flightdeck: Flightdeck): Promise<Record<string, number>> {
  const { output } = await flightdeck.run("sandbox", "status", "--json");
  const { health } = JSON.parse(output) as { health: { clusters: { nodes: { pool: string; ready: number }[] }[] } };
  const counts: Record<string, number> = {};
  for (const { pool, ready } of health.clusters.flatMap(({ nodes }) => nodes)) {
    counts[pool] = (counts[pool] ?? 0) + ready;
  }
  return counts;
}

async function succeed(flightdeck: Flightdeck, ...args: string[]): Promise<string> {
  const { exitCode, output, seconds } = await flightdeck.run(...args);
  if (exitCode !== 0) throw new Error(`flightdeck ${args.join(" ")} ended with ${exitCode}:\n${output}`);
  process.stdout.write(`flightdeck ${args.join(" ")}: ${seconds.toFixed(0)} s\n`);
  return output;
}

async function inventoryScope(flightdeck: Flightdeck, config: EnvironmentConfig) {
  return {
    endpoint: await flightdeck.endpoint(),
    account: config.account,
    region: config.region,
    stateBucket: config.state.bucket,
  };
}

/** A copy of the environment files and their waivers, so that a test may change them as a user would. */
function unprotectableCopy() {
  const flightdeck = new Flightdeck();
  for (const folder of ["config/environments", "config/policy"]) {
    cpSync(join(ROOT, folder), join(flightdeck.directory, folder), { recursive: true });
  }
  return {
    directory: flightdeck.directory,
    unprotect(id: string) {
      const file = join(flightdeck.directory, "config/environments", `${id}.yaml`);
      writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\nprotection:\n  deletion: false\n`);
    },
  };
}
