import type { TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../../constructs/cluster/eks-cluster";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { NodePool, type NodePoolOptions } from "../../../constructs/cluster/node-pool";
import { Cidr } from "../../../constructs/core/cidr";
import { Port } from "../../../constructs/core/connections";
import { ADMIN, importedCluster, importedVpc, KEY_ARN, minimalClusterProps, SYSTEM_POOL } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { synth, synthesize, testStack } from "../../support/synth";

type Props = Partial<EksClusterProps>;

const VIEWER = "arn:aws:iam::111111111111:role/team/developer";
const define = (stack: TerraformStack, props: Props = {}) =>
  new EksCluster(stack, "Cluster", { ...minimalClusterProps(stack), ...props });
const clusterWith = (props: Props = {}, use: (cluster: EksCluster) => void = () => undefined) =>
  synthesize((stack) => {
    const cluster = define(stack, props);
    cluster.addNodePool("SystemPool", SYSTEM_POOL);
    use(cluster);
  });
const refused = (props: (stack: TerraformStack) => Props) =>
  failure(() => {
    const stack = testStack();
    const all = { ...minimalClusterProps(stack), ...props(stack) };
    new EksCluster(stack, "Cluster", all);
  });
const message = (...lines: string[]) => ({
  code: "INVALID_EKS_CLUSTER_PROPS",
  message: [...lines, "  in test/Cluster"].join("\n"),
});

describe("EksCluster with minimal props", () => {
  const out = clusterWith();

  test("is private, encrypts secrets, logs everything, and gives its maker no rights", () => {
    expect(out.resource("aws_eks_cluster")).toEqual({
      name: "atlas-dev",
      version: "1.36",
      role_arn: "${aws_iam_role.Cluster_ControlPlaneRole_24A3CE32.arn}",
      vpc_config: {
        subnet_ids: ["subnet-a", "subnet-b"],
        endpoint_private_access: true,
        endpoint_public_access: false,
      },
      encryption_config: { resources: ["secrets"], provider: { key_arn: KEY_ARN } },
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgrade_policy: { support_type: "STANDARD" },
      tags: { Name: "atlas-dev" },
      lifecycle: { prevent_destroy: true },
      depends_on: [
        "aws_iam_role_policy_attachment.Cluster_ControlPlaneRole_AmazonEKSClusterPolicy_BDB423E6",
        "aws_cloudwatch_log_group.Cluster_LogGroup_172FC6DD",
      ],
    });
  });

  test("has its log group, encrypted and with a retention, before EKS would make one", () => {
    expect(out.resource("aws_cloudwatch_log_group")).toEqual({
      name: "/aws/eks/atlas-dev/cluster",
      retention_in_days: 90,
      kms_key_id: KEY_ARN,
      tags: { Name: "atlas-dev" },
    });
  });

  test("takes a role that only EKS can take", () => {
    expect(out.resource("aws_iam_role", "Cluster/ControlPlaneRole/Resource")).toMatchObject({
      name: "atlas-dev-eks-control-plane",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
  });

  test("lets its administrators in by an access entry for the whole cluster", () => {
    expect(out.resource("aws_eks_access_entry")).toEqual({
      cluster_name: "${aws_eks_cluster.Cluster_EB0386A7.name}",
      principal_arn: ADMIN,
      type: "STANDARD",
    });
    expect(out.resource("aws_eks_access_policy_association")).toMatchObject({
      principal_arn: ADMIN,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      access_scope: { type: "cluster" },
      depends_on: ["aws_eks_access_entry.Cluster_Access-111111111111-platform-admin_62A5083A"],
    });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_eks_cluster")).toEqual({ "Cluster/Resource": "aws_eks_cluster.Cluster_EB0386A7" });
    expect(out.addresses("aws_cloudwatch_log_group")).toEqual({
      "Cluster/LogGroup": "aws_cloudwatch_log_group.Cluster_LogGroup_172FC6DD",
    });
  });
});

describe("EksCluster with every prop", () => {
  const out = clusterWith({
    viewers: [VIEWER],
    publicAccessCidrs: ["203.0.113.0/24", "198.51.100.7/32"],
    logRetentionDays: 365,
    supportType: "EXTENDED",
    deletionProtection: false,
  });

  test("opens the public endpoint to the ranges given and keeps the private one", () => {
    expect(out.resource("aws_eks_cluster")).toMatchObject({
      vpc_config: {
        endpoint_private_access: true,
        endpoint_public_access: true,
        public_access_cidrs: ["203.0.113.0/24", "198.51.100.7/32"],
      },
      upgrade_policy: { support_type: "EXTENDED" },
    });
  });

  test("may be destroyed", () => {
    expect(Object.keys(out.resource("aws_eks_cluster"))).not.toContain("lifecycle");
  });

  test("keeps its logs as long as asked", () => {
    expect(out.resource("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 365 });
  });

  test("lets viewers look at everything in namespaces but secrets", () => {
    const path = "Cluster/AccessPolicy-111111111111-team--developer";
    expect(out.resource("aws_eks_access_policy_association", path)).toMatchObject({
      principal_arn: VIEWER,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    });
  });
});

describe("add-ons", () => {
  const out = clusterWith({}, (cluster) => {
    cluster.addGpuNodePool("TrainingPool", { poolName: "training", instanceTypes: ["g6.xlarge"], maxSize: 2 });
  });
  const addOnNamed = (id: string) => out.resource("aws_eks_addon", `Cluster/${id}`);

  test("have the versions that the catalogue pins for the Kubernetes version", () => {
    const versions = Object.values(out.resources("aws_eks_addon")).map(
      (one) => `${String(one["addon_name"])} ${String(one["addon_version"])}`,
    );
    expect(versions).toEqual([
      expect.stringMatching(/^coredns v1\.14\./),
      expect.stringMatching(/^aws-ebs-csi-driver v1\./),
      expect.stringMatching(/^kube-proxy v1\.36\./),
      expect.stringMatching(/^eks-node-monitoring-agent v1\./),
      expect.stringMatching(/^eks-pod-identity-agent v1\./),
      expect.stringMatching(/^snapshot-controller v8\./),
      expect.stringMatching(/^vpc-cni v1\./),
    ]);
  });

  test("win over whatever was changed in the cluster by hand", () => {
    for (const addOn of Object.values(out.resources("aws_eks_addon"))) {
      expect(addOn).toMatchObject({
        resolve_conflicts_on_create: "OVERWRITE",
        resolve_conflicts_on_update: "OVERWRITE",
      });
    }
  });

  test("that run on every node stand before any node group", () => {
    for (const group of Object.values(out.resources("aws_eks_node_group"))) {
      expect(group["depends_on"]).toEqual(
        expect.arrayContaining([
          "aws_eks_addon.Cluster_PodIdentityAgent_7F1A7F22",
          "aws_eks_addon.Cluster_VpcCni_0BA96836",
          "aws_eks_addon.Cluster_KubeProxy_B396795F",
        ]),
      );
    }
  });

  test("put CoreDNS after the nodes it runs on", () => {
    expect(addOnNamed("CoreDns")["depends_on"]).toEqual(["aws_eks_node_group.Cluster_SystemPool_83C7EDCB"]);
  });

  test("assign addresses to nodes by prefix", () => {
    expect(JSON.parse(String(addOnNamed("VpcCni")["configuration_values"]))).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  test("give the CNI a role of its own before its first pod, and none to the nodes", () => {
    expect(out.resource("aws_eks_pod_identity_association", "Cluster/VpcCniRole/Association")).toMatchObject({
      namespace: "kube-system",
      service_account: "aws-node",
      role_arn: "${aws_iam_role.Cluster_VpcCniRole_3FF6969D.arn}",
    });
    expect(addOnNamed("VpcCni")["depends_on"]).toEqual([
      "aws_eks_pod_identity_association.Cluster_VpcCniRole_Association_C5E13150",
      "aws_iam_role_policy_attachment.Cluster_VpcCniRole_AmazonEKS_CNI_Policy_6680E8F1",
    ]);
    const cniPolicies = Object.keys(out.resources("aws_iam_role_policy_attachment")).filter((path) =>
      path.includes("CNI"),
    );
    expect(cniPolicies).toEqual(["Cluster/VpcCniRole/AmazonEKS_CNI_Policy"]);
  });
});

describe("CoreDNS", () => {
  const place = (...pools: Partial<NodePoolOptions>[]) =>
    synthesize((stack) => {
      const cluster = define(stack);
      pools.forEach((pool, index) =>
        cluster.addNodePool(`Pool${index}`, { ...SYSTEM_POOL, poolName: `pool-${index}`, ...pool }),
      );
    });
  const poolOf = (out: ReturnType<typeof place>) => out.resource("aws_eks_addon", "Cluster/CoreDns")["depends_on"];

  test("goes to the first pool that takes it", () => {
    const out = place({ taints: [{ key: "workload", effect: "NoSchedule" }] }, { minSize: 0 }, {}, {});
    expect(poolOf(out)).toEqual([out.addresses("aws_eks_node_group")["Cluster/Pool2/Resource"]]);
  });

  test("goes to a pool kept for critical add-ons, or one that is merely avoided", () => {
    const critical = place({ taints: [{ key: "CriticalAddonsOnly", effect: "NoSchedule" }] });
    const avoided = place({ taints: [{ key: "workload", effect: "PreferNoSchedule" }] });
    expect(poolOf(critical)).toEqual([critical.addresses("aws_eks_node_group")["Cluster/Pool0/Resource"]]);
    expect(poolOf(avoided)).toEqual([avoided.addresses("aws_eks_node_group")["Cluster/Pool0/Resource"]]);
  });

  test("must have a pool in the end", () => {
    const stack = testStack();
    define(stack).addNodePool("BatchPool", { ...SYSTEM_POOL, minSize: 0 });
    expect(() => synth(stack)).toThrow(
      "[test/Cluster] The cluster must have a pool that CoreDNS can run on, or no pod finds a service: add one with " +
        "`addNodePool`, `minSize` of at least 1 and no taint but CriticalAddonsOnly",
    );
  });
});

test("whoever is allowed to connect reaches the security group that EKS makes for cluster and nodes", () => {
  const out = clusterWith({}, (cluster) => {
    cluster.connections.allowFrom(Cidr.of("10.20.0.0/16"), Port.tcp(443), "API server");
  });

  expect(out.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
    security_group_id: "${aws_eks_cluster.Cluster_EB0386A7.vpc_config[0].cluster_security_group_id}",
    cidr_ipv4: "10.20.0.0/16",
    from_port: 443,
  });
});

test("who becomes a viewer keeps the access entry he had as an administrator", () => {
  const entries = (props: Props) => clusterWith(props).addresses("aws_eks_access_entry");
  expect(entries({ viewers: [VIEWER] })).toEqual(entries({ admins: [VIEWER, ADMIN] }));
});

test("the ARN of the log group is known before the cluster is defined", () => {
  expect(EksCluster.logGroupArn(IDENTITY)).toBe(
    "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/eks/atlas-dev/cluster",
  );
});

test("ARNs follow the partition of the region", () => {
  const admins = ["arn:aws-cn:iam::111111111111:role/admin"];
  const out = clusterWith({ identity: { ...IDENTITY, region: "cn-north-1" }, admins });
  expect(out.resource("aws_eks_access_policy_association")).toMatchObject({
    policy_arn: "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  });
});

test("a version past standard support is kept by paying for it", () => {
  expect(clusterWith({ version: "1.33" }).resource("aws_eks_cluster")).toMatchObject({
    upgrade_policy: { support_type: "EXTENDED" },
  });
});

test("forty public ranges are accepted", () => {
  const ranges = Array.from({ length: 40 }, (_, index) => `203.0.113.${index}/32`);
  expect(clusterWith({ publicAccessCidrs: ranges }).resource("aws_eks_cluster")).toMatchObject({
    vpc_config: { public_access_cidrs: ranges },
  });
});

describe("EksCluster refuses", () => {
  const ARN = "must be the ARN of an IAM role or user, path included (not of a session, not of the account)";
  const VERSION = "`version` must be a Kubernetes version that EKS supports (1.36, 1.35, 1.34, 1.33, 1.32, 1.31)";

  test.each<[string, (stack: TerraformStack) => Props, string]>([
    ["a version that EKS no longer supports", () => ({ version: "1.30" }), `${VERSION}, got "1.30"`],
    ["a version that does not exist", () => ({ version: "1.99" }), `${VERSION}, got "1.99"`],
    [
      "standard support of a version that has it no more",
      () => ({ version: "1.33", supportType: "STANDARD" }),
      '`supportType` must be "EXTENDED" for Kubernetes 1.33, whose standard support ended on 2026-07-29, got "STANDARD"',
    ],
    [
      "a network in one zone",
      (stack) => ({ vpc: importedVpcOfOneZone(stack) }),
      '`vpc.zones` must be at least two, for the control plane to survive the loss of one, got ["eu-central-1a"]',
    ],
    [
      "nobody to administer it",
      () => ({ admins: [] }),
      "`admins` must name at least one role: EKS gives rights to nobody else, got []",
    ],
    [
      "a session as administrator",
      () => ({ admins: ["arn:aws:sts::111111111111:assumed-role/admin/me"] }),
      `\`admins[0]\` ${ARN}, got "arn:aws:sts::111111111111:assumed-role/admin/me"`,
    ],
    [
      "the account itself as viewer",
      () => ({ viewers: ["arn:aws:iam::111111111111:root"] }),
      `\`viewers[0]\` ${ARN}, got "arn:aws:iam::111111111111:root"`,
    ],
    [
      "an administrator named twice",
      () => ({ admins: [ADMIN, ADMIN] }),
      `\`admins[1]\` must not be named twice, got "${ADMIN}"`,
    ],
    [
      "a viewer who administers",
      () => ({ viewers: [ADMIN] }),
      `\`viewers\` must not be in \`admins\` too, got ["${ADMIN}"]`,
    ],
    [
      "something that is no range",
      () => ({ publicAccessCidrs: ["203.0.113.7"] }),
      '`publicAccessCidrs[0]` must be an IPv4 range such as 10.0.0.0/16, got "203.0.113.7"',
    ],
    [
      "the whole internet",
      () => ({ publicAccessCidrs: ["0.0.0.0/0"] }),
      '`publicAccessCidrs[0]` must not be the whole internet: spell out who may reach the API server, got "0.0.0.0/0"',
    ],
    [
      "private addresses at the public endpoint",
      () => ({ publicAccessCidrs: ["10.1.0.0/16"] }),
      '`publicAccessCidrs[0]` must be public addresses, as the API server sees them: EKS refuses private ones, got "10.1.0.0/16"',
    ],
    [
      "too many ranges",
      () => ({ publicAccessCidrs: Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`) }),
      "`publicAccessCidrs` must be at most 40, got 41",
    ],
    [
      "a retention that CloudWatch does not offer",
      () => ({ logRetentionDays: 42 }),
      "`logRetentionDays` must be a period that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 42",
    ],
    [
      "an account that is none",
      () => ({ identity: { ...IDENTITY, account: "12345" } }),
      '`identity.account` must be an AWS account id of 12 digits, got "12345"',
    ],
  ])("%s", (_name, props, line) => {
    expect(refused(props)).toEqual(message(line));
  });
});

test("an imported cluster is one that nodes can join", () => {
  const cluster = importedCluster(testStack());
  expect(cluster).toMatchObject({
    identity: IDENTITY,
    clusterName: "atlas-dev",
    version: "1.36",
    cniUsesNodeRole: false,
    nodePrerequisites: [],
    diskKey: undefined,
  });
  expect(cluster.connections.securityGroupIds).toEqual(["sg-1"]);
});

describe("the pools of a cluster", () => {
  const pools = (cluster: ICluster) => cluster.pools.map(({ poolName }) => poolName);

  test("are known in order of definition, imported ones too, and found by name", () => {
    const stack = testStack();
    const cluster = new EksCluster(stack, "Cluster", minimalClusterProps(stack));
    const system = cluster.addNodePool("SystemPool", SYSTEM_POOL);
    const training = cluster.addGpuNodePool("TrainingPool", {
      ...{ poolName: "training", instanceTypes: ["g6.xlarge"], maxSize: 2 },
    });
    const imported = NodePool.fromNodePoolAttributes(stack, "Batch", {
      ...{ cluster, poolName: "batch", instanceTypes: ["m7i.large"], maxSize: 1 },
      ...{ nodeGroupName: "batch-1", nodeGroupArn: "arn", nodeRoleArn: "arn" },
    });
    expect(cluster.pools).toEqual([system, training, imported]);
    expect(cluster.findPool("training")).toBe(training);
    expect(cluster.plainName).toBe("atlas-dev");
  });

  test("are those that were defined for it, of an imported cluster", () => {
    const stack = testStack();
    const cluster = importedCluster(stack);
    expect(pools(cluster)).toEqual([]);
    new NodePool(stack, "Pool", { cluster, ...SYSTEM_POOL });
    expect(pools(cluster)).toEqual(["system"]);
    expect(cluster.plainName).toBe("atlas-dev");
  });

  test.each<[string, string, readonly string[], string]>([
    [
      "that does not exist",
      "trainign",
      ["system", "training"],
      'must be a pool of the cluster (system, training), did you mean "training"?, got "trainign"',
    ],
    ["of a cluster without pools", "training", [], 'must be a pool of the cluster (it has none), got "training"'],
    ["that two pools share", "batch", ["batch", "batch"], 'must be the name of one pool, not of several, got "batch"'],
  ])("a name %s is refused", (_name, wanted, names, rule) => {
    const stack = testStack();
    const cluster = importedCluster(stack);
    names.forEach((poolName, index) => new NodePool(stack, `Pool${index}`, { cluster, ...SYSTEM_POOL, poolName }));
    expect(failure(() => cluster.findPool(wanted))).toEqual({
      code: "UNKNOWN_NODE_POOL",
      message: `\`poolName\` ${rule}\n  in test/Cluster`,
    });
  });
});

test("a cluster whose name is a reference is known by its environment", () => {
  const stack = testStack();
  const { vpc } = minimalClusterProps(stack);
  const cluster = EksCluster.fromClusterAttributes(stack, "Cluster", {
    ...{ identity: IDENTITY, clusterName: "${TfToken[TOKEN.0]}", clusterArn: "arn", version: "1.36", vpc },
    ...{ endpoint: "https://api", certificateAuthorityData: "LS0t", clusterSecurityGroupId: "sg-1" },
  });
  expect(cluster.plainName).toBe("atlas-dev");
});

/** Beside the network that the minimal props hold. */
function importedVpcOfOneZone(stack: TerraformStack) {
  stack.node.tryRemoveChild("Vpc");
  return importedVpc(stack, ["eu-central-1a"]);
}
