import fc from "fast-check";
import { allow, policyJson } from "../../../policy/rules/iam/private/examples";
import { matchesPattern } from "../../../policy/rules/iam/private/action-patterns";
import { iamRules } from "../../../policy/rules/iam";
import { iamCiTrustPinsRepository } from "../../../policy/rules/iam/iam-ci-trust-pins-repository";
import { iamEncryptedStoreHasKey } from "../../../policy/rules/iam/iam-encrypted-store-has-key";
import { iamIrsaTrustPinsServiceAccount } from "../../../policy/rules/iam/iam-irsa-trust-pins-service-account";
import { iamNewRolesBounded } from "../../../policy/rules/iam/iam-new-roles-bounded";
import { iamNoAdminPolicy } from "../../../policy/rules/iam/iam-no-admin-policy";
import { iamNoAdministratorAccess } from "../../../policy/rules/iam/iam-no-administrator-access";
import { iamNoDataExfiltration } from "../../../policy/rules/iam/iam-no-data-exfiltration";
import { iamNoUnboundedRead } from "../../../policy/rules/iam/iam-no-unbounded-read";
import { iamNoUnboundedWrite } from "../../../policy/rules/iam/iam-no-unbounded-write";
import { iamNoUserPolicies } from "../../../policy/rules/iam/iam-no-user-policies";
import { iamOidcTrustPinsAudience } from "../../../policy/rules/iam/iam-oidc-trust-pins-audience";
import { iamPassRoleNamed } from "../../../policy/rules/iam/iam-pass-role-named";
import { iamPodIdentityOneServiceAccount } from "../../../policy/rules/iam/iam-pod-identity-one-service-account";
import { iamServiceTrustNamesSource } from "../../../policy/rules/iam/iam-service-trust-names-source";
import { iamTrustNotPublic } from "../../../policy/rules/iam/iam-trust-not-public";
import { iamTrustNotWholeAccount } from "../../../policy/rules/iam/iam-trust-not-whole-account";
import { answersOf } from "./answers-of";

const policy = (...statements: readonly object[]) => ({
  aws_iam_role_policy: { server: { role: "server", policy: policyJson(...(statements as never[])) } },
});
const role = (statement: object, more: object = {}) => ({
  aws_iam_role: {
    server: { name: "server", assume_role_policy: policyJson({ Effect: "Allow", ...statement }), ...more },
  },
});
const GITHUB = "token.actions.githubusercontent.com";
const web = (issuer: string, condition: object, federated = `arn:aws:iam::111111111111:oidc-provider/${issuer}`) =>
  role({ Principal: { Federated: federated }, Action: "sts:AssumeRoleWithWebIdentity", Condition: condition });

/** Ids of the rules that find something. */
function found(resources: Readonly<Record<string, unknown>>): readonly string[] {
  return iamRules
    .filter((rule) => answersOf(rule, resources as never).some((answer) => answer.startsWith("fail")))
    .map(({ id }) => id);
}

describe("what a policy allows", () => {
  test("is one finding of the worst kind for every statement", () => {
    expect(found(policy(allow(["s3:*Object*", "s3:ListBucket"], "*")))).toEqual(["FD-IAM-009", "FD-IAM-012"]);
    expect(found(policy(allow("*", "*")))).toEqual(["FD-IAM-001"]);
    expect(found(policy(allow("iam:*", "*")))).toEqual(["FD-IAM-003"]);
    expect(found(policy(allow("IAM:passrole", "*")))).toEqual(["FD-IAM-006"]);
  });

  test("says which actions of how many", () => {
    const actions = ["ec2:TerminateInstances", "ec2:StopInstances", "ec2:RebootInstances", "ec2:DeleteVolume"];
    expect(answersOf(iamNoUnboundedWrite, policy({ Sid: "Machines", ...allow(actions, "*") }))).toEqual([
      'fail: `policy` must not allow "ec2:TerminateInstances", "ec2:StopInstances", "ec2:RebootInstances" and 1 more in statement Machines on every resource: it creates, changes or deletes them',
    ]);
  });

  test("names an action that a pattern stands for", () => {
    expect(answersOf(iamNoDataExfiltration, policy(allow("ssm:GetP*", "*")))).toEqual([
      'fail: `policy` must not allow "ssm:GetP*" (ssm:GetParameter) on every resource: it reads data or secrets of everyone',
    ]);
  });

  test("every bucket of S3 is everything", () => {
    expect(found(policy(allow("s3:GetObject", "arn:aws:s3:::*/*")))).toEqual(["FD-IAM-009"]);
    expect(found(policy(allow("s3:GetObject", "arn:aws:s3:::atlas-*/*")))).toEqual([]);
  });

  test.each([
    ["a condition on a tag bounds it", { StringEquals: { "aws:ResourceTag/Project": "atlas" } }, []],
    ["a condition on the subnet bounds it", { StringEquals: { "ec2:Subnet": "subnet-0a" } }, []],
    ["a condition on the region does not", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }, ["FD-IAM-011"]],
  ])("%s", (_what, condition, expected) => {
    expect(found(policy({ ...allow("ec2:TerminateInstances", "*"), Condition: condition }))).toEqual(expected);
  });

  test("the ARN of a log group bounds it, that of every log group does not", () => {
    const writing = (group: string) =>
      policy(allow("logs:PutLogEvents", `arn:aws:logs:us-east-1:111111111111:${group}`));
    expect(found(writing("log-group:/atlas/server:*"))).toEqual([]);
    expect(found(writing("*"))).toEqual(["FD-IAM-011"]);
  });

  test("a denial without a condition bounds it, one with a condition does not", () => {
    const secrets = allow("secretsmanager:Get*", "*");
    const denial = { Effect: "Deny", Action: "secretsmanager:*", NotResource: "arn:aws:secretsmanager:::secret:own-*" };
    expect(found(policy(secrets, denial))).toEqual([]);
    expect(found(policy(secrets, { ...denial, Condition: { Bool: { "aws:ViaAWSService": "false" } } }))).toEqual([
      "FD-IAM-009",
    ]);
  });

  test("actions that can name no resource keep their wildcard", () => {
    const actions = ["ec2:Describe*Type*", "ecr:GetAuthorizationToken", "sts:GetCallerIdentity", "s3:ListAllMyBuckets"];
    const more = ["cloudwatch:PutMetricData", "xray:PutTraceSegments", "pricing:*Products"];
    expect(answersOf(iamNoUnboundedWrite, policy(allow([...actions, ...more], "*")))).toEqual(["pass"]);
    expect(answersOf(iamNoUnboundedRead, policy(allow([...actions, ...more], "*")))).toEqual(["pass"]);
  });

  test("the services a role may be passed to are no bound", () => {
    const passing = { ...allow("iam:PassRole", "arn:aws:iam::111111111111:role/*") };
    const condition = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };
    expect(answersOf(iamPassRoleNamed, policy({ ...passing, Condition: condition }))).toEqual([
      'fail: `policy` must not allow "iam:PassRole" on every role: name the roles',
    ]);
  });

  test("a policy that only bounds roles grants nothing", () => {
    const boundary = { name: "bound", policy: policyJson(allow("*", "*")) };
    const bounded = { permissions_boundary: "arn:aws:iam::111111111111:policy/bound" };
    const resources = {
      aws_iam_policy: { bound: boundary },
      ...role({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }, bounded),
    };
    const attachment = { server: { role: "server", policy_arn: "${aws_iam_policy.bound.arn}" } };
    expect(found(resources)).toEqual([]);
    expect(found({ ...resources, aws_iam_role_policy_attachment: attachment })).toEqual(["FD-IAM-001"]);
  });

  test("what is known only later is said once", () => {
    const unreadable = { aws_iam_role_policy: { server: { role: "server", policy: "${var.policy}" } } };
    const unknown = iamRules.filter((rule) =>
      answersOf(rule, unreadable).some((answer) => answer.startsWith("unknown")),
    );
    expect(unknown).toEqual([iamNoAdminPolicy]);
    expect(answersOf(iamNoAdminPolicy, unreadable)).toEqual([
      "unknown: what `policy` allows is known in full only after apply",
    ]);
  });

  test("a managed policy is known by its name in every partition", () => {
    const attach = (arn: string) => ({
      aws_iam_role_policy_attachment: { server: { role: "server", policy_arn: arn } },
    });
    expect(
      answersOf(
        iamNoAdministratorAccess,
        attach("arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"),
      ),
    ).toEqual(["fail: `policy_arn` must not be the policy AdministratorAccess of AWS"]);
    expect(answersOf(iamNoAdministratorAccess, attach("${var.policy}"))).toEqual([
      "unknown: `policy_arn` must not be the policy AdministratorAccess of AWS, and is known only after apply: ${var.policy}",
    ]);
  });

  test("an attachment without users gives no user anything", () => {
    const attach = (about: object) => ({ aws_iam_policy_attachment: { all: { policy_arn: "arn", ...about } } });
    expect(answersOf(iamNoUserPolicies, attach({ roles: ["server"] }))).toEqual(["not applicable"]);
    expect(answersOf(iamNoUserPolicies, attach({ users: ["ann"] }))).toEqual([
      'fail: `users` must not be set, got ["ann"]',
    ]);
  });
});

describe("who may take a role", () => {
  test("everyone but some is everyone", () => {
    expect(
      answersOf(
        iamTrustNotPublic,
        role({ NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "sts:AssumeRole" }),
      ),
    ).toEqual(["fail: `assume_role_policy` must not trust everyone but some (`NotPrincipal`)"]);
  });

  test("a condition says who of an account may", () => {
    const account = { Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" };
    expect(answersOf(iamTrustNotWholeAccount, role(account))).toEqual([
      'fail: `assume_role_policy` must not trust a whole account without a condition, got "222222222222"',
    ]);
    const condition = { StringEquals: { "sts:ExternalId": "f81d4fae" } };
    expect(answersOf(iamTrustNotWholeAccount, role({ ...account, Condition: condition }))).toEqual(["pass"]);
  });

  test.each([
    ["owner and name", "repo:org/repo:ref:refs/heads/*", "pass"],
    ["immutable owner and name", "repo:org@12/repo@34:environment:prod", "pass"],
    ["a wildcard in the name", "repo:org/re*:environment:prod", "fail"],
    ["a wildcard in the owner", "repo:*/repo:environment:prod", "fail"],
    ["no repository at all", "environment:prod", "fail"],
    ["nothing after the repository", "repo:org/repo", "fail"],
    ["everything", "*", "fail"],
  ])("GitHub's subject with %s", (_what, sub, expected) => {
    const [answer = ""] = answersOf(iamCiTrustPinsRepository, web(GITHUB, { StringLike: { [`${GITHUB}:sub`]: sub } }));
    expect(answer.split(":")[0]).toBe(expected);
  });

  test("GitHub's subject must be demanded, and one of several is not enough", () => {
    expect(
      answersOf(iamCiTrustPinsRepository, web(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" } })),
    ).toEqual([
      "fail: `assume_role_policy` must demand the claim `sub` to be repo:<owner>/<repository>:…: any repository will do",
    ]);
    const subs = ["repo:org/repo:environment:prod", "repo:org/*"];
    expect(answersOf(iamCiTrustPinsRepository, web(GITHUB, { StringLike: { [`${GITHUB}:sub`]: subs } }))).toEqual([
      'fail: `assume_role_policy` must demand `sub` to be repo:<owner>/<repository>:… without wildcards in it, got "repo:org/*"',
    ]);
  });

  test.each(["ForAllValues:StringLike", "StringLikeIfExists", "StringNotLike"])(
    "%s demands nothing of a claim",
    (operator) => {
      const trust = web(GITHUB, { [operator]: { [`${GITHUB}:sub`]: "repo:org/repo:environment:prod" } });
      expect(answersOf(iamCiTrustPinsRepository, trust)[0]).toMatch(/^fail: /);
    },
  );

  test("GitLab's subject names a project, on a server of one's own too", () => {
    const issuer = "gitlab.example.com";
    const sub = (value: string) => web(issuer, { StringLike: { [`${issuer}:sub`]: value } });
    expect(answersOf(iamCiTrustPinsRepository, sub("project_path:group/sub/project:ref_type:branch:ref:main"))).toEqual(
      ["pass"],
    );
    expect(answersOf(iamCiTrustPinsRepository, sub("project_path:group/*:ref_type:branch:ref:main"))[0]).toMatch(
      /^fail: /,
    );
  });

  test("a provider of the same code says who signs", () => {
    const trust = web(
      "",
      { StringEquals: { "x:sub": "system:serviceaccount:a:b" } },
      "${aws_iam_openid_connect_provider.eks.arn}",
    );
    const provider = { url: "${aws_eks_cluster.main.identity[0].oidc[0].issuer}" };
    const resources = {
      ...trust,
      aws_eks_cluster: { main: { name: "atlas" } },
      aws_iam_openid_connect_provider: { eks: provider },
    };
    expect(answersOf(iamIrsaTrustPinsServiceAccount, resources)).toEqual(["pass"]);
    expect(answersOf(iamOidcTrustPinsAudience, resources)).toEqual([
      "fail: `assume_role_policy` must demand the claim `aud`, such as `sts.amazonaws.com`",
    ]);
  });

  test("two service accounts are one too many", () => {
    const issuer = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";
    const subs = ["system:serviceaccount:a:b", "system:serviceaccount:a:c"];
    expect(
      answersOf(iamIrsaTrustPinsServiceAccount, web(issuer, { StringEquals: { [`${issuer}:sub`]: subs } })),
    ).toEqual([
      "fail: `assume_role_policy` must name one service account, got system:serviceaccount:a:b, system:serviceaccount:a:c",
    ]);
  });

  test("one association gives a role of Pod Identity to one service account", () => {
    const trust = role({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    });
    const association = { role_arn: "${aws_iam_role.server.arn}", namespace: "a", service_account: "b" };
    const associated = (names: readonly string[]) => ({
      ...trust,
      aws_eks_pod_identity_association: Object.fromEntries(names.map((name) => [name, association])),
    });
    expect(answersOf(iamPodIdentityOneServiceAccount, associated(["one"]))).toEqual(["pass"]);
    expect(answersOf(iamPodIdentityOneServiceAccount, associated(["one", "two"]))).toEqual([
      "fail: `assume_role_policy` must name cluster, namespace and service account by their tags: the role has 2 associations",
    ]);
  });

  test("tags of Pod Identity that leave the cluster open are not enough", () => {
    const tags = { "aws:RequestTag/kubernetes-namespace": "a", "aws:RequestTag/kubernetes-service-account": "b" };
    const trust = role({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: tags },
    });
    expect(answersOf(iamPodIdentityOneServiceAccount, trust)).toEqual([
      "fail: `assume_role_policy` must name one cluster, without wildcards",
    ]);
  });

  test("services that do not say for whom they act are not asked to", () => {
    const service = (name: string) => role({ Principal: { Service: name }, Action: "sts:AssumeRole" });
    expect(answersOf(iamServiceTrustNamesSource, service("ec2.amazonaws.com"))).toEqual(["not applicable"]);
    expect(answersOf(iamServiceTrustNamesSource, service("logs.us-east-1.amazonaws.com"))).toEqual([
      "fail: `assume_role_policy` must name `aws:SourceAccount` or `aws:SourceArn` where it trusts logs.us-east-1.amazonaws.com",
    ]);
  });
});

describe("roles that make roles", () => {
  const pipeline = (boundary: object | undefined, statement: object = {}) => ({
    aws_iam_role: { ci: { name: "ci", ...(boundary && { permissions_boundary: "${aws_iam_policy.bound.arn}" }) } },
    aws_iam_role_policy: {
      ci: {
        role: "${aws_iam_role.ci.name}",
        policy: policyJson({ ...allow("iam:Create*", "arn:aws:iam::1:role/a-*"), ...statement }),
      },
    },
    ...(boundary && {
      aws_iam_policy: {
        bound: { name: "bound", policy: policyJson(allow("*", "*"), { Effect: "Deny", ...boundary }) },
      },
    }),
  });
  const unbounded = {
    Action: "iam:CreateRole",
    Resource: "*",
    Condition: { StringNotEquals: { "iam:PermissionsBoundary": "bound" } },
  };

  test("may be bounded by a boundary of their own", () => {
    expect(answersOf(iamNewRolesBounded, pipeline(unbounded))).toEqual(["pass"]);
  });

  test("are not bounded by a boundary that leaves new roles free", () => {
    expect(answersOf(iamNewRolesBounded, pipeline({ Action: "s3:*", Resource: "*" }))).toEqual([
      "fail: `policy` must allow iam:CreateRole only with a condition on `iam:PermissionsBoundary`: nor does the boundary of the role deny it without",
    ]);
  });

  test("need a boundary, or a condition", () => {
    expect(answersOf(iamNewRolesBounded, pipeline(undefined))).toEqual([
      "fail: `policy` must allow iam:CreateRole only with a condition on `iam:PermissionsBoundary`",
    ]);
  });
});

describe("a role that uses an encrypted store", () => {
  const store = {
    aws_kms_key: { key: {} },
    aws_s3_bucket: { models: { bucket: "models" } },
    aws_s3_bucket_server_side_encryption_configuration: {
      models: {
        bucket: "${aws_s3_bucket.models.id}",
        rule: [
          {
            apply_server_side_encryption_by_default: [
              { sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.key.arn}" },
            ],
          },
        ],
      },
    },
  };
  const user = (more: object, ...statements: readonly object[]) => ({
    ...store,
    aws_iam_role: { server: { name: "server" } },
    aws_iam_role_policy: {
      server: { role: "${aws_iam_role.server.id}", policy: policyJson(...(statements as never[])) },
    },
    ...more,
  });

  test("needs the key to read, by whichever name it calls the bucket", () => {
    const lacking = "fail: the role may use aws_s3_bucket.models but not kms:Decrypt with its key aws_kms_key.key";
    expect(answersOf(iamEncryptedStoreHasKey, user({}, allow("s3:Get*", "arn:aws:s3:::models/*")))).toEqual([lacking]);
    expect(
      answersOf(iamEncryptedStoreHasKey, user({}, allow("s3:GetObject", "${aws_s3_bucket.models.arn}/*"))),
    ).toEqual([lacking]);
  });

  test("needs a data key to write", () => {
    const both = [
      allow(["s3:GetObject", "s3:PutObject"], "${aws_s3_bucket.models.arn}/*"),
      allow("kms:Decrypt", "${aws_kms_key.key.arn}"),
    ];
    expect(answersOf(iamEncryptedStoreHasKey, user({}, ...both))).toEqual([
      "fail: the role may use aws_s3_bucket.models but not kms:GenerateDataKey with its key aws_kms_key.key",
    ]);
    expect(answersOf(iamEncryptedStoreHasKey, user({}, ...both, allow("kms:Generate*", "*")))).toEqual(["pass"]);
  });

  test("has the key by a policy that is attached", () => {
    const attached = {
      aws_iam_policy: { key: { policy: policyJson(allow("kms:Decrypt", "${aws_kms_key.key.arn}")) } },
      aws_iam_role_policy_attachment: {
        key: { role: "${aws_iam_role.server.name}", policy_arn: "${aws_iam_policy.key.arn}" },
      },
    };
    expect(
      answersOf(iamEncryptedStoreHasKey, user(attached, allow("s3:GetObject", "${aws_s3_bucket.models.arn}/*"))),
    ).toEqual(["pass"]);
  });

  test("has the key by the policy of the key", () => {
    const key = {
      policy: policyJson({
        Effect: "Allow",
        Principal: { AWS: "${aws_iam_role.server.arn}" },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
    };
    expect(
      answersOf(
        iamEncryptedStoreHasKey,
        user({ aws_kms_key: { key } }, allow("s3:GetObject", "${aws_s3_bucket.models.arn}/*")),
      ),
    ).toEqual(["pass"]);
  });

  test("needs none where the key is that of AWS", () => {
    const encryption = {
      models: {
        bucket: "${aws_s3_bucket.models.id}",
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms" } },
      },
    };
    const resources = user(
      { aws_s3_bucket_server_side_encryption_configuration: encryption },
      allow("s3:GetObject", "${aws_s3_bucket.models.arn}/*"),
    );
    expect(answersOf(iamEncryptedStoreHasKey, resources)).toEqual(["not applicable"]);
  });
});

describe("patterns of actions", () => {
  test("match whatever the case, and nothing that is longer", () => {
    expect(matchesPattern("s3:Get*", "S3:getobject")).toBe(true);
    expect(matchesPattern("s3:GetObjec?", "s3:GetObject")).toBe(true);
    expect(matchesPattern("s3:Get", "s3:GetObject")).toBe(false);
    expect(matchesPattern("s3.Get*", "s3:GetObject")).toBe(false);
  });

  test("a pattern made by cutting a name matches that name", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{2,8}:[A-Za-z]{3,20}$/), fc.nat(20), (name, cut) => {
        expect(matchesPattern(`${name.slice(0, cut)}*`, name)).toBe(true);
        expect(matchesPattern(name.replace(/.$/, "?"), name)).toBe(true);
      }),
    );
  });
});
