import { faultRuleSchema, Faults } from "../../../sandbox/gateway/faults";
import { query, send } from "../signed-request";
import { temporaryDirectory } from "../temporary-directory";
import type { TestGateway } from "./test-gateway";
import { startTestGateway } from "./test-gateway";

const directory = temporaryDirectory();
let sandbox: TestGateway;
beforeEach(async () => {
  sandbox = await startTestGateway(directory());
});
afterEach(() => sandbox.gateway.close());

const create = () => query(sandbox.gateway.endpoint, "CreateVpc");

test("a throttled call is refused in the service's own way and not executed", async () => {
  await sandbox.client.addFaults([{ kind: "throttle" }]);
  const ec2 = await create();
  expect([ec2.status, /<Code>(.*)<\/Code>/.exec(ec2.body)?.[1]]).toEqual([503, "RequestLimitExceeded"]);
  const s3 = await send(sandbox.gateway.endpoint, { service: "s3", method: "PUT", path: "/b" });
  expect([s3.status, /<Code>(.*)<\/Code>/.exec(s3.body)?.[1]]).toEqual([503, "SlowDown"]);
  const kms = await send(sandbox.gateway.endpoint, {
    service: "kms",
    headers: { "x-amz-target": "TrentService.CreateKey" },
  });
  expect([kms.status, kms.headers["x-amzn-errortype"]]).toEqual([429, "ThrottlingException"]);
  expect(sandbox.moto.calls).toEqual([]);
});

test("a rule hits only what it names, and as often as it says", async () => {
  await sandbox.client.addFaults([
    { kind: "error", status: 502, service: "ec2", action: "CreateVpc", principal: "atlas-dev-network", times: 1 },
  ]);
  expect((await query(sandbox.gateway.endpoint, "CreateSubnet")).status).toBe(200);
  expect((await query(sandbox.gateway.endpoint, "CreateVpc", { principal: "atlas-dev-data" })).status).toBe(200);
  expect((await create()).status).toBe(502);
  expect((await create()).status).toBe(200);
});

test("a cut connection loses the call, or only its answer", async () => {
  await sandbox.client.addFaults([{ kind: "cut", times: 1 }]);
  await expect(create()).rejects.toThrow("socket hang up");
  expect(sandbox.moto.world).toEqual([]);
  await sandbox.client.addFaults([{ kind: "cut", phase: "after", times: 1 }]);
  await expect(create()).rejects.toThrow("socket hang up");
  expect(sandbox.moto.world).toEqual(["CreateVpc-1"]);
});

test("latency delays the call and nothing else", async () => {
  await sandbox.client.addFaults([{ kind: "latency", ms: 80, times: 1 }]);
  const began = performance.now();
  expect((await create()).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThanOrEqual(79);
});

test("the call log names the fault; cleared rules hit nothing", async () => {
  await sandbox.client.addFaults([{ kind: "throttle", probability: 1 }]);
  await create();
  expect(await sandbox.client.clearFaults()).toEqual([]);
  await create();
  const calls = await sandbox.client.calls({ principal: "atlas-dev-network" });
  expect(calls.map(({ id, status, fault, seq }) => [id, status, fault, seq])).toEqual([
    [1, 503, "throttle", undefined],
    [2, 200, undefined, 1],
  ]);
  expect((await sandbox.client.calls({ since: 1 })).map(({ id }) => id)).toEqual([2]);
});

test("a rule that is none is refused with what is wrong", async () => {
  await expect(sandbox.client.addFaults([{ kind: "flood" as never }])).rejects.toThrow("body: Invalid input");
});

test("the same seed hits the same calls", () => {
  const hits = (seed: number) => {
    const faults = new Faults();
    faults.add(faultRuleSchema.parse({ kind: "cut", probability: 0.3, seed }));
    return Array.from(
      { length: 200 },
      () => faults.take({ service: "ec2", action: "CreateVpc", principal: "p" }) !== undefined,
    );
  };
  expect(hits(1)).toEqual(hits(1));
  expect(hits(1)).not.toEqual(hits(2));
  expect(hits(1).filter(Boolean).length).toBeGreaterThan(40);
  expect(hits(1).filter(Boolean).length).toBeLessThan(80);
});
