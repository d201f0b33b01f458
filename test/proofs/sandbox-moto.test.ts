import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ensureStateBucket,
  SandboxClient,
  startSandbox,
  stopSandbox,
  type SandboxHandle,
  type SandboxStatus,
  sandboxStatus,
} from "../../sandbox";
import { query, send } from "../sandbox/signed-request";
import { motoServer } from "../support/moto";

jest.setTimeout(120_000);

const directory = mkdtempSync(join(tmpdir(), "flightdeck-proof-"));
const up = () => startSandbox({ directory, motoServer: motoServer() });
let sandbox: SandboxHandle;
beforeAll(async () => {
  sandbox = await up();
});
afterAll(async () => {
  await stopSandbox({ directory, purge: true });
  rmSync(directory, { recursive: true, force: true });
});

const idOf = (tag: string, body: string) => new RegExp(`<${tag}>([^<]+)`).exec(body)?.[1];
const createVpc = async () =>
  idOf(
    "vpcId",
    (await query(sandbox.endpoint, "CreateVpc", { body: "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.9.0.0/16" }))
      .body,
  );
const vpcs = async () =>
  [...(await query(sandbox.endpoint, "DescribeVpcs")).body.matchAll(/<vpcId>([^<]+)/g)].map(([, id]) => id);
const kill = (pid: number) => process.kill(pid, "SIGKILL");
const running = async () => (await sandboxStatus(directory)) as Extract<SandboxStatus, { running: true }>;

test("ids survive kill -9 of moto, kill -9 of the gateway, and a stop", async () => {
  const first = await createVpc();
  const before = await vpcs();
  kill((await running()).health.moto.pid ?? 0);
  expect(await vpcs()).toEqual(before);
  expect((await running()).health.moto).toEqual(expect.objectContaining({ restarts: 1 }));

  kill(sandbox.pid);
  const port = new URL(sandbox.endpoint).port;
  sandbox = await up();
  expect([sandbox.started, new URL(sandbox.endpoint).port]).toEqual(["started", port]);
  expect(await vpcs()).toEqual(before);

  expect(await stopSandbox({ directory })).toEqual({ outcome: "stopped", purged: false });
  expect(await sandboxStatus(directory)).toEqual({ running: false, directory });
  sandbox = await up();
  expect(await vpcs()).toEqual(before);
  expect(before).toContain(first);
});

test("of several starts at once one daemon is left, and all find it", async () => {
  await stopSandbox({ directory });
  const handles = await Promise.all([up(), up(), up()]);
  expect(new Set(handles.map(({ pid }) => pid)).size).toBe(1);
  sandbox = handles[0] as SandboxHandle;
});

test("the state bucket is made once", async () => {
  const target = { account: "111111111111", region: "eu-west-1", bucket: "flightdeck-state-111111111111-eu-west-1" };
  expect(await ensureStateBucket(sandbox.endpoint, target)).toBe(true);
  expect(await ensureStateBucket(sandbox.endpoint, target)).toBe(false);
  await expect(ensureStateBucket(sandbox.endpoint, { ...target, bucket: "x" })).rejects.toThrow(
    "State bucket x of account 111111111111: PUT bucket was refused: The specified bucket is not valid.",
  );
});

test("an interrupted operation is taken back in the running sandbox", async () => {
  const before = await vpcs();
  const path = "/flightdeck-state-111111111111-eu-west-1/atlas/dev/network.tfstate.tflock";
  expect((await send(sandbox.endpoint, { service: "s3", method: "PUT", path, body: "{}" })).status).toBe(200);
  await createVpc();
  const { stacks, replay } = await new SandboxClient(sandbox.endpoint).recover({ environment: "atlas/dev" });
  expect(stacks.map(({ outcome, undone }) => [outcome, undone])).toEqual([
    ["rolled-back", { "s3:PutObject": 1, "ec2:CreateVpc": 1 }],
  ]);
  expect(replay?.diverged).toEqual([]);
  expect(await vpcs()).toEqual(before);
  expect((await send(sandbox.endpoint, { service: "s3", method: "GET", path })).status).toBe(404);
});

test.each([
  [
    "ec2",
    {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=CreateVerifiedAccessGroup&Version=2016-11-15",
    },
  ],
  [
    "iam",
    { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "Action=Nonsense&Version=2010-05-08" },
  ],
  ["kms", { headers: { "x-amz-target": "TrentService.Nonsense" }, body: "{}" }],
  [
    "servicequotas",
    { headers: { "x-amz-target": "ServiceQuotasV20190624.AssociateServiceQuotaTemplate" }, body: "{}" },
  ],
  ["gamelift", { headers: { "x-amz-target": "GameLift.ListFleets" }, body: "{}" }],
  ["backup", { method: "PUT", path: "/backup/nonsense", body: "{}" }],
  ["grafana", { method: "GET", path: "/workspaces" }],
  ["s3", { method: "PUT", path: "/bucket?metadataTable", body: "<x/>" }],
])("an unknown action of %s is refused at once", async (service, request) => {
  const began = performance.now();
  const answer = await send(sandbox.endpoint, { service, ...request });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(`SandboxNotImplemented`);
  expect(answer.body).toMatch(
    new RegExp(`The sandbox does not implement ${service} .*: no part of it knows this (action|request)\\.`),
  );
  expect(performance.now() - began).toBeLessThan(3_000);
});
