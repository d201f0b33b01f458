import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const SERVER = "PodRole-serving";

/** Puts a statement to the policy of the model server's role. */
function allow(environment: CompliantEnvironment, statement: object): void {
  const policy = resourceOf(environment, "aws_iam_role_policy", SERVER);
  change(policy, "policy", (statements) => [...statements, { Effect: "Allow", ...statement }]);
}

/** Rewrites the statements of a policy that is written as JSON text. */
function change(block: Block, argument: string, rewrite: (statements: readonly Block[]) => readonly object[]): void {
  const document = JSON.parse(String(block[argument])) as Block;
  block[argument] = JSON.stringify({ ...document, Statement: rewrite(document.Statement as Block[]) });
}

/** Rewrites who may take a role, in its first statement. */
function changeTrust(environment: CompliantEnvironment, role: string, path: string, value: unknown): void {
  change(resourceOf(environment, "aws_iam_role", role), "assume_role_policy", (statements) => {
    if (value === undefined) removeKey(statements[0]!, path);
    else put(statements[0]!, path, value);
    return statements;
  });
}

/** Takes a condition away; keys of conditions hold dots themselves. */
function removeKey(statement: Block, key: string): void {
  const conditions = Object.entries(statement.Condition as Record<string, Block>);
  const left = conditions.map(([operator, keys]) => {
    const others = Object.entries(keys).filter(([name]) => name !== key);
    return [operator, Object.fromEntries(others)];
  });
  statement.Condition = Object.fromEntries(left);
}

/** Sets a condition of the first statement to another value. */
function changeCondition(environment: CompliantEnvironment, role: string, key: string, value: string): void {
  change(resourceOf(environment, "aws_iam_role", role), "assume_role_policy", (statements) => {
    const [first] = statements as [Block];
    removeKey(first, key);
    const conditions = first.Condition as Record<string, Block>;
    first.Condition = { ...conditions, StringLike: { ...conditions.StringLike, [key]: value } };
    return statements;
  });
}

/** Puts a resource to the stack of the complement. */
function add({ stacks, stage }: CompliantEnvironment, type: string, values: Block): void {
  put(stacks[`atlas-${stage}-complement`]!, `resource.${type}.new`, values);
}

const adds = (rule: string, what: string, statement: object): Mutant => ({
  rule,
  what,
  change: (environment) => allow(environment, statement),
});

const statements: readonly Mutant[] = [
  adds("FD-IAM-001", "the model server may do everything", { Action: "*", Resource: "*" }),
  adds("FD-IAM-002", "the model server may do everything with a bucket", {
    Action: "*",
    Resource: "arn:aws:s3:::other",
  }),
  adds("FD-IAM-003", "the model server may do everything with queues", { Action: "sqs:*", Resource: "*" }),
  adds("FD-IAM-004", "the model server may do all but change identities", { NotAction: "iam:*", Resource: "*" }),
  adds("FD-IAM-005", "the model server may list all buckets but one", {
    Action: "s3:ListBucket",
    NotResource: "arn:aws:s3:::other",
  }),
  adds("FD-IAM-006", "the model server may pass any role", { Action: "iam:PassRole", Resource: "*" }),
  adds("FD-IAM-006", "the model server may pass any role to instances", {
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::333333333333:role/*",
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  }),
  adds("FD-IAM-007", "the model server may give roles any policy", { Action: "iam:Put*", Resource: "*" }),
  adds("FD-IAM-008", "the model server may take any role", { Action: "sts:AssumeRole", Resource: "*" }),
  adds("FD-IAM-009", "the model server reads all secrets", { Action: "secretsmanager:GetSecretValue", Resource: "*" }),
  adds("FD-IAM-010", "the model server may open any bucket", { Action: "s3:PutBucketPolicy", Resource: "*" }),
  adds("FD-IAM-011", "the model server may stop any instance", { Action: "ec2:TerminateInstances", Resource: "*" }),
  adds("FD-IAM-012", "the model server looks at any cluster", { Action: "eks:DescribeCluster", Resource: "*" }),
  {
    rule: "FD-IAM-025",
    what: "the model server loses the key of the models",
    change: (environment) => {
      const policy = resourceOf(environment, "aws_iam_role_policy", SERVER);
      change(policy, "policy", (all) => all.filter(({ Action }) => !JSON.stringify(Action).includes("kms:Decrypt")));
    },
  },
  {
    rule: "FD-IAM-025",
    what: "the trainer may no longer encrypt what it writes",
    change: (environment) => {
      const policy = resourceOf(environment, "aws_iam_role_policy", "PodRole-training");
      policy.policy = String(policy.policy).replaceAll(/,"kms:GenerateDataKey"/g, "");
    },
  },
];

const attachments: readonly Mutant[] = [
  {
    rule: "FD-IAM-013",
    what: "the model server is administrator",
    change: (environment) =>
      add(environment, "aws_iam_role_policy_attachment", {
        role: "atlas-prod-serving",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
  },
  {
    rule: "FD-IAM-014",
    what: "the model server may change all identities",
    change: (environment) =>
      add(environment, "aws_iam_role_policy_attachment", {
        role: "atlas-prod-serving",
        policy_arn: "arn:aws:iam::aws:policy/IAMFullAccess",
      }),
  },
  {
    rule: "FD-IAM-022",
    what: "a user is made",
    change: (environment) => add(environment, "aws_iam_user", { name: "pipeline" }),
  },
  {
    rule: "FD-IAM-023",
    what: "a policy is attached to a user",
    change: (environment) =>
      add(environment, "aws_iam_user_policy_attachment", {
        user: "pipeline",
        policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
  },
  {
    rule: "FD-IAM-024",
    what: "an access key is made",
    change: (environment) => add(environment, "aws_iam_access_key", { user: "pipeline" }),
  },
];

const trusts: readonly Mutant[] = [
  {
    rule: "FD-IAM-015",
    what: "everyone may take the role of the control plane",
    change: (environment) => changeTrust(environment, "ControlPlaneRole", "Principal.AWS", "*"),
  },
  {
    rule: "FD-IAM-016",
    what: "another account may take the role of the control plane",
    change: (environment) =>
      changeTrust(environment, "ControlPlaneRole", "Principal.AWS", "arn:aws:iam::444444444444:root"),
  },
  {
    rule: "FD-IAM-017",
    what: "every repository of the organisation may deploy",
    change: (environment) =>
      changeCondition(
        environment,
        "GithubApply",
        "token.actions.githubusercontent.com:sub",
        "repo:example-org/*:environment:atlas-prod",
      ),
  },
  {
    rule: "FD-IAM-018",
    what: "a token for another service deploys",
    change: (environment) =>
      changeTrust(environment, "GithubApply", "token.actions.githubusercontent.com:aud", undefined),
  },
  {
    rule: "FD-IAM-019",
    what: "every service account of the namespace has the role",
    change: (environment) =>
      changeCondition(
        environment,
        "ReaderByWebIdentity",
        "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub",
        "system:serviceaccount:serving:*",
      ),
  },
  {
    rule: "FD-IAM-020",
    what: "every service account of the namespace has the role of the model server",
    change: (environment) => changeCondition(environment, SERVER, "aws:RequestTag/kubernetes-service-account", "*"),
  },
  {
    rule: "FD-IAM-021",
    what: "flow logs of any account may use the role",
    change: (environment) => {
      changeTrust(environment, "FlowLogs", "aws:SourceAccount", undefined);
      changeTrust(environment, "FlowLogs", "aws:SourceArn", undefined);
    },
  },
  {
    rule: "FD-IAM-026",
    what: "the pipeline makes roles without a boundary",
    change: (environment) =>
      put(resourceOf(environment, "aws_iam_role", "GithubApply"), "permissions_boundary", undefined),
  },
  {
    rule: "FD-IAM-027",
    what: "sessions of the pipeline last half a day",
    change: (environment) =>
      put(resourceOf(environment, "aws_iam_role", "GithubApply"), "max_session_duration", 43_200),
  },
];

export const mutants: readonly Mutant[] = [...statements, ...attachments, ...trusts];
