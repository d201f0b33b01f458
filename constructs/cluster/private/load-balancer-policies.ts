import type { PolicyConditions, PolicyStatement } from "../../core/grants";
import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import {
  CREATE_BALANCER_ACTIONS,
  DESCRIBE_BALANCER_ACTIONS,
  GROUP_RULE_ACTIONS,
  MANAGE_BALANCER_ACTIONS,
  SHIELD_ACTIONS,
  WEB_ACL_ACTIONS,
} from "../perms";

/** What the permissions of the load balancer controller speak of. */
export interface LoadBalancerScope {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly vpcId: string;
  /** Security groups of pods, in which load balancers must be let in. */
  readonly podGroupIds: readonly string[];
  readonly webAcls: boolean;
  readonly shieldAdvanced: boolean;
  readonly cognitoLogin: boolean;
}

/**
 * What the AWS Load Balancer Controller 3.5 may do. It documents a policy that asks for the tag of any cluster, or for none;
 * here everything is of one account and region, and what it changes or deletes carries the tag of its own cluster.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export function loadBalancerStatements(scope: LoadBalancerScope): PolicyStatement[] {
  return [
    ...discovery(scope),
    ...securityGroups(scope),
    ...creation(scope),
    ...ownBalancers(scope),
    ...(scope.webAcls ? webAcls(scope) : []),
    ...(scope.shieldAdvanced ? shield(scope) : []),
    ...(scope.cognitoLogin ? cognito(scope) : []),
  ];
}

/** The tag that the controller gives to whatever it makes. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
const BALANCERS = ["loadbalancer/app/*/*", "loadbalancer/net/*/*"];
const TARGET_GROUPS = ["targetgroup/*/*"];
const LISTENERS = ["listener/app/*/*/*", "listener/net/*/*/*"];
const RULES = ["listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*"];
const ALL_KINDS = [...BALANCERS, ...TARGET_GROUPS, ...LISTENERS, ...RULES];

function discovery(scope: LoadBalancerScope): PolicyStatement[] {
  const { account, region } = scope.identity;
  const service = "elasticloadbalancing.amazonaws.com";
  const role = `role/aws-service-role/${service}/AWSServiceRoleForElasticLoadBalancing`;
  return [
    {
      sid: "ServiceLinkedRole",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:${partitionOf(region)}:iam::${account}:${role}`],
      conditions: { StringEquals: { "iam:AWSServiceName": service } },
    },
    {
      sid: "Discovery",
      actions: [...DESCRIBE_BALANCER_ACTIONS, "acm:ListCertificates"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    { sid: "Certificates", actions: ["acm:DescribeCertificate"], resources: [arn(scope, "acm", "certificate/*")] },
  ];
}

/** Groups of its own, and rules in the groups of pods that let these in. */
function securityGroups(scope: LoadBalancerScope): PolicyStatement[] {
  const groups = [arn(scope, "ec2", "security-group/*")];
  const ours = ownedBy(scope);
  const requested = requestedFor(scope);
  return [
    {
      sid: "RulesOfPodGroups",
      actions: GROUP_RULE_ACTIONS,
      resources: scope.podGroupIds.map((id) => arn(scope, "ec2", `security-group/${id}`)),
    },
    { sid: "GroupsInVpc", actions: ["ec2:CreateSecurityGroup"], resources: [arn(scope, "ec2", `vpc/${scope.vpcId}`)] },
    { sid: "NewGroups", actions: ["ec2:CreateSecurityGroup"], resources: groups, conditions: requested },
    {
      sid: "TagsOfNewGroups",
      actions: ["ec2:CreateTags"],
      resources: groups,
      conditions: { StringEquals: { ...requested.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      sid: "TagsOfOwnGroups",
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: groups,
      conditions: { ...ours, ...KEEPS_ITS_CLUSTER },
    },
    {
      sid: "OwnGroups",
      actions: [...GROUP_RULE_ACTIONS, "ec2:DeleteSecurityGroup"],
      resources: groups,
      conditions: ours,
    },
  ];
}

function creation(scope: LoadBalancerScope): PolicyStatement[] {
  const requested = requestedFor(scope);
  const actions = ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener", "CreateRule"];
  return [
    {
      sid: "NewBalancers",
      actions: CREATE_BALANCER_ACTIONS,
      resources: balancingArns(scope, [...BALANCERS, ...TARGET_GROUPS]),
      conditions: requested,
    },
    {
      sid: "TagsOfNewBalancers",
      actions: ["elasticloadbalancing:AddTags"],
      resources: balancingArns(scope, ALL_KINDS),
      conditions: { StringEquals: { ...requested.StringEquals, "elasticloadbalancing:CreateAction": actions } },
    },
  ];
}

/** Listeners are made on load balancers and rules on listeners of the cluster. The order of rules knows no tags. */
function ownBalancers(scope: LoadBalancerScope): PolicyStatement[] {
  return [
    {
      sid: "TagsOfOwnBalancers",
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: balancingArns(scope, ALL_KINDS),
      conditions: { ...ownedBy(scope), ...KEEPS_ITS_CLUSTER },
    },
    {
      sid: "OwnBalancers",
      actions: MANAGE_BALANCER_ACTIONS,
      resources: balancingArns(scope, ALL_KINDS),
      conditions: ownedBy(scope),
    },
    {
      sid: "OrderOfRules",
      actions: ["elasticloadbalancing:SetRulePriorities"],
      resources: balancingArns(scope, RULES),
    },
  ];
}

function webAcls(scope: LoadBalancerScope): PolicyStatement[] {
  const balancers = balancingArns(scope, ["loadbalancer/app/*/*"]);
  return [
    { sid: "WebAcls", actions: WEB_ACL_ACTIONS, resources: [arn(scope, "wafv2", "regional/webacl/*"), ...balancers] },
    { sid: "WebAclsOfBalancers", actions: ["elasticloadbalancing:SetWebAcl"], resources: ["*"] },
  ];
}

/** Protections have no region. */
function shield({ identity: { account, region } }: LoadBalancerScope): PolicyStatement[] {
  return [
    { sid: "NewProtections", actions: ["shield:CreateProtection", "shield:GetSubscriptionState"], resources: ["*"] },
    {
      sid: "Protections",
      actions: SHIELD_ACTIONS,
      resources: [`arn:${partitionOf(region)}:shield::${account}:protection/*`],
    },
  ];
}

function cognito(scope: LoadBalancerScope): PolicyStatement[] {
  const resources = [arn(scope, "cognito-idp", "userpool/*")];
  return [{ sid: "UserPools", actions: ["cognito-idp:DescribeUserPoolClient"], resources }];
}

/** Tags may be changed, but not the one that says whose it is. */
const KEEPS_ITS_CLUSTER: PolicyConditions = { Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } };

function ownedBy({ clusterName }: LoadBalancerScope): PolicyConditions {
  return { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: clusterName } };
}

function requestedFor({ clusterName }: LoadBalancerScope): PolicyConditions {
  return { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName } };
}

function balancingArns(scope: LoadBalancerScope, kinds: readonly string[]): string[] {
  return kinds.map((kind) => arn(scope, "elasticloadbalancing", kind));
}

function arn({ identity: { account, region } }: LoadBalancerScope, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}
