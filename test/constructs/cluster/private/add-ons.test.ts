import { type IConstruct } from "constructs";
import type { TerraformStack } from "cdktf";
import type { AddOnOptions } from "../../../../constructs/cluster/add-on-options";
import { EksCluster, type EksClusterProps } from "../../../../constructs/cluster/eks-cluster";
import { Key } from "../../../../constructs/encryption/key";
import { ObjectStore } from "../../../../constructs/storage/object-store";
import { importedKey, KEY_ARN, minimalClusterProps, SYSTEM_POOL } from "../../../support/cluster";
import { failure, IDENTITY } from "../../../support/fixtures";
import { synth, synthesize, testStack } from "../../../support/synth";

const define = (stack: TerraformStack, props: Partial<EksClusterProps>) =>
  new EksCluster(stack, "Cluster", { ...minimalClusterProps(stack), ...props });
const clusterWith = (props: (stack: TerraformStack) => Partial<EksClusterProps> = () => ({})) =>
  synthesize((stack) => {
    define(stack, props(stack)).addNodePool("SystemPool", SYSTEM_POOL);
  });
const importedStore = (stack: TerraformStack, bucketName: string) =>
  ObjectStore.fromObjectStoreAttributes(stack, bucketName, {
    bucketName,
    region: IDENTITY.region,
    encryptionKey: importedKey(stack, `${bucketName}-key`),
  });
type Out = ReturnType<typeof clusterWith>;
const namesIn = (out: Out) => Object.keys(out.resources("aws_eks_addon")).map((path) => path.replace("Cluster/", ""));
const configurationOf = (out: Out, id: string) =>
  JSON.parse(String(out.resource("aws_eks_addon", `Cluster/${id}`)["configuration_values"])) as unknown;
const criticalNodes = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };

describe("a cluster's add-ons", () => {
  const out = clusterWith();

  test("are EBS volumes, their snapshots and node monitoring, unless asked otherwise", () => {
    expect(namesIn(out)).toEqual([
      "CoreDns",
      "EbsCsi",
      "KubeProxy",
      "NodeMonitoring",
      "PodIdentityAgent",
      "SnapshotController",
      "VpcCni",
    ]);
  });

  test("without the EBS driver have no use for snapshots either", () => {
    const addOns = { ebsCsi: false, nodeMonitoring: false };
    expect(namesIn(clusterWith(() => ({ addOns })))).toEqual(["CoreDns", "KubeProxy", "PodIdentityAgent", "VpcCni"]);
  });

  test("can have snapshots for a driver that comes otherwise", () => {
    const addOns = { ebsCsi: false, snapshotController: true };
    expect(namesIn(clusterWith(() => ({ addOns })))).toContain("SnapshotController");
  });

  test("that run as Deployments wait for the pool they fit on, the others do not", () => {
    const waiting = Object.entries(out.resources("aws_eks_addon"))
      .filter(([, addOn]) => String(addOn["depends_on"]).includes("aws_eks_node_group.Cluster_SystemPool_83C7EDCB"))
      .map(([path]) => path);
    expect(waiting).toEqual(["Cluster/CoreDns", "Cluster/EbsCsi", "Cluster/SnapshotController"]);
  });

  test("are let onto nodes kept for critical add-ons, and their agents onto every node", () => {
    expect(configurationOf(out, "SnapshotController")).toEqual(criticalNodes);
    expect(configurationOf(out, "EbsCsi")).toEqual({ controller: criticalNodes, node: { tolerateAllTaints: true } });
    expect(configurationOf(out, "NodeMonitoring")).toEqual({ dcgmAgent: { tolerations: [{ operator: "Exists" }] } });
  });

  test("tag volumes as asked", () => {
    const tagged = clusterWith(() => ({ addOns: { volumeTags: { Project: "atlas" } } }));
    expect(configurationOf(tagged, "EbsCsi")).toMatchObject({ controller: { extraVolumeTags: { Project: "atlas" } } });
  });
});

describe("the EBS driver", () => {
  test("acts as a role of its own, which stands before it, for volumes of this cluster only", () => {
    const out = clusterWith();
    expect(out.resource("aws_eks_pod_identity_association", "Cluster/EbsCsiRole/Association")).toMatchObject({
      namespace: "kube-system",
      service_account: "ebs-csi-controller-sa",
    });
    const policy = "Cluster/EbsCsiRole/AmazonEBSCSIDriverEKSClusterScopedPolicy";
    expect(out.resource("aws_iam_role_policy_attachment", policy)).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy",
    });
    expect(out.resource("aws_eks_addon", "Cluster/EbsCsi")["depends_on"]).toEqual([
      "aws_eks_node_group.Cluster_SystemPool_83C7EDCB",
      out.addresses("aws_eks_pod_identity_association")["Cluster/EbsCsiRole/Association"],
      out.addresses("aws_iam_role_policy_attachment")[policy],
    ]);
    expect(out.resources("aws_iam_role_policy")).toEqual({});
  });

  test("may use the cluster's disk key", () => {
    const out = clusterWith((stack) => ({ diskKey: importedKey(stack, "DiskKey") }));
    expect(out.policy("aws_iam_role_policy", "Cluster/EbsCsiRole/Policy")).toMatchObject({
      Statement: [
        { Action: expect.arrayContaining(["kms:GenerateDataKeyWithoutPlaintext"]), Resource: KEY_ARN },
        { Action: "kms:CreateGrant", Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
      ],
    });
    expect(out.resource("aws_eks_addon", "Cluster/EbsCsi")["depends_on"]).toContain(
      out.addresses("aws_iam_role_policy")["Cluster/EbsCsiRole/Policy"],
    );
  });
});

describe("the disk key", () => {
  const OTHER = KEY_ARN.replace("1111", "9999");
  const kmsKeyOf = (out: Out, pool: string) =>
    JSON.stringify(out.resource("aws_launch_template", `Cluster/${pool}/LaunchTemplate`)["block_device_mappings"]);

  test("encrypts the disks of every pool that names no other", () => {
    const out = synthesize((stack) => {
      const cluster = define(stack, { diskKey: importedKey(stack, "DiskKey") });
      const diskKey = Key.fromKeyAttributes(stack, "OtherKey", { keyArn: OTHER });
      cluster.addNodePool("SystemPool", SYSTEM_POOL);
      cluster.addNodePool("BatchPool", { ...SYSTEM_POOL, poolName: "batch", diskKey });
      cluster.addGpuNodePool("GpuPool", { poolName: "gpu", instanceTypes: ["g6.xlarge"], maxSize: 1 });
    });
    expect(kmsKeyOf(out, "SystemPool")).toContain(KEY_ARN);
    expect(kmsKeyOf(out, "GpuPool")).toContain(KEY_ARN);
    expect(kmsKeyOf(out, "BatchPool")).toContain(OTHER);
  });

  test.each([
    [true, undefined],
    [false, "`diskKey` must allow Auto Scaling to use it, or no instance starts: call `allowAutoScaling` on the key"],
  ])("must be one that Auto Scaling may use: %p", (allowed, problem) => {
    const stack = testStack();
    const diskKey = new Key(stack, "DiskKey", { identity: IDENTITY, purpose: "disks" });
    define(stack, { diskKey }).addNodePool("SystemPool", SYSTEM_POOL);
    if (allowed) diskKey.allowAutoScaling();
    if (problem === undefined) expect(() => synth(stack)).not.toThrow();
    else expect(() => synth(stack)).toThrow(problem);
  });
});

describe("object stores that pods mount", () => {
  const out = clusterWith((stack) => ({
    addOns: {
      s3Mounts: { read: [importedStore(stack, "datasets-1")], readWrite: [importedStore(stack, "artifacts-1")] },
    },
  }));

  test("bring the driver, after the nodes, which lets them be mounted on every node", () => {
    expect(out.resource("aws_eks_addon", "Cluster/S3Csi")).toMatchObject({
      addon_name: "aws-mountpoint-s3-csi-driver",
      addon_version: expect.stringMatching(/^v2\./),
      depends_on: [
        "aws_eks_node_group.Cluster_SystemPool_83C7EDCB",
        out.addresses("aws_eks_pod_identity_association")["Cluster/S3CsiRole/Association"],
        out.addresses("aws_iam_role_policy")["Cluster/S3CsiRole/Policy"],
      ],
    });
    expect(configurationOf(out, "S3Csi")).toEqual({ controller: criticalNodes, node: { tolerateAllTaints: true } });
  });

  test("are the only ones the driver reaches, each as asked", () => {
    const policy = out.policy("aws_iam_role_policy", "Cluster/S3CsiRole/Policy") as {
      Statement: { Action: string[]; Resource: string | string[] }[];
    };
    const written = policy.Statement.filter(({ Action }) => Action.includes("s3:PutObject")).flatMap(
      ({ Resource }) => Resource,
    );
    const read = policy.Statement.filter(({ Action }) => Action.includes("s3:GetObject")).flatMap(
      ({ Resource }) => Resource,
    );
    expect(written).toEqual(["arn:aws:s3:::artifacts-1/*"]);
    expect(read.sort()).toEqual(["arn:aws:s3:::artifacts-1/*", "arn:aws:s3:::datasets-1/*"]);
  });
});

describe("add-ons are refused", () => {
  const refused = (addOns: (stack: TerraformStack) => AddOnOptions) =>
    failure(() => {
      const stack = testStack();
      define(stack, { addOns: addOns(stack) });
    });
  const RESERVED =
    "must not be a key that AWS or the driver sets itself (aws:, kubernetes.io/, ebs.csi.aws.com/, CSI…)";
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, ""]));

  test.each<[string, (stack: TerraformStack) => AddOnOptions, string]>([
    [
      "tags without a driver",
      () => ({ ebsCsi: false, volumeTags: { a: "b" } }),
      '`addOns.volumeTags` must be left out where `ebsCsi` is false: nothing makes volumes, got {"a":"b"}',
    ],
    [
      "a tag that the driver sets",
      () => ({ volumeTags: { "ebs.csi.aws.com/cluster-name": "other" } }),
      `\`addOns.volumeTags["ebs.csi.aws.com/cluster-name"]\` ${RESERVED}, got "ebs.csi.aws.com/cluster-name"`,
    ],
    [
      "a tag of AWS",
      () => ({ volumeTags: { "aws:owner": "me" } }),
      `\`addOns.volumeTags["aws:owner"]\` ${RESERVED}, got "aws:owner"`,
    ],
    [
      "a tag without a key",
      () => ({ volumeTags: { "": "x" } }),
      '`addOns.volumeTags[""]` must have a key of 1 to 128 characters, got ""',
    ],
    [
      "a value that is too long",
      () => ({ volumeTags: { a: "x".repeat(257) } }),
      `\`addOns.volumeTags["a"]\` must have at most 256 characters, got "${"x".repeat(119)}… (259 characters)`,
    ],
    [
      "too many tags",
      () => ({ volumeTags: many(41) }),
      "`addOns.volumeTags` must hold at most 40 tags, since the driver adds its own, got 41",
    ],
    [
      "mounts of nothing",
      () => ({ s3Mounts: {} }),
      '`addOns.s3Mounts` must name at least one store, or be left out, got "none"',
    ],
    [
      "a store both ways",
      (stack) => {
        const store = importedStore(stack, "models-1");
        return { s3Mounts: { read: [store], readWrite: [store] } };
      },
      "`addOns.s3Mounts` must name each store once, to read or to read and write, got 1",
    ],
  ])("%s", (_name, addOns, line) => {
    const { code, message } = refused(addOns);
    expect(code).toBe("INVALID_EKS_CLUSTER_PROPS");
    expect(message.replace(/\s+in test\/Cluster$/, "")).toBe(line);
  });

  test("not forty tags of the longest kind", () => {
    const volumeTags = { ...many(39), ["k".repeat(128)]: "v".repeat(256) };
    expect(() => clusterWith(() => ({ addOns: { volumeTags } }))).not.toThrow();
  });
});

describe("the end of a version's support", () => {
  const warnings = (version: string) => {
    const stack = testStack();
    const cluster: IConstruct = define(stack, { version });
    return cluster.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
  };

  test("is warned of at synthesis, and nothing is refused for it", () => {
    expect(warnings("1.33")).toEqual([
      expect.stringMatching(/^Kubernetes 1\.33 .*standard support ended on 2026-07-29/),
    ]);
    expect(warnings("1.36")).toEqual([]);
  });
});
