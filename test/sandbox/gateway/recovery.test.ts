import { Agent, request } from "node:http";
import { authorization, query, send } from "../signed-request";
import { until } from "../../support/until";
import { temporaryDirectory } from "../temporary-directory";
import type { TestGateway } from "./test-gateway";
import { startTestGateway } from "./test-gateway";

const directory = temporaryDirectory();
let sandbox: TestGateway;
beforeEach(async () => {
  sandbox = await startTestGateway(directory());
});
afterEach(() => sandbox.gateway.close());

const lock = (method: "PUT" | "DELETE", principal = "atlas-dev-network") =>
  send(sandbox.gateway.endpoint, {
    service: "s3",
    method,
    path: `/state/atlas/dev/${principal}.tfstate.tflock`,
    principal,
  });
const lease = (pid: number, environment = "atlas/dev") => ({
  environment,
  pid,
  user: "ada",
  host: "loom",
  startedAt: "2026-01-01T00:00:00Z",
});

test("an operation whose Terraform died is taken back whole, the others' calls stay", async () => {
  const { gateway, moto, client } = sandbox;
  await query(gateway.endpoint, "CreateVpc");
  await lock("PUT");
  await query(gateway.endpoint, "CreateSubnet");
  await query(gateway.endpoint, "CreateKey", { principal: "atlas-dev-data" });
  const report = await client.recover({ environment: "atlas/dev" });
  expect(report.stacks).toEqual([
    expect.objectContaining({
      stack: "atlas-dev-network",
      lock: "state/atlas/dev/atlas-dev-network.tfstate.tflock",
      outcome: "rolled-back",
      undone: { "s3:PutObject": 1, "ec2:CreateSubnet": 1 },
    }),
  ]);
  expect(moto.world).toEqual(["CreateVpc-1", "CreateKey-4"]);
  expect(await client.recover({ environment: "atlas/dev" })).toEqual({ stacks: [] });
});

const NEEDS = { "atlas-dev-network": [], "atlas-dev-data": ["atlas-dev-network"] };

test("what was built on it since is taken back with it", async () => {
  const { gateway, moto, client } = sandbox;
  await query(gateway.endpoint, "CreateKey", { principal: "atlas-dev-data" });
  await lock("PUT");
  await query(gateway.endpoint, "CreateVpc");
  await lock("PUT", "atlas-dev-data");
  await query(gateway.endpoint, "CreateAlias", { principal: "atlas-dev-data" });
  await lock("DELETE", "atlas-dev-data");
  const { stacks } = await client.recover({ environment: "atlas/dev", needs: NEEDS });
  const held = { account: stacks[0]?.account, since: stacks[0]?.since, lock: stacks[0]?.lock, outcome: "rolled-back" };
  expect(stacks).toEqual([
    { ...held, stack: "atlas-dev-network", undone: { "s3:PutObject": 1, "ec2:CreateVpc": 1 } },
    {
      ...held,
      stack: "atlas-dev-data",
      with: "atlas-dev-network",
      undone: { "s3:PutObject": 1, "ec2:CreateAlias": 1, "s3:DeleteObject": 1 },
    },
  ]);
  expect(moto.world).toEqual(["CreateKey-1"]);
});

test("a neighbour that died too is told once, with all that it did", async () => {
  await lock("PUT");
  await query(sandbox.gateway.endpoint, "CreateKey", { principal: "atlas-dev-data" });
  await lock("PUT", "atlas-dev-data");
  const { stacks } = await sandbox.client.recover({ environment: "atlas/dev", needs: NEEDS });
  expect(stacks.map(({ stack, with: other, undone }) => ({ stack, other, undone }))).toEqual([
    { stack: "atlas-dev-network", undone: { "s3:PutObject": 1 } },
    { stack: "atlas-dev-data", undone: { "s3:PutObject": 1, "ec2:CreateKey": 1 } },
  ]);
  expect(sandbox.moto.world).toEqual([]);
});

test("EKS forgets what was taken back, too", async () => {
  await lock("PUT");
  await send(sandbox.gateway.endpoint, { service: "eks", path: "/clusters", body: '{"name":"atlas-dev"}' });
  await sandbox.client.recover({ stacks: ["atlas-dev-network"] });
  expect(sandbox.eks.clusters).toEqual([]);
  expect(sandbox.moto.world).toEqual([]);
});

test("an operation that gave its lock back is kept, and moto is not touched", async () => {
  await lock("PUT");
  await query(sandbox.gateway.endpoint, "CreateVpc");
  await lock("DELETE");
  expect(await sandbox.client.recover({ environment: "atlas/dev" })).toEqual({ stacks: [] });
  expect([sandbox.moto.world, sandbox.moto.starts]).toEqual([["CreateVpc-2"], 1]);
});

test("a Terraform that still has a connection open is left alone, unless forced", async () => {
  const agent = new Agent({ keepAlive: true });
  await lockThrough(agent);
  const { stacks } = await sandbox.client.recover({ environment: "atlas/dev" });
  expect(stacks.map(({ outcome, undone }) => ({ outcome, undone }))).toEqual([{ outcome: "running", undone: {} }]);
  const forced = await sandbox.client.recover({ environment: "atlas/dev", force: true });
  expect(forced.stacks.map(({ outcome }) => outcome)).toEqual(["rolled-back"]);
  agent.destroy();
});

test("what died is left alone while a neighbour works on it, which is named", async () => {
  const agent = new Agent({ keepAlive: true });
  await lock("PUT");
  await lockThrough(agent, "atlas-dev-data");
  const { stacks } = await sandbox.client.recover({ environment: "atlas/dev", needs: NEEDS });
  expect(stacks.map(({ stack, outcome }) => ({ stack, outcome }))).toEqual([
    { stack: "atlas-dev-data", outcome: "running" },
  ]);
  agent.destroy();
  const taken = await until("both are taken back", async () => {
    const report = await sandbox.client.recover({ environment: "atlas/dev", needs: NEEDS });
    return report.stacks.every(({ outcome }) => outcome === "rolled-back") ? report.stacks : undefined;
  });
  expect(taken.map(({ stack }) => stack)).toEqual(["atlas-dev-network", "atlas-dev-data"]);
});

test.each([{ environment: "atlas/dev" }, { stacks: ["atlas-dev-network"] }])(
  "nothing is taken back by %j while another living process deploys it",
  async (scope) => {
    await sandbox.client.takeLease(lease(process.pid));
    await expect(sandbox.client.recover({ ...scope, pid: process.pid + 1 })).rejects.toThrow(
      `atlas/dev is being deployed by process ${process.pid} of ada@loom, since 2026-01-01T00:00:00Z: nothing of it is rolled back.`,
    );
    expect(await sandbox.client.recover({ ...scope, pid: process.pid })).toEqual({ stacks: [] });
  },
);

test("a request that says nothing sensible is refused with what is wrong", async () => {
  await expect(sandbox.client.recover({ environment: 7, wrong: true } as never)).rejects.toThrow(
    'environment: Invalid input: expected string, received number\nbody: Unrecognized key: "wrong"',
  );
});

/** Takes a lock on a connection that stays open as long as the agent. */
function lockThrough(agent: Agent, principal = "atlas-dev-network"): Promise<void> {
  return new Promise((resolve, reject) => {
    const put = request(sandbox.gateway.endpoint, {
      agent,
      path: `/state/atlas/dev/${principal}.tfstate.tflock`,
      method: "PUT",
      headers: { authorization: authorization("s3", undefined, principal) },
    });
    put.once("error", reject).once("response", (response) => response.resume().once("end", resolve));
    put.end("{}");
  });
}
