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
  expect(out.resource("aws_kms_alias")).toMatchObject({ name: "alias/atlas-dev-cluster" });
  expect(out.policy("aws_kms_key")).toMatchObject({
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
  expect(prod.resource("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: true } });
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
