import { loadEnvironment } from "../../config";
import { SandboxClient } from "../../sandbox";
import { inventory } from "../support/aws-inventory";
import { environmentForFaults } from "../support/fault-environment";
import { type CommandResult, Flightdeck, WITHOUT_KUBERNETES } from "../support/flightdeck";
import { terraformProcesses } from "../support/processes";
import { planExitCodes } from "../support/terraform-plan";
import { until } from "../support/until";

/**
 * The last moment of an apply: the state is in the bucket, its lock is not yet given back. cdktf goes on with the stacks
 * that read this state when Terraform is killed there.
 */
const ENVIRONMENT = "atlas/dev";
const DEPLOY = ["sandbox", "deploy", ENVIRONMENT, "--layers"] as const;
const NETWORK = "atlas-dev-network";

const configRoot = environmentForFaults();
const flightdeck = new Flightdeck({ ...WITHOUT_KUBERNETES, FLIGHTDECK_CONFIG_ROOT: configRoot });
let killed: CommandResult;
let next: CommandResult;

beforeAll(async () => {
  await flightdeck.run("sandbox", "up");
  const client = new SandboxClient(await flightdeck.endpoint());
  const deploy = flightdeck.start(...DEPLOY, "network,data");
  const since = await until("a resource is made", async () => {
    const calls = await client.calls({ principal: NETWORK });
    return calls.find(({ action }) => action === "CreateVpc")?.id;
  });
  await client.addFaults([{ kind: "throttle", service: "s3", action: "DeleteObject", principal: NETWORK }]);
  await until("the lock is to be given back", async () => {
    const calls = await client.calls({ principal: NETWORK, since });
    return calls.find(({ action }) => action === "DeleteObject");
  });
  terraformProcesses(flightdeck.sandboxDirectory).forEach((pid) => process.kill(pid, "SIGKILL"));
  await client.clearFaults();
  killed = await deploy.ended;
  next = await flightdeck.run(...DEPLOY, "network");
}, 600_000);

afterAll(() => flightdeck.dispose(), 60_000);

test("the deploy fails, and names the killed stack and the one that was built on it", () => {
  expect(killed.exitCode).toBe(1);
  expect(killed.output).toContain(
    "Terraform was killed in the middle. What it had begun is taken back; run this again.",
  );
  expect(killed.output).toContain(
    `Terraform of ${NETWORK} was killed in the middle. What was done here since is taken`,
  );
});

test("nothing is left of either, and the next deploy makes anew what it is asked for", async () => {
  expect({ exitCode: next.exitCode, why: next.exitCode === 0 ? "" : next.output }).toEqual({ exitCode: 0, why: "" });
  expect(next.output).toMatch(/network\s+done: [1-9]\d* added, 0 changed, 0 destroyed/);
  const { account, region, state, network } = loadEnvironment(configRoot, ENVIRONMENT);
  const found = await inventory({ endpoint: await flightdeck.endpoint(), account, region, stateBucket: state.bucket });
  expect(found["vpcs"]).toHaveLength(1);
  expect(found["subnets"]).toHaveLength(3 * network.zones.length);
  expect(found["buckets"] ?? []).toEqual([]);
  expect(await planExitCodes(flightdeck, ENVIRONMENT, ["network"])).toEqual({ network: 0 });
}, 120_000);
