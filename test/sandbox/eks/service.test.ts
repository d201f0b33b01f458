import { createEksService } from "../../../sandbox/eks";
import { ACCOUNT, CLUSTER, EksHarness, NODEGROUP, REGION, START } from "./support/eks-harness";

test("names operations and says which change something", () => {
  const { service } = new EksHarness();
  expect(service.operation({ method: "POST", path: "/clusters" })).toEqual({ name: "CreateCluster", mutates: true });
  expect(service.operation({ method: "GET", path: "/clusters" })).toEqual({ name: "ListClusters", mutates: false });
  expect(service.operation({ method: "GET", path: "/nothing" })).toBe(undefined);
});

test("refuses by name what it does not carry out", async () => {
  const eks = new EksHarness();
  expect(eks.service.operation({ method: "POST", path: "/clusters/a/fargate-profiles" })).toEqual({
    name: "CreateFargateProfile",
    mutates: false,
  });
  expect(await eks.refusal("POST", "/clusters/a/fargate-profiles", {})).toBe(
    "UnsupportedOperation (400): EKS CreateFargateProfile is not implemented by the sandbox",
  );
  expect(await eks.refusal("PATCH", "/nothing")).toBe(
    "UnknownOperationException (400): EKS has no operation PATCH /nothing",
  );
});

test("every answer has a request id that follows from the sequence number", () => {
  const { service } = new EksHarness();
  const request = {
    method: "GET",
    path: "/clusters",
    query: new URLSearchParams(),
    body: undefined,
    account: ACCOUNT,
    region: REGION,
  };
  const idOf = (seq: number) =>
    service.apply(request, { seq, now: START, effects: undefined }).headers?.["x-amzn-RequestId"];
  expect(idOf(1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect([idOf(1) === idOf(1), idOf(1) === idOf(2)]).toEqual([true, false]);
});

test("a mutation repeated with its token answers the same and changes nothing", async () => {
  const eks = new EksHarness();
  const body = { ...CLUSTER, clientRequestToken: "token-1" };
  const first = await eks.call("POST", "/clusters", body);
  const calls = eks.aws.calls.length;
  expect(await eks.wait(5000).call("POST", "/clusters", body)).toEqual(first);
  expect(eks.aws.calls).toHaveLength(calls);
});

test("a token used again for something else is refused", async () => {
  const eks = await new EksHarness().cluster({ clientRequestToken: "token-1" });
  expect(await eks.refusal("POST", "/clusters", { ...CLUSTER, name: "b", clientRequestToken: "token-1" })).toBe(
    "InvalidParameterException (400): The clientRequestToken token-1 was used before with other parameters",
  );
});

test("a failing service behind EKS is a ServerException that names the call", async () => {
  const eks = new EksHarness();
  eks.aws.call = (service, action) => Promise.resolve({ status: 503, body: `<html>${service} ${action}</html>` });
  expect(await eks.refusal("POST", "/clusters", CLUSTER)).toBe(
    "ServerException (500): ec2:DescribeSubnets failed with HTTP 503: <html>ec2 DescribeSubnets</html>",
  );
});

test("a call that breaks off is a ServerException, not a rejection", async () => {
  const eks = new EksHarness();
  eks.aws.call = () => Promise.reject(new TypeError("socket hang up"));
  expect(await eks.refusal("POST", "/clusters", CLUSTER)).toBe(
    "ServerException (500): The sandbox's EKS service failed: socket hang up",
  );
});

test("the request and the answers do not share memory with the state", async () => {
  const eks = await new EksHarness().cluster();
  const labels: Record<string, string> = { a: "1" };
  const { nodegroup } = await eks.ok("POST", "/clusters/atlas/node-groups", { ...NODEGROUP, labels });
  labels.a = "2";
  nodegroup.labels.a = "3";
  expect((await eks.ok("GET", "/clusters/atlas/node-groups/system")).nodegroup.labels).toEqual({ a: "1" });
});

test("the snapshot shows clusters with their node groups, add-ons and access", async () => {
  const eks = await (await new EksHarness().cluster()).nodegroup({ taints: [{ key: "a", effect: "NO_SCHEDULE" }] });
  await eks.ok("POST", "/clusters/atlas/addons", { addonName: "vpc-cni" });
  const [cluster] = eks.snapshot().clusters;
  expect(cluster).toMatchObject({
    account: ACCOUNT,
    region: REGION,
    name: "atlas",
    status: "ACTIVE",
    version: "1.34",
    vpcId: "vpc-1",
    authenticationMode: "API",
    addons: [{ name: "vpc-cni", version: "v1.20.0-eksbuild.1", status: "CREATING" }],
    accessEntries: [{ principalArn: NODEGROUP.nodeRole, type: "EC2_LINUX", policies: [] }],
    podIdentityAssociations: [],
  });
  expect(cluster?.nodeGroups).toMatchObject([
    {
      name: "system",
      status: "ACTIVE",
      instanceTypes: ["m6i.large"],
      scaling: { minSize: 1, desiredSize: 2, maxSize: 3 },
      taints: [{ key: "a", effect: "NO_SCHEDULE" }],
      version: "1.34",
    },
  ]);
});

test("reset forgets everything", async () => {
  const eks = await new EksHarness().cluster();
  eks.service.reset();
  expect(eks.snapshot()).toEqual({ clusters: [] });
});

test("the repository's catalogue offers add-ons for every version that a cluster can have", () => {
  const service = createEksService();
  const get = (path: string, query: string) =>
    service.apply(
      { method: "GET", path, query: new URLSearchParams(query), body: undefined, account: ACCOUNT, region: REGION },
      { seq: 0, now: START, effects: undefined },
    ).body as { clusterVersions: { clusterVersion: string }[]; addons: { addonName: string }[] };
  const versions = get("/cluster-versions", "").clusterVersions.map((info) => info.clusterVersion);
  for (const version of versions) {
    const names = get("/addons/supported-versions", `kubernetesVersion=${version}`).addons.map(
      (info) => info.addonName,
    );
    expect(names).toEqual(expect.arrayContaining(["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent"]));
  }
});
