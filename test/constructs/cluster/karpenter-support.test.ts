import type { TerraformStack } from "cdktf";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { KarpenterSupport, type KarpenterSupportProps } from "../../../constructs/cluster/karpenter-support";
import { importedCluster, importedKey, importedVpc, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY, RecordingGrantee } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const supportWith = (props: (stack: TerraformStack) => Partial<KarpenterSupportProps> = () => ({})) =>
  synthesize((stack) => {
    new KarpenterSupport(stack, "Karpenter", { cluster: importedCluster(stack), ...props(stack) });
  });

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const OWNED = {
  StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/atlas-dev": "owned" },
  StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
};
const CLUSTER_ARN = "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev";

describe("KarpenterSupport with minimal props", () => {
  const out = supportWith();
  const { Statement: statements } = out.policy("aws_iam_role_policy") as { Statement: Statement[] };
  const statement = (sid: string) => statements.find(({ Sid }) => Sid === sid);

  test("gives the controller's pods a role of their own", () => {
    expect(out.resource("aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "atlas-dev",
      namespace: "kube-system",
      service_account: "karpenter",
    });
    expect(out.resource("aws_iam_role", "Karpenter/ControllerRole/Resource")).toMatchObject({
      name: "atlas-dev-eks-karpenter",
    });
  });

  test("lets the controller do what Karpenter documents, statement by statement", () => {
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "AllowScopedEC2InstanceAccessActions",
      "AllowScopedEC2LaunchTemplateAccessActions",
      "AllowScopedEC2InstanceActionsWithTags",
      "AllowScopedResourceCreationTagging",
      "AllowScopedResourceTagging",
      "AllowScopedDeletion",
      "AllowPassingInstanceRole",
      "AllowScopedInstanceProfileCreationActions",
      "AllowScopedInstanceProfileTagActions",
      "AllowScopedInstanceProfileActions",
      "AllowAPIServerEndpointDiscovery",
      "AllowInterruptionQueueActions",
      "AllowZonalShiftStatusReadOnly",
      "AllowRegionalReadActions",
      "AllowSSMReadActions",
      "AllowPricingReadActions",
      "AllowUnscopedInstanceProfileListAction",
      "AllowInstanceProfileReadActions",
    ]);
  });

  test("lets it start and tag only what carries the cluster's tags", () => {
    const requested = {
      StringEquals: {
        "aws:RequestTag/kubernetes.io/cluster/atlas-dev": "owned",
        "aws:RequestTag/eks:eks-cluster-name": "atlas-dev",
      },
      StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
    };
    const created = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
    expect(statement("AllowScopedEC2InstanceActionsWithTags")).toMatchObject({
      Action: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      Resource: created.map((type) => `arn:aws:ec2:eu-central-1:*:${type}/*`),
      Condition: requested,
    });
    expect(statement("AllowScopedResourceCreationTagging")?.Condition).toEqual({
      ...requested,
      StringEquals: {
        ...requested.StringEquals,
        "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
      },
    });
    expect(statement("AllowScopedResourceTagging")).toMatchObject({
      Resource: "arn:aws:ec2:eu-central-1:*:instance/*",
      Condition: {
        ...OWNED,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": "atlas-dev" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    });
  });

  test("lets it end only what it started for this cluster", () => {
    expect(statement("AllowScopedDeletion")).toMatchObject({
      Action: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      Condition: OWNED,
    });
    expect(statement("AllowScopedEC2LaunchTemplateAccessActions")?.Condition).toEqual(OWNED);
  });

  test("lets it start from images, subnets and groups of any account, and read the region only", () => {
    expect(statement("AllowScopedEC2InstanceAccessActions")?.Resource).toEqual([
      "arn:aws:ec2:eu-central-1::image/*",
      "arn:aws:ec2:eu-central-1::snapshot/*",
      "arn:aws:ec2:eu-central-1:*:security-group/*",
      "arn:aws:ec2:eu-central-1:*:subnet/*",
      "arn:aws:ec2:eu-central-1:*:capacity-reservation/*",
      "arn:aws:ec2:eu-central-1:*:placement-group/*",
    ]);
    expect(statement("AllowRegionalReadActions")?.Condition).toEqual({
      StringEquals: { "aws:RequestedRegion": "eu-central-1" },
    });
  });

  test("lets it make instance profiles with the nodes' role and the cluster's tags, and no others", () => {
    const tags = (kind: string) => ({
      [`aws:${kind}Tag/kubernetes.io/cluster/atlas-dev`]: "owned",
      [`aws:${kind}Tag/topology.kubernetes.io/region`]: "eu-central-1",
    });
    const named = { "aws:RequestTag/eks:eks-cluster-name": "atlas-dev" };
    expect(statement("AllowPassingInstanceRole")).toMatchObject({
      Resource: "${aws_iam_role.Karpenter_NodeRole_EDDDDC23.arn}",
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    });
    expect(statement("AllowScopedInstanceProfileCreationActions")?.Condition).toEqual({
      StringEquals: { ...tags("Request"), ...named },
      StringLike: { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" },
    });
    expect(statement("AllowScopedInstanceProfileTagActions")?.Condition).toEqual({
      StringEquals: { ...tags("Resource"), ...tags("Request"), ...named },
      StringLike: {
        "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*",
        "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*",
      },
    });
    expect(statement("AllowScopedInstanceProfileActions")?.Condition).toEqual({
      StringEquals: tags("Resource"),
      StringLike: { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" },
    });
  });

  test("names its cluster and its queue where it can", () => {
    expect(statement("AllowAPIServerEndpointDiscovery")?.Resource).toBe(CLUSTER_ARN);
    expect(statement("AllowInterruptionQueueActions")?.Resource).toBe("${aws_sqs_queue.Karpenter_Queue_5CE225B5.arn}");
    expect(statement("AllowZonalShiftStatusReadOnly")?.Condition).toEqual({
      StringEquals: { "arc-zonal-shift:ResourceIdentifier": CLUSTER_ARN },
    });
  });

  test("keeps two thirds of what IAM allows for a policy", () => {
    expect(JSON.stringify({ Version: "2012-10-17", Statement: statements }).length).toBeLessThan(6900);
  });

  test("lets nodes join, with no permissions of pods", () => {
    expect(out.resource("aws_iam_role", "Karpenter/NodeRole/Resource")).toMatchObject({
      name: "atlas-dev-eks-karpenter-node",
    });
    const attached = Object.values(out.resources("aws_iam_role_policy_attachment"));
    expect(attached.map((one) => String(one["policy_arn"]).split("/")[1])).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodePolicy",
    ]);
    expect(out.resource("aws_eks_access_entry")).toEqual({
      cluster_name: "atlas-dev",
      principal_arn: "${aws_iam_role.Karpenter_NodeRole_EDDDDC23.arn}",
      type: "EC2_LINUX",
    });
  });

  test("marks the cluster's security group, so that node classes find it", () => {
    expect(out.resource("aws_ec2_tag")).toEqual({
      resource_id: "sg-1",
      key: "karpenter.sh/discovery",
      value: "atlas-dev",
    });
  });
});

describe("the interruption queue", () => {
  const out = supportWith();

  test("is encrypted and forgets after five minutes", () => {
    expect(out.resource("aws_sqs_queue")).toEqual({
      name: "atlas-dev-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
      tags: { Name: "atlas-dev-karpenter" },
    });
  });

  test("is filled by rules for every way a node ends", () => {
    const events = Object.entries(out.resources("aws_cloudwatch_event_rule")).map(([path, rule]) => {
      const pattern = JSON.parse(String(rule["event_pattern"])) as Record<string, string[]>;
      return [path.replace("Karpenter/", ""), rule["name"], pattern["source"]?.[0], pattern["detail-type"]?.[0]];
    });
    expect(events).toEqual([
      [
        "CapacityReservationInterruptionRule",
        "atlas-dev-karpenter-reservation-interruption",
        "aws.ec2",
        "EC2 Capacity Reservation Instance Interruption Warning",
      ],
      [
        "InstanceStateChangeRule",
        "atlas-dev-karpenter-instance-state-change",
        "aws.ec2",
        "EC2 Instance State-change Notification",
      ],
      ["RebalanceRule", "atlas-dev-karpenter-rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"],
      ["ScheduledChangeRule", "atlas-dev-karpenter-scheduled-change", "aws.health", "AWS Health Event"],
      [
        "SpotInterruptionRule",
        "atlas-dev-karpenter-spot-interruption",
        "aws.ec2",
        "EC2 Spot Instance Interruption Warning",
      ],
    ]);
    const targets = Object.values(out.resources("aws_cloudwatch_event_target"));
    expect(targets).toHaveLength(5);
    for (const target of targets)
      expect(target).toMatchObject({ arn: "${aws_sqs_queue.Karpenter_Queue_5CE225B5.arn}" });
  });

  test("takes messages from its rules and the account's own queues, and nothing without TLS", () => {
    const arn = "${aws_sqs_queue.Karpenter_Queue_5CE225B5.arn}";
    const rules = out.addresses("aws_cloudwatch_event_rule");
    const names = ["ScheduledChange", "SpotInterruption", "Rebalance", "InstanceStateChange"];
    const ruleArns = [...names, "CapacityReservationInterruption"].map(
      (name) => `\${${rules[`Karpenter/${name}Rule`]}.arn}`,
    );
    expect(out.policy("aws_sqs_queue_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "InterruptionEvents",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
        },
        {
          Sid: "OwnQueues",
          Effect: "Allow",
          Principal: { Service: "sqs.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        },
        {
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});

describe("KarpenterSupport with every prop", () => {
  const clusterOf = (stack: TerraformStack, diskKey = false) =>
    EksCluster.fromClusterAttributes(stack, "Other", {
      identity: { ...IDENTITY, region: "cn-north-1" },
      clusterName: "other",
      clusterArn: "arn:aws-cn:eks:cn-north-1:111111111111:cluster/other",
      version: "1.36",
      endpoint: "https://0123.eks.amazonaws.com.cn",
      certificateAuthorityData: "LS0tLS1CRUdJTg==",
      clusterSecurityGroupId: "sg-2",
      vpc: importedVpc(stack, ["cn-north-1a", "cn-north-1b"]),
      cniUsesNodeRole: true,
      ...(diskKey && { diskKey: importedKey(stack) }),
    });

  test("lets people onto the nodes, and gives these the CNI's policy where the CNI has no role", () => {
    const out = synthesize((stack) => {
      new KarpenterSupport(stack, "Karpenter", { cluster: clusterOf(stack), sessionManager: true });
    });
    const attached = Object.values(out.resources("aws_iam_role_policy_attachment"));
    expect(attached.map((one) => one["policy_arn"])).toEqual([
      "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws-cn:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws-cn:iam::aws:policy/AmazonEKS_CNI_Policy",
      "arn:aws-cn:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ]);
    expect(JSON.stringify(out.policy("aws_iam_role_policy"))).not.toContain('"arn:aws:');
  });

  test("lets the controller start nodes with the cluster's disk key", () => {
    const out = synthesize((stack) => {
      new KarpenterSupport(stack, "Karpenter", { cluster: clusterOf(stack, true) });
    });
    const { Statement: statements } = out.policy("aws_iam_role_policy") as { Statement: Statement[] };
    expect(statements.slice(-2)).toMatchObject([
      { Action: expect.arrayContaining(["kms:Decrypt"]), Resource: KEY_ARN },
      { Action: "kms:CreateGrant", Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
    ]);
  });
});

test("KarpenterSupport tells those who install Karpenter what they need", () => {
  const stack = testStack();
  const support = new KarpenterSupport(stack, "Karpenter", { cluster: importedCluster(stack) });

  expect(resolved(stack, support.queueName)).toBe("${aws_sqs_queue.Karpenter_Queue_5CE225B5.name}");
  expect(resolved(stack, support.nodeRoleName)).toBe("${aws_iam_role.Karpenter_NodeRole_EDDDDC23.name}");
  expect(support.discoveryTags).toEqual({ "karpenter.sh/discovery": "atlas-dev" });
  expect(support.nodeTags).toEqual({ "ebs.csi.aws.com/cluster-name": "atlas-dev" });
});

test("KarpenterSupport keeps its addresses", () => {
  const out = supportWith();
  expect(out.addresses("aws_sqs_queue")).toEqual({ "Karpenter/Queue": "aws_sqs_queue.Karpenter_Queue_5CE225B5" });
  expect(out.addresses("aws_iam_role")).toEqual({
    "Karpenter/ControllerRole/Resource": "aws_iam_role.Karpenter_ControllerRole_6B6D3FD1",
    "Karpenter/NodeRole/Resource": "aws_iam_role.Karpenter_NodeRole_EDDDDC23",
  });
});

describe("KarpenterSupport.fromKarpenterSupportAttributes", () => {
  const attributes = {
    clusterName: "atlas-dev",
    queueName: "atlas-dev-karpenter",
    controllerRoleArn: "arn:aws:iam::111111111111:role/karpenter",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes/karpenter-node",
  };

  test("has names and tags, and its controller can be granted more", () => {
    const out = synthesize((stack) => {
      const support = KarpenterSupport.fromKarpenterSupportAttributes(stack, "Shared", attributes);
      expect(support).toMatchObject({
        queueName: "atlas-dev-karpenter",
        nodeRoleName: "karpenter-node",
        nodeRoleArn: attributes.nodeRoleArn,
        discoveryTags: { "karpenter.sh/discovery": "atlas-dev" },
        nodeTags: { "ebs.csi.aws.com/cluster-name": "atlas-dev" },
      });
      importedKey(stack).grantVolumeEncryption(support.controllerRole);
      importedKey(stack, "Other").grantDecrypt(new RecordingGrantee());
    });
    expect(out.counts()).toEqual({ aws_iam_role_policy: 1 });
    expect(out.resource("aws_iam_role_policy")).toMatchObject({ role: "karpenter" });
  });

  test("refuses what is no role", () => {
    const wrong = () =>
      KarpenterSupport.fromKarpenterSupportAttributes(testStack(), "Shared", { ...attributes, nodeRoleArn: "node" });
    expect(failure(wrong)).toEqual({
      code: "INVALID_KARPENTER_SUPPORT_ATTRIBUTES",
      message: '`nodeRoleArn` must be an ARN arn:<partition>:iam::<account>:role/<name>, got "node"\n  in test/Shared',
    });
  });
});
