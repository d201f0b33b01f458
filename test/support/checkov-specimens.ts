import type { Example, TerraformJson } from "../../policy/engine/rule";

const one = (type: string, values: Readonly<Record<string, unknown>>): Example => ({
  terraform: { resource: { [type]: { one: values } } },
});

const policy = (
  type: string,
  values: Readonly<Record<string, unknown>>,
  statement: object,
  argument = "policy",
): Example =>
  one(type, {
    ...values,
    [argument]: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
  });

const clusterRole = (...verbs: readonly string[]): Example => ({
  objects: [
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "deployer" },
      rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles", "clusterrolebindings"], verbs }],
    },
  ],
});

const pod = (...others: readonly Readonly<Record<string, unknown>>[]): Example => ({
  objects: [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "serving" } },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "router", namespace: "serving" },
      spec: { containers: [{ name: "router", image: "public.ecr.aws/example/router:1.4.2" }] },
    },
    ...others,
  ],
});

const trusts = (subject: string): TerraformJson => ({
  data: {
    aws_iam_policy_document: {
      github: {
        statement: {
          effect: "Allow",
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: {
            type: "Federated",
            identifiers: ["arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"],
          },
          condition: [
            {
              test: "StringEquals",
              variable: "token.actions.githubusercontent.com:aud",
              values: ["sts.amazonaws.com"],
            },
            { test: "StringLike", variable: "token.actions.githubusercontent.com:sub", values: [subject] },
          ],
        },
      },
    },
  },
  resource: {
    aws_iam_role: {
      deployer: { name: "deployer", assume_role_policy: "${data.aws_iam_policy_document.github.json}" },
    },
  },
});

const backedUp = (resources: readonly string[]): TerraformJson => ({
  resource: {
    aws_efs_file_system: { datasets: { encrypted: true } },
    aws_backup_plan: { daily: { name: "daily", rule: { rule_name: "daily", target_vault_name: "vault" } } },
    aws_backup_selection: {
      data: { name: "data", plan_id: "${aws_backup_plan.daily.id}", iam_role_arn: "role", resources },
    },
  },
});

const IMAGE = { image_id: "ami-0123456789abcdef0", instance_type: "m7i.large" };
/** Not the keys of AWS's documentation, which are no secrets. */
const ACCESS_KEY = `AKIA${"QRST".repeat(4)}`;
const PRIVATE_KEY = ["BEGIN", `${"MIIEowIBAAKCAQEAqW3rT5yU7iO9pA1s".repeat(2)}\n`.repeat(4), "END"]
  .map((part) => (part.includes("\n") ? part : `-----${part} RSA PRIVATE KEY-----\n`))
  .join("");
const lambda = (secret: string): Example =>
  one("aws_lambda_function", { function_name: "track", environment: { variables: { CONNECTION: secret } } });

/** What neither our environments nor the examples of rules show to checks that rules are mapped to: one that passes, one that fails. */
export const SPECIMENS: Readonly<Record<string, Example>> = {
  "launch-configuration-encrypted": one("aws_launch_configuration", {
    ...IMAGE,
    root_block_device: { encrypted: true },
  }),
  "launch-configuration-plain": one("aws_launch_configuration", { ...IMAGE, root_block_device: { encrypted: false } }),
  "launch-configuration-key": one("aws_launch_configuration", {
    ...IMAGE,
    root_block_device: { encrypted: true },
    user_data: "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
  }),
  "image-copy-encrypted": one("aws_ami_copy", { name: "nodes", encrypted: true }),
  "image-copy-plain": one("aws_ami_copy", { name: "nodes" }),
  "network-acl-rule-port": one("aws_network_acl_rule", aclRule({ protocol: "tcp", from_port: 443, to_port: 443 })),
  "network-acl-rule-all": one("aws_network_acl_rule", aclRule({ protocol: "-1" })),
  "network-acl-rule-ssh": one("aws_network_acl_rule", aclRule({ protocol: "tcp", from_port: 22, to_port: 22 })),
  "network-acl-rule-rdp": one("aws_network_acl_rule", aclRule({ protocol: "tcp", from_port: 3389, to_port: 3389 })),
  "github-one-repository": { terraform: trusts("repo:example/atlas:ref:refs/heads/main") },
  "github-any-repository": { terraform: trusts("*") },
  "efs-backed-up": { terraform: backedUp(["${aws_efs_file_system.datasets.arn}"]) },
  "efs-not-backed-up": { terraform: backedUp([]) },
  "roles-read": clusterRole("get"),
  "roles-bind": clusterRole("bind"),
  "roles-escalate": clusterRole("escalate"),
  "pod-behind-policy": pod({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "default-deny", namespace: "serving" },
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  }),
  "pod-without-policy": pod(),
  "topic-policy-account": policy(
    "aws_sns_topic_policy",
    { arn: "arn:aws:sns:us-east-1:111111111111:jobs" },
    {
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "sns:Publish",
      Resource: "arn:aws:sns:us-east-1:111111111111:jobs",
    },
  ),
  "bucket-locked": one("aws_s3_bucket", {
    bucket: "atlas-models",
    object_lock_configuration: {
      object_lock_enabled: "Enabled",
      rule: { default_retention: { mode: "GOVERNANCE", days: 90 } },
    },
  }),
  "bucket-writable-acl": one("aws_s3_bucket", { bucket: "atlas-models", acl: "public-read-write" }),
  "console-user": {
    terraform: {
      resource: {
        aws_iam_user: { ann: { name: "ann" } },
        aws_iam_user_login_profile: { ann: { user: "${aws_iam_user.ann.name}" } },
      },
    },
  },
  "group-with-policy": one("aws_iam_policy_attachment", {
    name: "readers",
    groups: ["readers"],
    policy_arn: "arn:aws:iam::111111111111:policy/readers",
  }),
  "provider-with-keys": { terraform: { provider: { aws: [{ region: "us-east-1", access_key: ACCESS_KEY }] } } },
  "lambda-with-access-key": lambda(ACCESS_KEY),
  "lambda-with-private-key": lambda(PRIVATE_KEY),
  "lambda-with-basic-auth": lambda("https://mlflow:correct-horse@tracking.internal/api"),
  "cluster-protected": one("aws_rds_cluster", cluster(true)),
  "cluster-unprotected": one("aws_rds_cluster", cluster(false)),
  "instance-without-backups": one("aws_db_instance", { engine: "postgres", backup_retention_period: 0 }),
  "group-lets-all-out": one("aws_security_group", {
    description: "nodes",
    egress: { protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"], description: "all" },
  }),
};

function aclRule(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { network_acl_id: "acl-1", rule_number: 100, rule_action: "allow", cidr_block: "0.0.0.0/0", ...values };
}

function cluster(safe: boolean): Readonly<Record<string, unknown>> {
  return {
    engine: "aurora-postgresql",
    storage_encrypted: true,
    deletion_protection: safe,
    iam_database_authentication_enabled: safe,
    ...(safe && { kms_key_id: "${aws_kms_key.data.arn}", enabled_cloudwatch_logs_exports: ["postgresql"] }),
  };
}
