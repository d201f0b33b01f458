import type { TerraformStack } from "cdktf";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import {
  ExternalSecretsSupport,
  type ExternalSecretsSupportProps,
} from "../../../constructs/cluster/external-secrets-support";
import { Secret } from "../../../constructs/encryption/secret";
import { importedCluster, importedKey, importedVpc, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { evaluate, type PolicyJson } from "../../support/iam-evaluation";
import { synthesize, testStack, type Synthesized } from "../../support/synth";

type Options = Omit<ExternalSecretsSupportProps, "cluster">;

const supportWith = (options: (stack: TerraformStack) => Options = () => ({})): Synthesized =>
  synthesize((stack) => {
    new ExternalSecretsSupport(stack, "Secrets", { cluster: importedCluster(stack), ...options(stack) });
  });

const policyOf = (out: Synthesized): PolicyJson => out.policy("aws_iam_role_policy") as PolicyJson;
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-central-1:111111111111:secret:${name}-a1b2c3`;
const READ = "secretsmanager:GetSecretValue";

describe("ExternalSecretsSupport with minimal props", () => {
  const out = supportWith();
  const policy = policyOf(out);

  test("gives the controller's pods a role of their own", () => {
    expect(out.resource("aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "atlas-dev",
      namespace: "external-secrets",
      service_account: "external-secrets",
    });
    expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-eks-external-secrets" });
  });

  test("reads what `Secret` names for the environment", async () => {
    const defined = synthesize((stack) => {
      const encryptionKey = importedKey(stack);
      new Secret(stack, "OAuth", { identity: IDENTITY, secretName: "tracking/oauth", description: "x", encryptionKey });
    });
    const name = String(defined.resource("aws_secretsmanager_secret")["name"]);
    const request = { action: READ, resource: secretArn(name) };
    expect(await evaluate({ identity: [policy] }, request)).toBe("allowed");
  });

  test.each(["atlas/prod/oauth", "atlas/dev2/oauth", "other/dev/oauth", "rds!db-1"])(
    "does not read %s",
    async (name) => {
      const request = { action: READ, resource: secretArn(name) };
      expect(await evaluate({ identity: [policy] }, request)).toBe("denied");
    },
  );

  test.each(["secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret", "secretsmanager:UpdateSecret"])(
    "%s is denied, since nothing writes secrets",
    async (action) => {
      const request = { action, resource: secretArn("atlas/dev/oauth") };
      expect(await evaluate({ identity: [policy] }, request)).toBe("denied");
    },
  );

  test("lists no secrets, whose names alone tell of other environments", async () => {
    const request = { action: "secretsmanager:ListSecrets", resource: "*" };
    expect(await evaluate({ identity: [policy] }, request)).toBe("denied");
  });
});

describe("ExternalSecretsSupport with every prop", () => {
  const policy = policyOf(
    supportWith((stack) => ({
      encryptionKeys: [importedKey(stack)],
      furtherSecrets: [Secret.fromSecretAttributes(stack, "Database", { secretArn: secretArn("rds!db-1") })],
    })),
  );

  test.each([
    ["kms:Decrypt", KEY_ARN],
    [READ, secretArn("atlas/dev/oauth")],
    [READ, secretArn("rds!db-1")],
  ])("%s is allowed on %s", async (action, resource) => {
    expect(await evaluate({ identity: [policy] }, { action, resource })).toBe("allowed");
  });

  test("encrypts nothing", async () => {
    expect(await evaluate({ identity: [policy] }, { action: "kms:Encrypt", resource: KEY_ARN })).toBe("denied");
  });
});

test("ExternalSecretsSupport names the partition of its region", () => {
  const out = synthesize((stack) => {
    const cluster = EksCluster.fromClusterAttributes(stack, "Cluster", {
      identity: { ...IDENTITY, region: "cn-north-1" },
      clusterName: "atlas-dev",
      clusterArn: "arn:aws-cn:eks:cn-north-1:111111111111:cluster/atlas-dev",
      version: "1.36",
      endpoint: "https://0123.eks.amazonaws.com.cn",
      certificateAuthorityData: "LS0tLS1CRUdJTg==",
      clusterSecurityGroupId: "sg-1",
      vpc: importedVpc(stack, ["cn-north-1a", "cn-north-1b"]),
    });
    new ExternalSecretsSupport(stack, "Secrets", { cluster });
  });
  expect(policyOf(out).Statement).toMatchObject([
    { Resource: "arn:aws-cn:secretsmanager:cn-north-1:111111111111:secret:atlas/dev/*" },
  ]);
});

test("ExternalSecretsSupport keeps its addresses", () => {
  expect(supportWith().addresses("aws_iam_role")).toEqual({
    "Secrets/ControllerRole/Resource": "aws_iam_role.Secrets_ControllerRole_052470A3",
  });
});

describe("ExternalSecretsSupport.fromExternalSecretsSupportAttributes", () => {
  test("knows its names, and its controller can be granted more", () => {
    const out = synthesize((stack) => {
      const support = ExternalSecretsSupport.fromExternalSecretsSupportAttributes(stack, "Shared", {
        controllerRoleArn: "arn:aws:iam::111111111111:role/external-secrets",
      });
      expect(support).toMatchObject({ namespaceName: "external-secrets", serviceAccountName: "external-secrets" });
      const secret = Secret.fromSecretAttributes(stack, "Database", { secretArn: secretArn("rds!db-1") });
      secret.grantRead(support.controllerRole);
    });
    expect(out.resource("aws_iam_role_policy")).toMatchObject({ role: "external-secrets" });
  });

  test("refuses what is not the ARN of a role", () => {
    const stack = testStack();
    const attributes = { controllerRoleArn: "external-secrets" };
    expect(
      failure(() => ExternalSecretsSupport.fromExternalSecretsSupportAttributes(stack, "Shared", attributes)),
    ).toEqual({
      code: "INVALID_POD_ROLE_ATTRIBUTES",
      message: [
        '`roleArn` must be an ARN arn:<partition>:iam::<account>:role/<name>, got "external-secrets"',
        "  in test/Shared/ControllerRole",
      ].join("\n"),
    });
  });
});
