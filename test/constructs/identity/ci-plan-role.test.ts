import { CiPlanRole, type CiPlanRoleProps } from "../../../constructs/identity/ci-plan-role";
import type { CiSystem } from "../../../constructs/identity/ci-provider";
import { importedKey, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";
import { importedProvider, trustConditions } from "./ci-roles-fixture";

type Props = Partial<Omit<CiPlanRoleProps, "provider">>;
const REPOSITORIES = { github: "example-org/ml-platform", gitlab: "group/sub/ml-platform" };
const STATE = { bucketName: "example-states" };
const define = (system: CiSystem, props: Props, stack = testStack()) =>
  new CiPlanRole(stack, "Plan", {
    identity: IDENTITY,
    provider: importedProvider(stack, system),
    repository: REPOSITORIES[system],
    state: STATE,
    ...props,
  });
const roleWith = (props: Props = {}, system: CiSystem = "github") =>
  synthesize((stack) => {
    define(system, props, stack);
  });
const conditions = (props: Props = {}, system: CiSystem = "github") => trustConditions(roleWith(props, system));
const refused = (props: Props, system: CiSystem = "github") => failure(() => define(system, props));

describe("CiPlanRole", () => {
  const out = roleWith();

  test("is a role named after environment and system, for an hour at a time", () => {
    expect(out.resource("aws_iam_role")).toEqual({
      name: "atlas-dev-ci-github-plan",
      description: "Pipelines of example-org/ml-platform plan atlas/dev",
      assume_role_policy: expect.any(String),
      max_session_duration: 3600,
      tags: { Name: "atlas-dev-ci-github-plan" },
    });
  });

  test("is taken by pull requests of one repository of GitHub only", () => {
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "JobsOfOneRepository",
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:example-org/ml-platform:pull_request",
            },
          },
        },
      ],
    });
  });

  test("is taken by runs of listed branches too", () => {
    expect(conditions({ branches: ["main", "release/1.0"] })).toMatchObject({
      StringEquals: {
        "token.actions.githubusercontent.com:sub": [
          "repo:example-org/ml-platform:pull_request",
          "repo:example-org/ml-platform:ref:refs/heads/main",
          "repo:example-org/ml-platform:ref:refs/heads/release/1.0",
        ],
      },
    });
  });

  test("knows the immutable subjects of newer repositories", () => {
    expect(conditions({ repository: "example-org@123456/ml-platform@456789" })).toMatchObject({
      StringEquals: {
        "token.actions.githubusercontent.com:sub": "repo:example-org@123456/ml-platform@456789:pull_request",
      },
    });
  });

  test("is taken by any branch of one project of GitLab, as merge requests go by the names of theirs", () => {
    expect(conditions({}, "gitlab")).toEqual({
      StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
      StringLike: { "gitlab.com:sub": "project_path:group/sub/ml-platform:ref_type:branch:ref:*" },
    });
  });

  test("reads its own states and decrypts nothing, where S3 encrypts them by itself", () => {
    expect(out.policy("aws_iam_role_policy")).toMatchObject({
      Statement: [
        { Sid: "Settings", Effect: "Allow", Resource: "*" },
        {
          Sid: "OwnStates",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-states/atlas/dev/*",
        },
        { Sid: "NoContent", Effect: "Deny", Resource: "*" },
        { Sid: "NoOtherObjects", Effect: "Deny", NotResource: "arn:aws:s3:::example-states/atlas/dev/*" },
        { Sid: "NoOtherDecryption", Effect: "Deny", Action: "kms:Decrypt", Resource: "*" },
      ],
    });
  });

  test("decrypts states with their key", () => {
    const withKey = synthesize((other) => {
      define("github", { state: { ...STATE, encryptionKey: importedKey(other) } }, other);
    });

    expect(withKey.policy("aws_iam_role_policy")).toMatchObject({
      Statement: expect.arrayContaining([
        { Sid: "KeyOfStates", Effect: "Allow", Action: "kms:Decrypt", Resource: KEY_ARN },
        { Sid: "NoOtherDecryption", Effect: "Deny", Action: "kms:Decrypt", NotResource: KEY_ARN },
      ]) as unknown,
    });
  });

  test("fits into an inline policy of 10240 characters", () => {
    expect(String(out.resource("aws_iam_role_policy").policy).length).toBeLessThan(10240);
  });

  test("carries a boundary and longer sessions when told to", () => {
    const boundary = { policyArn: "arn:aws:iam::111111111111:policy/atlas-dev-boundary" };

    expect(roleWith({ boundary, sessionHours: 12 }).resource("aws_iam_role")).toMatchObject({
      permissions_boundary: boundary.policyArn,
      max_session_duration: 43200,
    });
  });

  test("can be granted more", () => {
    const granted = synthesize((stack) => {
      define("github", {}, stack).grantPrincipal.addToPolicy({ actions: ["a:A"], resources: ["r"] });
    });

    expect(Object.keys(granted.resources("aws_iam_role_policy"))).toEqual(["Plan/Permissions", "Plan/Policy"]);
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_iam_role")).toEqual({ "Plan/Resource": "aws_iam_role.Plan_DAF4E53A" });
    expect(Object.keys(out.addresses("aws_iam_role_policy"))).toEqual(["Plan/Permissions"]);
  });
});

describe("CiPlanRole refuses", () => {
  test.each(["*", "example-org/*", "example-org", "/ml-platform", "a/b/c", "example-org@1/ml-platform", "a/${b}"])(
    "the GitHub repository %p",
    (repository) => {
      expect(refused({ repository })).toEqual({
        code: "INVALID_CI_PLAN_ROLE_PROPS",
        message: `\`repository\` must be owner/name, or owner@id/name@id for immutable subjects, without wildcards, got "${repository}"\n  in test/Plan`,
      });
    },
  );

  test.each(["*", "group/*", "group", "group/", "group//project"])("the GitLab project %p", (repository) => {
    expect(refused({ repository }, "gitlab").message).toBe(
      `\`repository\` must be group/project, without wildcards, got "${repository}"\n  in test/Plan`,
    );
  });

  test.each(["", "*", "feature/*", "a b"])("the branch %p", (branch) => {
    expect(refused({ branches: ["main", branch] }).message).toBe(
      `\`branches[1]\` must be the name of a branch: 1 to 255 letters, digits and . _ / -, without wildcards, got "${branch}"\n  in test/Plan`,
    );
  });

  test("branches for GitLab", () => {
    expect(refused({ branches: ["main"] }, "gitlab").message).toBe(
      '`branches` must be left out for GitLab, where every branch of the project may plan, got ["main"]\n  in test/Plan',
    );
  });

  test.each([0, 13, 1.5])("sessions of %p hours", (sessionHours) => {
    expect(refused({ sessionHours }).message).toBe(
      `\`sessionHours\` must be a whole number of hours from 1 to 12, got ${sessionHours}\n  in test/Plan`,
    );
  });

  test("everything that is wrong at once", () => {
    const wrong = { repository: "*", branches: ["*"], state: { bucketName: "*" }, sessionHours: 0 };

    expect(
      refused(wrong)
        .message.split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(["`repository`", "`branches[0]`", "`state.bucketName`", "`sessionHours`", ""]);
  });
});
