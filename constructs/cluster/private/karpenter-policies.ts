import type { PolicyConditions, PolicyStatement } from "../../core/grants";
import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";

/** What the permissions of Karpenter's controller speak of. */
export interface KarpenterScope {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly nodeRoleArn: string;
  readonly queueArn: string;
}

/**
 * What Karpenter's controller may do: start, tag and end instances of its own cluster, which it tells by their tags. These are
 * the statements of Karpenter 1.14, by their own names.
 *
 * @see https://karpenter.sh/v1.14/reference/cloudformation/#controller-authorization
 */
export function karpenterStatements(scope: KarpenterScope): PolicyStatement[] {
  return [
    ...nodeLifecycle(scope),
    ...instanceProfiles(scope),
    ...clusterAndQueue(scope),
    ...discovery(scope),
    ...discoveryOfProfiles(scope),
  ];
}

const LAUNCH = ["ec2:RunInstances", "ec2:CreateFleet"];
const CREATED = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
const NODE_POOL = "karpenter.sh/nodepool";
const NODE_CLASS = "karpenter.k8s.aws/ec2nodeclass";
const DESCRIBED = [
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeImages",
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribePlacementGroups",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
];

function nodeLifecycle(scope: KarpenterScope): PolicyStatement[] {
  const ours = ownedBy(scope);
  const requested = { StringEquals: requestedFor(scope), StringLike: { [`aws:RequestTag/${NODE_POOL}`]: "*" } };
  const created = CREATED.map((type) => ec2Arn(scope, `*:${type}/*`));
  const [instances, templates] = [ec2Arn(scope, "*:instance/*"), ec2Arn(scope, "*:launch-template/*")];
  const actions = ["RunInstances", "CreateFleet", "CreateLaunchTemplate"];
  return [
    { sid: "AllowScopedEC2InstanceAccessActions", actions: LAUNCH, resources: launchedFrom(scope) },
    { sid: "AllowScopedEC2LaunchTemplateAccessActions", actions: LAUNCH, resources: [templates], conditions: ours },
    {
      sid: "AllowScopedEC2InstanceActionsWithTags",
      actions: [...LAUNCH, "ec2:CreateLaunchTemplate"],
      resources: created,
      conditions: requested,
    },
    {
      sid: "AllowScopedResourceCreationTagging",
      actions: ["ec2:CreateTags"],
      resources: created,
      conditions: { ...requested, StringEquals: { ...requested.StringEquals, "ec2:CreateAction": actions } },
    },
    { ...taggingLater(scope), resources: [instances] },
    {
      sid: "AllowScopedDeletion",
      actions: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      resources: [instances, templates],
      conditions: ours,
    },
  ];
}

/** Images and snapshots have no account in their ARN; subnets, groups and reservations may be shared by another account. */
function launchedFrom(scope: KarpenterScope): string[] {
  const shared = ["security-group", "subnet", "capacity-reservation", "placement-group"];
  return [
    ...["image", "snapshot"].map((type) => ec2Arn(scope, `:${type}/*`)),
    ...shared.map((type) => ec2Arn(scope, `*:${type}/*`)),
  ];
}

function taggingLater(scope: KarpenterScope): Omit<PolicyStatement, "resources"> {
  return {
    sid: "AllowScopedResourceTagging",
    actions: ["ec2:CreateTags"],
    conditions: {
      ...ownedBy(scope),
      StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": scope.clusterName },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
    },
  };
}

function instanceProfiles(scope: KarpenterScope): PolicyStatement[] {
  const { region } = scope.identity;
  const inRegion = (kind: "Request" | "Resource") => ({ [`aws:${kind}Tag/topology.kubernetes.io/region`]: region });
  const ofClass = (kind: "Request" | "Resource") => ({ [`aws:${kind}Tag/${NODE_CLASS}`]: "*" });
  const wanted = { ...requestedFor(scope), ...inRegion("Request") };
  const there = { [`aws:ResourceTag/${clusterTag(scope)}`]: "owned", ...inRegion("Resource") };
  const resources = [profiles(scope)];
  return [
    {
      sid: "AllowPassingInstanceRole",
      actions: ["iam:PassRole"],
      resources: [scope.nodeRoleArn],
      conditions: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      sid: "AllowScopedInstanceProfileCreationActions",
      actions: ["iam:CreateInstanceProfile"],
      resources,
      conditions: { StringEquals: wanted, StringLike: ofClass("Request") },
    },
    {
      sid: "AllowScopedInstanceProfileTagActions",
      actions: ["iam:TagInstanceProfile"],
      resources,
      conditions: {
        StringEquals: { ...there, ...wanted },
        StringLike: { ...ofClass("Resource"), ...ofClass("Request") },
      },
    },
    {
      sid: "AllowScopedInstanceProfileActions",
      actions: ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      resources,
      conditions: { StringEquals: there, StringLike: ofClass("Resource") },
    },
  ];
}

function clusterAndQueue({ clusterArn, queueArn }: KarpenterScope): PolicyStatement[] {
  return [
    { sid: "AllowAPIServerEndpointDiscovery", actions: ["eks:DescribeCluster"], resources: [clusterArn] },
    {
      sid: "AllowInterruptionQueueActions",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: [queueArn],
    },
    {
      sid: "AllowZonalShiftStatusReadOnly",
      actions: ["arc-zonal-shift:GetManagedResource"],
      resources: ["*"],
      conditions: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": clusterArn } },
    },
  ];
}

function discovery({ identity: { region } }: KarpenterScope): PolicyStatement[] {
  return [
    {
      sid: "AllowRegionalReadActions",
      actions: DESCRIBED,
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      sid: "AllowSSMReadActions",
      actions: ["ssm:GetParameter"],
      resources: [`arn:${partitionOf(region)}:ssm:${region}::parameter/aws/service/*`],
    },
    { sid: "AllowPricingReadActions", actions: ["pricing:GetProducts"], resources: ["*"] },
  ];
}

function discoveryOfProfiles(scope: KarpenterScope): PolicyStatement[] {
  return [
    { sid: "AllowUnscopedInstanceProfileListAction", actions: ["iam:ListInstanceProfiles"], resources: ["*"] },
    { sid: "AllowInstanceProfileReadActions", actions: ["iam:GetInstanceProfile"], resources: [profiles(scope)] },
  ];
}

/** What Karpenter started for this cluster before. */
function ownedBy(scope: KarpenterScope): PolicyConditions {
  return {
    StringEquals: { [`aws:ResourceTag/${clusterTag(scope)}`]: "owned" },
    StringLike: { [`aws:ResourceTag/${NODE_POOL}`]: "*" },
  };
}

/** The tags that say for which cluster something is made. */
function requestedFor(scope: KarpenterScope): Record<string, string> {
  return {
    [`aws:RequestTag/${clusterTag(scope)}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": scope.clusterName,
  };
}

function clusterTag({ clusterName }: KarpenterScope): string {
  return `kubernetes.io/cluster/${clusterName}`;
}

function ec2Arn({ identity: { region } }: KarpenterScope, accountAndResource: string): string {
  return `arn:${partitionOf(region)}:ec2:${region}:${accountAndResource}`;
}

function profiles({ identity: { account, region } }: KarpenterScope): string {
  return `arn:${partitionOf(region)}:iam::${account}:instance-profile/*`;
}
