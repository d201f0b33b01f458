import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { headerOf } from "../../../sandbox/aws/aws-call";
import type { GatewayOptions } from "../../../sandbox/gateway/gateway";
import { authorization, query, send } from "../signed-request";
import { temporaryDirectory } from "../temporary-directory";
import type { TestGateway } from "./test-gateway";
import { startTestGateway } from "./test-gateway";

const directory = temporaryDirectory();
const open: TestGateway[] = [];
async function start(options?: Partial<GatewayOptions>): Promise<TestGateway> {
  const started = await startTestGateway(directory(), options);
  open.push(started);
  return started;
}
async function restart(old: TestGateway): Promise<TestGateway> {
  await old.gateway.close();
  return start();
}
afterEach(() => Promise.all(open.splice(0).map(({ gateway }) => gateway.close())));

describe("what goes to moto", () => {
  test("the URL, headers and body arrive as they were sent, with the account of the access key", async () => {
    const { gateway, moto } = await start();
    const path = "/bucket/raw/a%20b%2Bc//%C3%BC.txt?x-id=PutObject&prefix=%2F";
    await send(gateway.endpoint, {
      service: "s3",
      method: "PUT",
      path,
      body: "5;chunk-signature=0\r\nhello",
      headers: { Expect: "100-continue", "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" },
    });
    const received = moto.calls[0];
    expect(received).toEqual(
      expect.objectContaining({ method: "PUT", url: path, body: "5;chunk-signature=0\r\nhello" }),
    );
    expect(headerOf(received?.headers ?? [], "x-moto-account-id")).toBe("111111111111");
    expect(headerOf(received?.headers ?? [], "authorization")).toBe(authorization("s3"));
    expect(headerOf(received?.headers ?? [], "x-amz-content-sha256")).toBe("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    expect(headerOf(received?.headers ?? [], "expect")).toBeUndefined();
  });

  test("the answer to HEAD keeps the object's length and has no body", async () => {
    const { gateway, moto } = await start();
    moto.answer = () => ({ headers: { "content-length": "4096", etag: '"1"' } });
    const answer = await send(gateway.endpoint, { service: "s3", method: "HEAD", path: "/bucket/key" });
    expect([answer.status, answer.headers["content-length"], answer.headers["etag"], answer.body]).toEqual([
      200,
      "4096",
      '"1"',
      "",
    ]);
  });

  test("an answer without content has no length", async () => {
    const { gateway, moto } = await start();
    moto.answer = () => ({ status: 204 });
    const answer = await send(gateway.endpoint, { service: "s3", method: "DELETE", path: "/bucket/key" });
    expect([answer.status, answer.headers["content-length"], answer.body]).toEqual([204, undefined, ""]);
  });

  test("a request without a signature is refused", async () => {
    const { gateway, moto } = await start();
    const answer = await fetch(`${gateway.endpoint}/bucket`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(
      "<Message>The sandbox answers requests that are signed with Signature Version 4 only: the signature names account, service and region.</Message>",
    );
    expect(moto.calls).toEqual([]);
  });
});

describe("an action that nothing implements", () => {
  const HTML = { status: 500, headers: { "content-type": "text/html; charset=utf-8" }, body: "<!doctype html>" };

  test("is refused at once in the protocol's own shape", async () => {
    const { gateway, moto } = await start();
    moto.answer = () => HTML;
    const answer = await query(gateway.endpoint, "CreateVerifiedAccessGroup");
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(
      "<Code>SandboxNotImplemented</Code><Message>The sandbox does not implement ec2 CreateVerifiedAccessGroup: no part of it knows this action. Leave the resource that needs it out of sandbox deploys, or deploy it to AWS.</Message>",
    );
  });

  test("of EKS is refused without asking moto", async () => {
    const { gateway, moto } = await start();
    const answer = await send(gateway.endpoint, { service: "eks", method: "GET", path: "/fargate" });
    expect(answer.status).toBe(400);
    expect(answer.headers["x-amzn-errortype"]).toBe("SandboxNotImplemented");
    expect(moto.calls).toEqual([]);
  });

  test("that would empty a bucket never reaches moto", async () => {
    const { gateway, moto } = await start();
    const path = "/bucket?metadataTable";
    const answer = await send(gateway.endpoint, { service: "s3", method: "DELETE", path });
    expect(answer.status).toBe(400);
    expect(moto.calls).toEqual([]);
  });
});

describe("the world", () => {
  test("survives a restart of the gateway with the same ids, without the calls that failed", async () => {
    const first = await start();
    first.moto.answer = ({ body }) => (body.includes("CreateBad") ? { status: 400 } : undefined);
    for (const action of ["CreateVpc", "CreateBad", "DescribeVpcs", "CreateSubnet"])
      await query(first.gateway.endpoint, action);
    const { moto, gateway } = await restart(first);
    expect(moto.world).toEqual(["CreateVpc-1", "CreateSubnet-3"]);
    expect((await query(gateway.endpoint, "CreateVpc")).body).toBe("CreateVpc-4");
  });

  test.each(["before", "after"] as const)("has a call once when moto dies %s executing it", async (die) => {
    const { gateway, moto } = await start();
    await query(gateway.endpoint, "CreateVpc");
    let deaths = 0;
    moto.answer = ({ body }) => (body.includes("CreateSubnet") && deaths++ === 0 ? { die } : undefined);
    expect((await query(gateway.endpoint, "CreateSubnet")).body).toBe("CreateSubnet-2");
    expect(moto.world).toEqual(["CreateVpc-1", "CreateSubnet-2"]);
    expect(gateway.health().moto.restarts).toBe(1);
  });

  test("comes back by itself when moto dies between calls", async () => {
    const { gateway, moto, log } = await start();
    await query(gateway.endpoint, "CreateVpc");
    moto.die();
    expect((await query(gateway.endpoint, "DescribeVpcs")).body).toBe("CreateVpc-1");
    expect(gateway.health().moto).toEqual(
      expect.objectContaining({ restarts: 1, lastReplay: expect.objectContaining({ entries: 1, diverged: [] }) }),
    );
    expect(log).toContain("moto ended with SIGKILL; restarting it");
  });

  test("is rebuilt although moto dies during the replay", async () => {
    const { gateway, moto } = await start();
    await query(gateway.endpoint, "CreateVpc");
    let deaths = 0;
    moto.answer = () => (deaths++ < 2 ? { die: "before" } : undefined);
    moto.die();
    expect((await query(gateway.endpoint, "DescribeVpcs")).body).toBe("CreateVpc-1");
  });

  test("does without a call that kills moto each time, and says so", async () => {
    const { gateway, moto } = await start();
    moto.answer = ({ body }) => (body.includes("CreatePoison") ? { die: "before" } : undefined);
    const answer = await query(gateway.endpoint, "CreatePoison");
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(
      "<Code>SandboxFailure</Code><Message>The sandbox failed on ec2 CreatePoison: moto on port",
    );
    expect((await query(gateway.endpoint, "CreateVpc")).body).toBe("CreateVpc-2");
  });

  test("takes calls in the order in which they came", async () => {
    const { gateway, moto } = await start();
    await Promise.all(Array.from({ length: 20 }, () => query(gateway.endpoint, "CreateVpc")));
    expect(moto.world).toEqual(Array.from({ length: 20 }, (_, index) => `CreateVpc-${index + 1}`));
  });

  test("keeps nobody waiting for longer than its patience", async () => {
    const { gateway, moto } = await start({ patienceMs: 60 });
    moto.start = () => new Promise((resolve) => setTimeout(resolve, 250));
    moto.die();
    const answer = await query(gateway.endpoint, "DescribeVpcs");
    expect(answer.status).toBe(503);
    expect(answer.body).toContain(
      "<Code>ServiceUnavailable</Code><Message>The sandbox was busy for 0.06 s; its log says with what.</Message>",
    );
  });
});

describe("EKS", () => {
  const create = { service: "eks", path: "/clusters", body: '{"name":"atlas-dev"}' };

  test("its calls to other services are the caller's, and replayed with it", async () => {
    const first = await start();
    await send(first.gateway.endpoint, create);
    const calls = await first.client.calls();
    expect(calls.map(({ seq, principal, action, internal }) => ({ seq, principal, action, internal }))).toEqual([
      { seq: 2, principal: "atlas-dev-network", action: "CreateSecurityGroup", internal: true },
      { seq: 1, principal: "atlas-dev-network", action: "CreateCluster", internal: undefined },
    ]);
    const second = await restart(first);
    expect(second.moto.world).toEqual(["CreateSecurityGroup-2"]);
    expect(second.eks.clusters).toEqual(["atlas-dev:1:CreateSecurityGroup-2"]);
  });

  test("goes on when moto dies in the middle of such a call", async () => {
    const { gateway, moto, eks } = await start();
    let deaths = 0;
    moto.answer = ({ body }) => (body.includes("CreateSecurityGroup") && deaths++ === 0 ? { die: "after" } : undefined);
    await send(gateway.endpoint, create);
    expect(eks.clusters).toEqual(["atlas-dev:1:CreateSecurityGroup-2"]);
    expect(moto.world).toEqual(["CreateSecurityGroup-2"]);
  });

  test("is read without waiting for moto", async () => {
    const { gateway, moto } = await start();
    moto.start = () => new Promise(() => undefined);
    moto.die();
    const answer = await send(gateway.endpoint, { service: "eks", method: "GET", path: "/clusters" });
    expect(JSON.parse(answer.body)).toEqual({ clusters: [] });
    open.splice(0);
    await Promise.race([gateway.close(), new Promise((resolve) => setTimeout(resolve, 50))]);
  });
});

test("a port that is taken is refused by name", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(start({ port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another process. End that process, or choose another port with \`--port\`; without \`--port\` the sandbox takes a free one.`,
  );
  other.close();
});
