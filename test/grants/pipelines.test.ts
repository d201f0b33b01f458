import type { TerraformStack } from "cdktf";
import { CiApplyRole } from "../../constructs/identity/ci-apply-role";
import { CiPlanRole } from "../../constructs/identity/ci-plan-role";
import { CiProvider } from "../../constructs/identity/ci-provider";
import { PermissionsBoundary } from "../../constructs/identity/permissions-boundary";
import { importedKey, KEY_ARN } from "../support/cluster";
import { IDENTITY } from "../support/fixtures";
import {
  accessLevel,
  actionsNamed,
  evaluate,
  type IamPolicies,
  type IamRequest,
  matchingActions,
  type PolicyJson,
} from "../support/iam-evaluation";
import { synthesize } from "../support/synth";

const STATE = { bucketName: "example-states" };
const BOUNDARY = "arn:aws:iam::111111111111:policy/atlas-dev-boundary";
const PROVIDER = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
const OTHER_KEY = "arn:aws:kms:eu-central-1:111111111111:key/99999999-2222-3333-4444-555555555555";
const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const states = (path: string) => `arn:aws:s3:::example-states/${path}`;
const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:111111111111:secret:${name}`;
const CLOUDFORMATION = { "aws:CalledViaFirst": "cloudformation.amazonaws.com" };
const HERE = { "aws:RequestedRegion": "eu-central-1" };

const out = synthesize((stack: TerraformStack) => {
  const provider = new CiProvider(stack, "GitHub", { identity: IDENTITY, system: "github" });
  const boundary = new PermissionsBoundary(stack, "Boundary", {
    identity: IDENTITY,
    stateBucketName: "example-states",
  });
  const state = { ...STATE, encryptionKey: importedKey(stack) };
  const common = { identity: IDENTITY, provider, repository: "example-org/ml-platform", state };
  new CiPlanRole(stack, "Plan", common);
  const deploys = { ...common, protectedEnvironment: "atlas-dev", boundary };
  new CiApplyRole(stack, "Apply", deploys);
  const other = { ...IDENTITY, stage: "test" };
  const imported = CiProvider.fromCiProviderAttributes(stack, "Imported", { system: "github", providerArn: PROVIDER });
  new CiApplyRole(stack, "ApplyToOther", { ...deploys, identity: other, provider: imported });
  new CiApplyRole(stack, "ApplyUnprotected", { ...deploys, mayEmptyStores: true });
});
const [providerAddress = ""] = Object.values(out.addresses("aws_iam_openid_connect_provider"));
const policyOf = (path: string): PolicyJson => {
  const text = JSON.stringify(out.policy("aws_iam_role_policy", path));
  return JSON.parse(text.replaceAll(`\${${providerAddress}.arn}`, PROVIDER)) as PolicyJson;
};
const plan = policyOf("Plan/Permissions");
const apply = policyOf("Apply/Permissions");
const boundary = out.policy("aws_iam_policy", "Boundary/Resource") as PolicyJson;
/** What somebody may give a role by mistake, or by intent. */
const everything: PolicyJson = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

type Row = readonly [action: string, resource: string, context?: Record<string, string>];
const verdicts = async (policies: IamPolicies, rows: readonly Row[], base: Record<string, string> = HERE) =>
  Promise.all(
    rows.map(async ([action, resource, context]) => {
      const request: IamRequest = { action, resource, context: { ...base, ...context } };
      return `${await evaluate(policies, request)} ${action} ${resource}`;
    }),
  );
const all = (verdict: string, rows: readonly Row[]) =>
  rows.map(([action, resource]) => `${verdict} ${action} ${resource}`);

describe("every action that a policy names", () => {
  test.each([
    ["plan", plan],
    ["apply", apply],
    ["boundary", boundary],
  ])("exists: %s", async (_, policy) => {
    const patterns = actionsNamed(policy).filter((pattern) => pattern !== "*");
    const unknown = await Promise.all(
      patterns.map(async (pattern) => ((await matchingActions(pattern)).length === 0 ? [pattern] : [])),
    );
    expect(unknown.flat()).toEqual([]);
  });
});

describe("the role that plans", () => {
  test("is given only actions that read or list, and decryption, which AWS counts as writing", async () => {
    const allowed = plan.Statement.filter(({ Effect }) => Effect === "Allow");
    const actions = (await Promise.all(actionsNamed({ ...plan, Statement: allowed }).map(matchingActions))).flat();
    const levels = await Promise.all(actions.map(accessLevel));
    expect(actions.filter((_, index) => !["Read", "List"].includes(levels[index] ?? ""))).toEqual(["kms:Decrypt"]);
  });

  const READS: readonly Row[] = [
    ["s3:GetObject", states("atlas/dev/network.tfstate")],
    ["kms:Decrypt", KEY_ARN],
    ["ec2:DescribeVpcs", "*"],
    ["eks:DescribeCluster", "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev"],
    ["iam:GetRolePolicy", role("atlas-dev-training")],
    ["s3:GetBucketPolicy", "arn:aws:s3:::datasets"],
    ["secretsmanager:DescribeSecret", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:atlas/dev/oauth-a1b2c3"],
    ["budgets:ViewBudget", "arn:aws:budgets::111111111111:budget/atlas-dev"],
  ];
  const CONTENT: readonly Row[] = [
    ["s3:GetObject", "arn:aws:s3:::datasets/raw/a"],
    ["s3:GetObject", states("atlas/prod/network.tfstate")],
    ["s3:GetObject", states("borealis/dev/network.tfstate")],
    ["s3:GetObjectVersion", states("borealis/dev/network.tfstate")],
    ["kms:Decrypt", OTHER_KEY],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:atlas/dev/oauth-a1b2c3"],
    ["ssm:GetParameter", "arn:aws:ssm:eu-central-1:111111111111:parameter/atlas/token"],
    ["ec2:GetPasswordData", "arn:aws:ec2:eu-central-1:111111111111:instance/i-1"],
    ["logs:GetLogEvents", "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/eks/atlas-dev/cluster:log-stream:a"],
    ["rds-db:connect", "arn:aws:rds-db:eu-central-1:111111111111:dbuser:db-ABC/tracking"],
  ];
  const WRITES: readonly Row[] = [
    ["s3:PutObject", states("atlas/dev/network.tfstate")],
    ["s3:PutObject", states("atlas/dev/network.tfstate.tflock")],
    ["s3:DeleteObject", states("atlas/dev/network.tfstate")],
    ["ec2:CreateTags", "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1"],
    ["iam:CreateRole", role("atlas-dev-new")],
    ["eks:DeleteCluster", "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev"],
    ["kms:Encrypt", KEY_ARN],
  ];

  test("reads settings and its own states", async () => {
    expect(await verdicts({ identity: [plan] }, READS)).toEqual(all("allowed", READS));
  });

  test("reads no content and writes nothing", async () => {
    expect(await verdicts({ identity: [plan] }, [...CONTENT, ...WRITES])).toEqual(
      all("denied", [...CONTENT, ...WRITES]),
    );
  });

  test("reads no content even when somebody attaches a policy that allows everything", async () => {
    expect(await verdicts({ identity: [plan, everything] }, CONTENT)).toEqual(all("denied", CONTENT));
  });
});

describe("the role that applies, in its boundary", () => {
  const policies = { identity: [apply], boundary };
  const bounded = { "iam:PermissionsBoundary": BOUNDARY };
  const DEPLOYS: readonly Row[] = [
    ["s3:PutObject", states("atlas/dev/network.tfstate.tflock")],
    ["s3:GetObject", states("atlas/dev/network.tfstate")],
    ["kms:Decrypt", KEY_ARN, { "kms:ViaService": "s3.eu-central-1.amazonaws.com" }],
    ["s3:CreateBucket", "arn:aws:s3:::atlas-dev-datasets-111111111111-eu-central-1"],
    ["s3:PutBucketObjectLockConfiguration", "arn:aws:s3:::atlas-dev-models-111111111111-eu-central-1"],
    ["s3:DeleteBucket", "arn:aws:s3:::atlas-dev-datasets-111111111111-eu-central-1"],
    ["s3:DeleteObject", states("atlas/dev/network.tfstate.tflock")],
    ["ec2:CreateVpc", "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1"],
    [
      "ec2:DeleteVpc",
      "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1",
      { "aws:ResourceTag/Project": "atlas", "aws:ResourceTag/Stage": "dev" },
    ],
    ["eks:CreateCluster", "*"],
    ["rds:CreateDBInstance", "arn:aws:rds:eu-central-1:111111111111:db:atlas-dev-platform"],
    ["budgets:ModifyBudget", "arn:aws:budgets::111111111111:budget/atlas-dev", { "aws:RequestedRegion": "us-east-1" }],
    ["iam:CreateRole", role("atlas-dev-training"), { ...bounded, "aws:RequestedRegion": "us-east-1" }],
    ["iam:PutRolePolicy", role("atlas-dev-training"), bounded],
    ["cloudformation:CreateStack", "arn:aws:cloudformation:eu-central-1:111111111111:stack/atlas-dev-features/1"],
    ["secretsmanager:GetSecretValue", secret("atlas/dev/cache-a1b2c3"), CLOUDFORMATION],
    ["iam:PassRole", role("atlas-dev-eks-control-plane"), { "iam:PassedToService": "eks.amazonaws.com" }],
    [
      "iam:CreateServiceLinkedRole",
      role("aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
      { "iam:AWSServiceName": "eks.amazonaws.com" },
    ],
    [
      "iam:CreateServiceLinkedRole",
      role("aws-service-role/ecr.amazonaws.com/AWSServiceRoleForECRTemplate"),
      { "iam:AWSServiceName": "ecr.amazonaws.com" },
    ],
  ];
  const TAGS: readonly Row[] = [
    ["iam:TagPolicy", BOUNDARY],
    ["iam:UntagPolicy", BOUNDARY],
    ["iam:TagRole", role("atlas-dev-ci-github-apply")],
    ["iam:UntagRole", role("atlas-dev-ci-github-plan")],
    ["iam:TagRole", role("atlas-dev-training")],
    ["iam:TagOpenIDConnectProvider", PROVIDER],
    ["iam:UntagOpenIDConnectProvider", PROVIDER],
  ];
  const TAGS_OF_OTHERS: readonly Row[] = [
    ["iam:TagRole", role("administrator")],
    ["iam:TagRole", role("borealis-dev-training")],
    ["iam:UntagPolicy", "arn:aws:iam::111111111111:policy/borealis-dev-boundary"],
    ["iam:TagOpenIDConnectProvider", "arn:aws:iam::111111111111:oidc-provider/gitlab.com"],
    ["iam:TagUser", "arn:aws:iam::111111111111:user/me"],
  ];
  const FENCE: readonly Row[] = [
    ["iam:DeletePolicy", BOUNDARY],
    ["iam:SetDefaultPolicyVersion", BOUNDARY],
    ["iam:DeleteRolePolicy", role("atlas-dev-ci-github-apply")],
    ["iam:UpdateRole", role("atlas-dev-ci-github-apply")],
    ["iam:PassRole", role("atlas-dev-ci-github-apply"), { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:AddClientIDToOpenIDConnectProvider", PROVIDER],
    ["iam:UpdateOpenIDConnectProviderThumbprint", PROVIDER],
    ["iam:DeleteOpenIDConnectProvider", PROVIDER],
  ];
  const MODEL = "arn:aws:s3:::atlas-dev-models-111111111111-eu-central-1/released/a";
  const WRITES: readonly Row[] = [
    ["s3:BypassGovernanceRetention", MODEL],
    ["s3:PutObject", MODEL],
    ["s3:PutObjectAcl", MODEL],
    ["s3:PutObjectLegalHold", MODEL],
    ["s3:PutObjectRetention", MODEL],
    ["s3:PutObjectTagging", MODEL],
    ["s3:UpdateObjectEncryption", MODEL],
  ];
  const DELETES: readonly Row[] = [
    ["s3:DeleteObject", MODEL],
    ["s3:DeleteObjectVersion", MODEL],
  ];
  const FORBIDDEN: readonly Row[] = [
    ["secretsmanager:GetSecretValue", secret("atlas/prod/cache-a1b2c3"), CLOUDFORMATION],
    ["cloudformation:DeleteStack", "arn:aws:cloudformation:eu-central-1:111111111111:stack/borealis-dev-features/1"],
    ["s3:GetObject", states("atlas/prod/network.tfstate")],
    ["s3:PutObject", states("borealis/dev/network.tfstate")],
    ["s3:GetObject", "arn:aws:s3:::atlas-dev-datasets-111111111111-eu-central-1/a"],
    ["s3:DeleteBucket", "arn:aws:s3:::borealis-dev-datasets"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::example-states"],
    ["kms:Decrypt", KEY_ARN],
    ["kms:ScheduleKeyDeletion", OTHER_KEY, { "aws:ResourceTag/Project": "borealis" }],
    [
      "rds:DeleteDBInstance",
      "arn:aws:rds:eu-central-1:111111111111:db:atlas-prod-platform",
      { "aws:ResourceTag/Project": "atlas", "aws:ResourceTag/Stage": "prod" },
    ],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:atlas/dev/oauth-a1b2c3"],
    ["ec2:CreateVpc", "arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1", { "aws:RequestedRegion": "us-east-1" }],
    ["iam:CreateRole", role("atlas-dev-training")],
    [
      "iam:CreateRole",
      role("atlas-dev-training"),
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["iam:CreateRole", role("borealis-dev-training"), bounded],
    ["iam:AttachRolePolicy", role("administrator")],
    ["iam:UpdateAssumeRolePolicy", role("atlas-dev-ci-github-apply"), bounded],
    ["iam:PutRolePolicy", role("atlas-dev-ci-github-plan"), bounded],
    ["iam:PassRole", role("administrator"), { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:PassRole", role("atlas-dev-training"), { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["iam:CreatePolicyVersion", BOUNDARY],
    ["iam:DeleteRolePermissionsBoundary", role("atlas-dev-training"), bounded],
    ["iam:CreateUser", "arn:aws:iam::111111111111:user/atlas-dev-me"],
    ["iam:CreateOpenIDConnectProvider", "arn:aws:iam::111111111111:oidc-provider/evil.example.com"],
    ["lambda:CreateFunction", "arn:aws:lambda:eu-central-1:111111111111:function:a"],
    ["sts:AssumeRole", role("atlas-dev-training")],
  ];

  test("deploys what the environment owns", async () => {
    expect(await verdicts(policies, DEPLOYS)).toEqual(all("allowed", DEPLOYS));
  });

  test("touches nothing else", async () => {
    expect(await verdicts(policies, FORBIDDEN)).toEqual(all("denied", FORBIDDEN));
  });

  test("sets the tags of everything the environment has, the fence included", async () => {
    expect(await verdicts(policies, TAGS)).toEqual(all("allowed", TAGS));
  });

  test("changes no more of the fence than its tags, and no tags of others", async () => {
    const rows = [...FENCE, ...TAGS_OF_OTHERS];
    expect(await verdicts(policies, rows)).toEqual(all("denied", rows));
  });

  test("leaves the tags of a provider that the account had before", async () => {
    const rows: readonly Row[] = [["iam:TagOpenIDConnectProvider", PROVIDER]];
    const identity = [policyOf("ApplyToOther/Permissions")];
    expect(await verdicts({ identity, boundary }, rows)).toEqual(all("denied", rows));
  });

  test("neither writes, unlocks nor deletes what is stored", async () => {
    const rows = [...WRITES, ...DELETES];
    expect(await verdicts(policies, rows)).toEqual(all("denied", rows));
  });

  test("writes and unlocks nothing even when somebody attaches a policy that allows everything", async () => {
    const rows = [...WRITES, ...DELETES];
    expect(await verdicts({ identity: [apply, everything] }, rows)).toEqual(all("denied", rows));
  });

  test("empties stores, and does no more to objects, where it may", async () => {
    const emptying = { identity: [policyOf("ApplyUnprotected/Permissions")], boundary };
    expect(await verdicts(emptying, DELETES)).toEqual(all("allowed", DELETES));
    expect(await verdicts(emptying, WRITES)).toEqual(all("denied", WRITES));
  });
});

describe("a role that is allowed everything, in the boundary", () => {
  const policies = { identity: [everything], boundary };
  const bounded = { "iam:PermissionsBoundary": BOUNDARY };
  const OUTSIDE: readonly Row[] = [
    ["s3:GetObject", states("borealis/dev/network.tfstate")],
    ["s3:PutBucketPolicy", "arn:aws:s3:::example-states"],
    ["ec2:RunInstances", "arn:aws:ec2:us-west-2:111111111111:instance/i-1", { "aws:RequestedRegion": "us-west-2" }],
    ["iam:CreateRole", role("atlas-dev-new")],
    [
      "iam:PutRolePermissionsBoundary",
      role("atlas-dev-new"),
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["iam:DeleteRolePermissionsBoundary", role("atlas-dev-new"), bounded],
    ["iam:AttachRolePolicy", role("administrator")],
    ["iam:UpdateAssumeRolePolicy", role("administrator"), bounded],
    ["iam:UpdateAssumeRolePolicy", role("atlas-dev-ci-github-apply"), bounded],
    ["iam:CreatePolicyVersion", BOUNDARY],
    ["iam:SetDefaultPolicyVersion", BOUNDARY],
    ["iam:DeletePolicy", BOUNDARY],
    ["iam:CreateUser", "arn:aws:iam::111111111111:user/me"],
    ["iam:CreateAccessKey", "arn:aws:iam::111111111111:user/me"],
    ["iam:CreateLoginProfile", "arn:aws:iam::111111111111:user/me"],
    ["s3:BypassGovernanceRetention", "arn:aws:s3:::atlas-dev-models-111111111111-eu-central-1/released/a"],
    ["iam:TagRole", role("administrator")],
    ["iam:DeleteOpenIDConnectProvider", PROVIDER],
    ["organizations:LeaveOrganization", "*"],
    ["account:CloseAccount", "arn:aws:account::111111111111:account"],
    ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-central-1:111111111111:trail/all"],
    ["sts:AssumeRole", role("administrator"), { "aws:ResourceAccount": "111111111111" }],
  ];
  const INSIDE: readonly Row[] = [
    ["s3:GetObject", "arn:aws:s3:::datasets/a"],
    ["s3:GetObject", states("atlas/dev/network.tfstate")],
    ["ec2:RunInstances", "arn:aws:ec2:eu-central-1:111111111111:instance/i-1"],
    ["iam:CreateRole", role("atlas-dev-new"), bounded],
    ["iam:GetRole", role("administrator")],
    ["pricing:GetProducts", "*", { "aws:RequestedRegion": "us-east-1" }],
    ["sts:AssumeRole", role("atlas-dev-training"), { "aws:ResourceAccount": "111111111111" }],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:atlas/dev/oauth-a1b2c3"],
  ];

  test("stays inside", async () => {
    expect(await verdicts(policies, OUTSIDE)).toEqual(all("denied", OUTSIDE));
  });

  test("does its work", async () => {
    expect(await verdicts(policies, INSIDE)).toEqual(all("allowed", INSIDE));
  });
});
