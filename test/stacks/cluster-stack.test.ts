import type { EnvironmentConfig } from "../../config";
import { environment, synthesizedStack } from "../support/platform";

const dev = environment("atlas/dev");
const out = synthesizedStack(dev, "cluster");
const prod = synthesizedStack(environment("atlas/prod"), "cluster");

test("the cluster stands in the private subnets of the network layer", () => {
  expect(out.resource("aws_eks_cluster")).toMatchObject({
    name: "atlas-dev",
    vpc_config: {
      subnet_ids: [
        expect.stringMatching(/^\$\{data\.terraform_remote_state\..*-atlas-dev-network\.outputs\..*PrivateSubnetA/),
        expect.stringMatching(/^\$\{data\.terraform_remote_state\..*-atlas-dev-network\.outputs\..*PrivateSubnetB/),
      ],
      endpoint_public_access: false,
    },
  });
});

test("the cluster's key is its own, and CloudWatch may use it for the cluster's log group alone", () => {
  expect(out.resource("aws_kms_alias", "Key/Alias")).toMatchObject({ name: "alias/atlas-dev-cluster" });
  expect(out.policy("aws_kms_key", "Key/Resource")).toMatchObject({
    Statement: [
      expect.anything(),
      {
        Principal: { Service: "logs.us-east-1.amazonaws.com" },
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn":
              "arn:aws:logs:us-east-1:111111111111:log-group:/aws/eks/atlas-dev/cluster",
          },
        },
      },
    ],
  });
});

test("there is a node group for the system and for each pool of the config", () => {
  expect(Object.keys(prod.resources("aws_eks_node_group")).sort()).toEqual([
    "Cluster/CpuPool-batch/Resource",
    "Cluster/CpuPool-services/Resource",
    "Cluster/GpuPool-h100/Resource",
    "Cluster/GpuPool-l40s/Resource",
    "Cluster/SystemPool/Resource",
  ]);
});

test("a pool is what its config says", () => {
  expect(prod.resource("aws_eks_node_group", "Cluster/GpuPool-h100/Resource")).toMatchObject({
    instance_types: ["p5.48xlarge"],
    capacity_type: "ON_DEMAND",
    scaling_config: { min_size: 0, desired_size: 0, max_size: 4 },
    subnet_ids: [expect.stringContaining("PrivateSubnetB")],
    labels: { workload: "training", "flightdeck.dev/gpu": "h100", "flightdeck.dev/pool": "h100" },
    taint: [
      { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" },
      { key: "workload", value: "training", effect: "NO_SCHEDULE" },
    ],
  });
});

test("instances and disks carry the tags of the environment", () => {
  expect(out.resource("aws_launch_template", "Cluster/SystemPool/LaunchTemplate")).toMatchObject({
    tag_specifications: expect.arrayContaining([
      {
        resource_type: "volume",
        tags: {
          Name: "atlas-dev-system",
          Project: "atlas",
          Stage: "dev",
          Layer: "cluster",
          Owner: "ml-platform@example.com",
          ManagedBy: "flightdeck",
          CostCenter: "ml-research",
          "flightdeck:pool": "system",
        },
      },
    ]),
  });
});

test("administrators and viewers get the rights that the config gives them", () => {
  const rights = Object.values(out.resources("aws_eks_access_policy_association")).map((one) => [
    String(one["principal_arn"]).split("/").pop(),
    String(one["policy_arn"]).split("/").pop(),
  ]);
  expect(Object.fromEntries(rights)).toEqual({
    "platform-admin": "AmazonEKSClusterAdminPolicy",
    "ml-engineer": "AmazonEKSClusterAdminPolicy",
    developer: "AmazonEKSViewPolicy",
    "data-scientist": "AmazonEKSEditPolicy",
  });
});

test("pods of a service account get at the stores that the config names, and at no others", () => {
  expect(out.resource("aws_eks_pod_identity_association", "PodRole-training/Association")).toMatchObject({
    namespace: "training",
    service_account: "trainer",
  });
  const statements = out.policy("aws_iam_role_policy", "PodRole-training/Policy") as {
    Statement: { Action: string[]; Resource: unknown }[];
  };
  const storesFor = (action: string) =>
    statements.Statement.filter(({ Action }) => Action.includes(action))
      .flatMap(({ Resource }) => Resource)
      .map((arn) => /_s3_bucket(\w+?)_/.exec(String(arn))?.[1]);
  expect(storesFor("s3:GetObject").sort()).toEqual(["Artifacts", "Datasets", "Models"]);
  expect(storesFor("s3:PutObject").sort()).toEqual(["Artifacts", "Models"]);
});

test("a protected cluster and its key cannot be destroyed", () => {
  expect(prod.resource("aws_eks_cluster")).toMatchObject({ lifecycle: { prevent_destroy: true } });
  for (const key of Object.values(prod.resources("aws_kms_key"))) {
    expect(key).toMatchObject({ lifecycle: { prevent_destroy: true } });
  }
});

test("disks have a key of their own, which Auto Scaling may use", () => {
  const [disk] = out.resource("aws_launch_template", "Cluster/GpuPool-l4/LaunchTemplate")["block_device_mappings"] as [
    { readonly ebs: object },
  ];
  expect(disk.ebs).toMatchObject({ encrypted: "true", kms_key_id: "${aws_kms_key.DiskKey_862D3836.arn}" });
  expect(JSON.stringify(out.policy("aws_kms_key", "DiskKey/Resource"))).toContain("AWSServiceRoleForAutoScaling");
});

test("Karpenter's side of AWS is there where the config asks for it", () => {
  expect(Object.keys(prod.resources("aws_sqs_queue"))).toHaveLength(1);
  expect(out.counts()).not.toHaveProperty("aws_sqs_queue");
});

test("pods may mount the stores that the config names", () => {
  const mounts = JSON.stringify(prod.policy("aws_iam_role_policy", "Cluster/S3CsiRole/Policy"));
  expect(mounts).toContain("Datasets");
  expect(mounts).toContain("Models");
  expect(mounts).not.toContain("s3:PutObject");
});

test("every role of an environment that pipelines deploy carries its boundary, and none elsewhere does", () => {
  const boundaries = (stack: typeof out) => [
    ...new Set(Object.values(stack.resources("aws_iam_role")).map((role) => role["permissions_boundary"])),
  ];
  expect(boundaries(prod)).toEqual(["arn:aws:iam::333333333333:policy/atlas-prod-boundary"]);
  expect(boundaries(out)).toEqual([undefined]);
});

test("ranges open the API server only while its endpoint is public", () => {
  const endpointOf = (open: boolean) => {
    const cluster = { ...dev.cluster, endpoint: { public: open, allowedCidrs: ["203.0.113.0/24"] } };
    const config: EnvironmentConfig = { ...dev, cluster };
    return synthesizedStack(config, "cluster").resource("aws_eks_cluster")["vpc_config"];
  };
  expect(endpointOf(true)).toMatchObject({ endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] });
  expect(Object.keys(endpointOf(false) as object)).not.toContain("public_access_cidrs");
});
