import type { TerraformStack } from "cdktf";
import { LoadBalancerSupport, type LoadBalancerSupportProps } from "../../../constructs/cluster/load-balancer-support";
import { SecurityGroup } from "../../../constructs/network/security-group";
import { importedCluster, importedKey } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { evaluate, type IamRequest, type PolicyJson, type Verdict } from "../../support/iam-evaluation";
import { synthesize, testStack, type Synthesized } from "../../support/synth";

type Options = Omit<LoadBalancerSupportProps, "cluster">;

const supportWith = (options: (stack: TerraformStack) => Options = () => ({})): Synthesized =>
  synthesize((stack) => {
    new LoadBalancerSupport(stack, "LoadBalancers", { cluster: importedCluster(stack), ...options(stack) });
  });

const policyOf = (out: Synthesized): PolicyJson => out.policy("aws_iam_role_policy") as PolicyJson;

const BALANCER = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/app/web/1";
const LISTENER = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:listener/app/web/1/2";
const RULE = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:listener-rule/app/web/1/2/3";
const TARGETS = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/web/1";
const GROUP = "arn:aws:ec2:eu-central-1:111111111111:security-group/sg-9";
const WEB_ACL = "arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/web/1";
const USER_POOL = "arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_a";
const OWN = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "atlas-dev" };
const OTHER = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "atlas-prod" };
const ASKED = { "aws:RequestTag/elbv2.k8s.aws/cluster": "atlas-dev" };
const ASKED_OTHER = { "aws:RequestTag/elbv2.k8s.aws/cluster": "atlas-prod" };

describe("LoadBalancerSupport with minimal props", () => {
  const out = supportWith();
  const policy = policyOf(out);
  const verdict = (request: IamRequest): Promise<Verdict> => evaluate({ identity: [policy] }, request);

  test("gives the controller's pods a role of their own", () => {
    expect(out.resource("aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "atlas-dev",
      namespace: "kube-system",
      service_account: "aws-load-balancer-controller",
    });
    expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-eks-load-balancers" });
  });

  test("has a statement for each part of what the controller does", () => {
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
      "ServiceLinkedRole",
      "Discovery",
      "Certificates",
      "RulesOfPodGroups",
      "GroupsInVpc",
      "NewGroups",
      "TagsOfNewGroups",
      "TagsOfOwnGroups",
      "OwnGroups",
      "NewBalancers",
      "TagsOfNewBalancers",
      "TagsOfOwnBalancers",
      "OwnBalancers",
      "OrderOfRules",
    ]);
  });

  test("keeps two thirds of what IAM allows for a policy", () => {
    expect(JSON.stringify(policy).length).toBeLessThan(7100);
  });

  test.each([
    ["elasticloadbalancing:DeleteLoadBalancer", BALANCER],
    ["elasticloadbalancing:CreateListener", BALANCER],
    ["elasticloadbalancing:ModifyListener", LISTENER],
    ["elasticloadbalancing:CreateRule", LISTENER],
    ["elasticloadbalancing:ModifyRule", RULE],
    ["elasticloadbalancing:RegisterTargets", TARGETS],
    ["elasticloadbalancing:AddTags", BALANCER],
    ["ec2:DeleteSecurityGroup", GROUP],
    ["ec2:AuthorizeSecurityGroupIngress", GROUP],
  ])("%s is allowed on what carries the cluster's tag, and on nothing else", async (action, resource) => {
    expect(await verdict({ action, resource, context: OWN })).toBe("allowed");
    expect(await verdict({ action, resource, context: OTHER })).toBe("denied");
    expect(await verdict({ action, resource })).toBe("denied");
  });

  test.each([
    ["elasticloadbalancing:CreateLoadBalancer", BALANCER],
    ["elasticloadbalancing:CreateTargetGroup", TARGETS],
    ["ec2:CreateSecurityGroup", GROUP],
  ])("%s is allowed with the cluster's tag alone", async (action, resource) => {
    expect(await verdict({ action, resource, context: ASKED })).toBe("allowed");
    expect(await verdict({ action, resource, context: ASKED_OTHER })).toBe("denied");
    expect(await verdict({ action, resource })).toBe("denied");
  });

  test("tags what it makes, and takes over nothing that is there", async () => {
    const tags = { action: "elasticloadbalancing:AddTags", resource: BALANCER };
    const made = { ...ASKED, "elasticloadbalancing:CreateAction": "CreateLoadBalancer" };
    expect(await verdict({ ...tags, context: made })).toBe("allowed");
    expect(await verdict({ ...tags, context: ASKED })).toBe("denied");
    const groupTags = { action: "ec2:CreateTags", resource: GROUP };
    expect(await verdict({ ...groupTags, context: { ...ASKED, "ec2:CreateAction": "CreateSecurityGroup" } })).toBe(
      "allowed",
    );
    expect(await verdict({ ...groupTags, context: ASKED })).toBe("denied");
  });

  test("tags load balancers, target groups, listeners and their rules", () => {
    const kinds = ["loadbalancer/app", "loadbalancer/net", "targetgroup", "listener/app", "listener/net"];
    const rules = ["listener-rule/app", "listener-rule/net"];
    const wanted = [...kinds, ...rules].map(
      (kind) => `arn:aws:elasticloadbalancing:eu-central-1:111111111111:${kind}/`,
    );
    for (const sid of ["TagsOfNewBalancers", "TagsOfOwnBalancers"]) {
      const { Resource: resources } = policy.Statement.find(({ Sid }) => Sid === sid) as { Resource?: string[] };
      expect(resources?.map((arn) => arn.replace(/\*.*$/, ""))).toEqual(wanted);
    }
  });

  test("gives nothing of its own away to another cluster", async () => {
    const context = { ...OWN, ...ASKED_OTHER };
    expect(await verdict({ action: "elasticloadbalancing:AddTags", resource: BALANCER, context })).toBe("denied");
    expect(await verdict({ action: "ec2:CreateTags", resource: GROUP, context })).toBe("denied");
  });

  test("opens the cluster's security group, and no other that is not its own", async () => {
    const action = "ec2:AuthorizeSecurityGroupIngress";
    const group = (id: string) => `arn:aws:ec2:eu-central-1:111111111111:security-group/${id}`;
    expect(await verdict({ action, resource: group("sg-1") })).toBe("allowed");
    expect(await verdict({ action, resource: group("sg-2") })).toBe("denied");
  });

  test("makes security groups in the cluster's network alone", async () => {
    const action = "ec2:CreateSecurityGroup";
    const vpc = (id: string) => `arn:aws:ec2:eu-central-1:111111111111:vpc/${id}`;
    expect(await verdict({ action, resource: vpc("vpc-1") })).toBe("allowed");
    expect(await verdict({ action, resource: vpc("vpc-2") })).toBe("denied");
  });

  test("reads its own region alone", async () => {
    const read = { action: "elasticloadbalancing:DescribeLoadBalancers", resource: "*" };
    expect(await verdict({ ...read, context: { "aws:RequestedRegion": "eu-central-1" } })).toBe("allowed");
    expect(await verdict({ ...read, context: { "aws:RequestedRegion": "us-east-1" } })).toBe("denied");
  });

  test.each([
    ["wafv2:AssociateWebACL", WEB_ACL],
    ["shield:CreateProtection", "*"],
    ["cognito-idp:DescribeUserPoolClient", USER_POOL],
  ])("%s is not allowed unless asked for", async (action, resource) => {
    expect(await verdict({ action, resource })).toBe("denied");
  });
});

describe("LoadBalancerSupport with every prop", () => {
  const out = supportWith((stack) => ({
    podSecurityGroups: [SecurityGroup.fromSecurityGroupAttributes(stack, "Pods", { securityGroupId: "sg-7" })],
    webAcls: true,
    shieldAdvanced: true,
    cognitoLogin: true,
  }));
  const policy = policyOf(out);

  test.each([
    ["ec2:AuthorizeSecurityGroupIngress", "arn:aws:ec2:eu-central-1:111111111111:security-group/sg-7"],
    ["wafv2:AssociateWebACL", WEB_ACL],
    ["wafv2:GetWebACLForResource", BALANCER],
    ["elasticloadbalancing:SetWebAcl", "*"],
    ["shield:CreateProtection", "*"],
    ["shield:DeleteProtection", "arn:aws:shield::111111111111:protection/1"],
    ["cognito-idp:DescribeUserPoolClient", USER_POOL],
  ])("%s is allowed", async (action, resource) => {
    expect(await evaluate({ identity: [policy] }, { action, resource })).toBe("allowed");
  });

  test("has room left for grants", () => {
    expect(JSON.stringify(policy).length).toBeLessThan(8500);
  });
});

test("LoadBalancerSupport tells those who install the controller what they need", () => {
  const stack = testStack();
  const cluster = importedCluster(stack);
  expect(new LoadBalancerSupport(stack, "LoadBalancers", { cluster, webAcls: true })).toMatchObject({
    namespaceName: "kube-system",
    serviceAccountName: "aws-load-balancer-controller",
    webAcls: true,
    shieldAdvanced: false,
  });
});

test("LoadBalancerSupport keeps its addresses", () => {
  expect(supportWith().addresses("aws_iam_role")).toEqual({
    "LoadBalancers/ControllerRole/Resource": "aws_iam_role.LoadBalancers_ControllerRole_3624528E",
  });
});

describe("LoadBalancerSupport.fromLoadBalancerSupportAttributes", () => {
  const controllerRoleArn = "arn:aws:iam::111111111111:role/load-balancers";

  test("knows names and rights, and its controller can be granted more", () => {
    const out = synthesize((stack) => {
      const support = LoadBalancerSupport.fromLoadBalancerSupportAttributes(stack, "Shared", {
        controllerRoleArn,
        webAcls: true,
      });
      expect(support).toMatchObject({
        namespaceName: "kube-system",
        serviceAccountName: "aws-load-balancer-controller",
        webAcls: true,
        shieldAdvanced: false,
      });
      importedKey(stack).grantDecrypt(support.controllerRole);
    });
    expect(out.resource("aws_iam_role_policy")).toMatchObject({ role: "load-balancers" });
  });

  test("refuses what is not the ARN of a role", () => {
    const stack = testStack();
    const attributes = { controllerRoleArn: "load-balancers" };
    expect(failure(() => LoadBalancerSupport.fromLoadBalancerSupportAttributes(stack, "Shared", attributes))).toEqual({
      code: "INVALID_POD_ROLE_ATTRIBUTES",
      message: [
        '`roleArn` must be an ARN arn:<partition>:iam::<account>:role/<name>, got "load-balancers"',
        "  in test/Shared/ControllerRole",
      ].join("\n"),
    });
  });
});
