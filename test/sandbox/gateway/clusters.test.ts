import { EKSClient, CreateClusterCommand, DescribeClusterCommand } from "@aws-sdk/client-eks";
import { createEksService } from "../../../sandbox/eks";
import { CallLog } from "../../../sandbox/gateway/call-log";
import { Journal } from "../../../sandbox/journal/journal";
import { FakeKubernetes } from "../clusters/fake-kubernetes";
import { FakeRuntime } from "../clusters/fake-runtime";
import { temporaryDirectory } from "../temporary-directory";
import { startTestGateway, type TestGateway } from "./test-gateway";

jest.mock("../../../sandbox/kubernetes/api-client", () => ({
  KubernetesApi: jest.fn(() => new FakeKubernetes()),
}));

const directory = temporaryDirectory();
const ACCOUNT = "111111111111";
let open: TestGateway | undefined;

afterEach(async () => {
  await open?.gateway.close();
  open = undefined;
});

async function start(runtime: FakeRuntime): Promise<{ sandbox: TestGateway; eks: EKSClient }> {
  const sandbox = await startTestGateway(directory(), { eks: createEksService(), kubernetes: runtime });
  open = sandbox;
  const trust = encodeURIComponent(JSON.stringify({ Statement: [{ Principal: { Service: "eks.amazonaws.com" } }] }));
  const subnet = (id: string, zone: string) =>
    `<item><subnetId>${id}</subnetId><vpcId>vpc-1</vpcId><availabilityZone>${zone}</availabilityZone><cidrBlock>10.0.0.0/24</cidrBlock></item>`;
  const answers: Record<string, string> = {
    DescribeSubnets: `<subnetSet>${subnet("subnet-0000000a", "eu-west-1a")}${subnet("subnet-0000000b", "eu-west-1b")}</subnetSet>`,
    GetRole: `<GetRoleResult><Role><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></Role></GetRoleResult>`,
    GetCallerIdentity: `<GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/a</Arn></GetCallerIdentityResult>`,
    CreateSecurityGroup: "<groupId>sg-1</groupId>",
  };
  sandbox.moto.answer = ({ body }) => ({
    body: `<R>${answers[new URLSearchParams(body).get("Action") ?? ""] ?? ""}</R>`,
  });
  const credentials = { accessKeyId: `FD-${ACCOUNT}-atlas-dev-cluster`, secretAccessKey: "sandbox" };
  const eks = new EKSClient({ endpoint: sandbox.gateway.endpoint, region: "eu-west-1", credentials });
  return { sandbox, eks };
}

const CREATE = new CreateClusterCommand({
  name: "atlas",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`,
  resourcesVpcConfig: { subnetIds: ["subnet-0000000a", "subnet-0000000b"] },
});

test("a cluster that is created through the gateway has its control plane, and its answers say where", async () => {
  const runtime = new FakeRuntime();
  const { sandbox, eks } = await start(runtime);
  const { cluster } = await eks.send(CREATE);
  expect(cluster).toMatchObject({ status: "CREATING" });
  const [health] = await sandbox.client.reconcileClusters();
  expect(health).toMatchObject({ account: ACCOUNT, region: "eu-west-1", name: "atlas", state: "ready" });
  expect((await sandbox.client.health()).clusters).toEqual([health]);
  expect((await sandbox.client.health(true)).clusters).toEqual([health]);
  const { authenticate, authorize } = runtime.started[0]!.webhooks;
  const base = `${sandbox.gateway.endpoint}/_flightdeck/clusters/${ACCOUNT}/eu-west-1/atlas`;
  expect({ authenticate, authorize }).toEqual({ authenticate: `${base}/authenticate`, authorize: `${base}/authorize` });
  let described = await eks.send(new DescribeClusterCommand({ name: "atlas" }));
  while (described.cluster?.status === "CREATING") {
    await new Promise((resolve) => setTimeout(resolve, 50));
    described = await eks.send(new DescribeClusterCommand({ name: "atlas" }));
  }
  expect(described.cluster).toMatchObject({ status: "ACTIVE", endpoint: "https://127.0.0.1:40000" });
  eks.destroy();
});

test("the webhooks of a cluster answer", async () => {
  const { sandbox, eks } = await start(new FakeRuntime());
  await eks.send(CREATE);
  const base = `${sandbox.gateway.endpoint}/_flightdeck/clusters/${ACCOUNT}/eu-west-1/atlas`;
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: "nonsense" } };
  const answer = await fetch(`${base}/authenticate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(review),
  });
  expect(await answer.json()).toMatchObject({ kind: "TokenReview", status: { authenticated: false } });
  eks.destroy();
});

test("another gateway in the folder takes the clusters up by itself", async () => {
  const runtime = new FakeRuntime();
  const first = await start(runtime);
  await first.eks.send(CREATE);
  await first.sandbox.client.reconcileClusters();
  await first.sandbox.gateway.close();
  expect(runtime.stopped).toHaveLength(1);
  const { sandbox } = await start(runtime);
  const deadline = Date.now() + 3000;
  while (runtime.started.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(runtime.started).toHaveLength(2);
  expect((await sandbox.client.health()).clusters).toMatchObject([{ name: "atlas" }]);
  first.eks.destroy();
});

test("a control plane that cannot be stopped does not keep moto running or the journal and the call log open", async () => {
  const runtime = new FakeRuntime();
  const begin = runtime.start.bind(runtime);
  runtime.start = async (settings) =>
    Object.assign(await begin(settings), { stop: () => Promise.reject(new Error("etcd does not end")) });
  const { sandbox, eks } = await start(runtime);
  await eks.send(CREATE);
  await sandbox.client.reconcileClusters();
  const journal = jest.spyOn(Journal.prototype, "close");
  const calls = jest.spyOn(CallLog.prototype, "close");
  open = undefined;
  await expect(sandbox.gateway.close()).rejects.toThrow("etcd does not end");
  expect(sandbox.moto.running).toBe(false);
  expect([journal.mock.calls.length, calls.mock.calls.length]).toEqual([1, 1]);
});

test("a refused query of the state says what is wrong", async () => {
  const { sandbox } = await start(new FakeRuntime());
  const answer = await fetch(`${sandbox.gateway.endpoint}/_flightdeck/health?fresh=maybe`);
  expect(answer.status).toBe(400);
});
