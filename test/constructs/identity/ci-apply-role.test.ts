import { CiApplyRole, type CiApplyRoleProps } from "../../../constructs/identity/ci-apply-role";
import { CiProvider, type CiSystem } from "../../../constructs/identity/ci-provider";
import { importedKey, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";
import { importedProvider, trustConditions } from "./ci-roles-fixture";

type Props = Partial<CiApplyRoleProps>;
const REPOSITORIES = { github: "example-org/ml-platform", gitlab: "group/ml-platform" };
const PLACES = { github: { protectedEnvironment: "atlas-dev" }, gitlab: { protectedBranch: "main" } };
const STATE = { bucketName: "example-states" };
const boundary = { policyArn: "arn:aws:iam::111111111111:policy/atlas-dev-boundary" };
const define = (system: CiSystem, props: Props, stack = testStack()) =>
  new CiApplyRole(stack, "Apply", {
    identity: IDENTITY,
    provider: importedProvider(stack, system),
    repository: REPOSITORIES[system],
    state: STATE,
    boundary,
    ...PLACES[system],
    ...props,
  });
const roleWith = (props: Props = {}, system: CiSystem = "github") =>
  synthesize((stack) => {
    define(system, props, stack);
  });
const conditions = (props: Props = {}, system: CiSystem = "github") => trustConditions(roleWith(props, system));
const refused = (props: Props, system: CiSystem = "github") => failure(() => define(system, props));

describe("CiApplyRole", () => {
  const out = roleWith();

  test("is a bounded role named after environment and system, for two hours at a time", () => {
    expect(out.resource("aws_iam_role")).toEqual({
      name: "atlas-dev-ci-github-apply",
      description: "Pipelines of example-org/ml-platform deploy atlas/dev",
      assume_role_policy: expect.any(String),
      max_session_duration: 7200,
      permissions_boundary: boundary.policyArn,
      tags: { Name: "atlas-dev-ci-github-apply" },
    });
  });

  test("is taken by jobs of one environment of one repository of GitHub only", () => {
    expect(conditions()).toEqual({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:example-org/ml-platform:environment:atlas-dev",
      },
    });
  });

  test("writes the colons of an environment as GitHub does", () => {
    expect(conditions({ protectedEnvironment: "prod: eu" })).toMatchObject({
      StringEquals: {
        "token.actions.githubusercontent.com:sub": "repo:example-org/ml-platform:environment:prod%3A eu",
      },
    });
  });

  test("is taken by one branch of one project of GitLab only", () => {
    expect(conditions({}, "gitlab")).toEqual({
      StringEquals: {
        "gitlab.com:aud": "https://gitlab.com",
        "gitlab.com:sub": "project_path:group/ml-platform:ref_type:branch:ref:main",
      },
    });
  });

  test("manages buckets by the environment's name, and others that are listed", () => {
    expect(roleWith({ bucketNames: ["vision-raw"] }).policy("aws_iam_role_policy")).toMatchObject({
      Statement: expect.arrayContaining([
        {
          Sid: "OwnBuckets",
          Effect: "Allow",
          Action: "s3:*",
          Resource: [
            "arn:aws:s3:::atlas-dev-*",
            "arn:aws:s3:::atlas-dev-*/*",
            "arn:aws:s3:::vision-raw",
            "arn:aws:s3:::vision-raw/*",
          ],
        },
      ]) as unknown,
    });
  });

  const statement = (of: typeof out, sid: string) => {
    const { Statement } = of.policy("aws_iam_role_policy") as { Statement: { Sid: string }[] };
    return Statement.find(({ Sid }) => Sid === sid);
  };
  const written = ["s3:PutObject*", "s3:Replicate*", "s3:UpdateObjectEncryption", "s3:BypassGovernanceRetention"];

  test("changes no objects but its states, and deletes others only where it may", () => {
    const denied = (Action: string[]) => ({
      Sid: "NoChangesOfObjects",
      Effect: "Deny",
      Action,
      NotResource: "arn:aws:s3:::example-states/atlas/dev/*",
    });

    expect(statement(out, "NoChangesOfObjects")).toEqual(
      denied([...written, "s3:AbortMultipartUpload", "s3:DeleteObject*"]),
    );
    expect(statement(roleWith({ mayEmptyStores: true }), "NoChangesOfObjects")).toEqual(denied(written));
  });

  test("tags the provider that the environment defines, not one that was there", () => {
    const withOwn = synthesize((stack) => {
      define("github", { provider: new CiProvider(stack, "Own", { identity: IDENTITY, system: "github" }) }, stack);
    });
    const [address = ""] = Object.values(withOwn.addresses("aws_iam_openid_connect_provider"));

    expect(statement(withOwn, "TagsOfIssuer")).toEqual({
      Sid: "TagsOfIssuer",
      Effect: "Allow",
      Action: ["iam:TagOpenIDConnectProvider", "iam:UntagOpenIDConnectProvider"],
      Resource: `\${${address}.arn}`,
    });
    expect(statement(out, "TagsOfIssuer")).toBeUndefined();
  });

  test("uses the key of the states", () => {
    const withKey = synthesize((stack) => {
      define("github", { state: { ...STATE, encryptionKey: importedKey(stack) } }, stack);
    });

    expect(withKey.policy("aws_iam_role_policy")).toMatchObject({
      Statement: expect.arrayContaining([
        { Sid: "KeyOfStates", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY_ARN },
      ]) as unknown,
    });
  });

  test("fits into an inline policy of 10240 characters", () => {
    expect(String(out.resource("aws_iam_role_policy").policy).length).toBeLessThan(10240);
  });

  test("can be granted more", () => {
    const granted = synthesize((stack) => {
      define("github", {}, stack).grantPrincipal.addToPolicy({ actions: ["a:A"], resources: ["r"] });
    });

    expect(Object.keys(granted.resources("aws_iam_role_policy"))).toEqual(["Apply/Permissions", "Apply/Policy"]);
  });

  test("keeps its addresses", () => {
    expect(out.addresses("aws_iam_role")).toEqual({ "Apply/Resource": "aws_iam_role.Apply_1468A300" });
    expect(Object.keys(out.addresses("aws_iam_role_policy"))).toEqual(["Apply/Permissions"]);
  });
});

describe("CiApplyRole refuses", () => {
  const environment =
    "must be the name of an environment: 1 to 255 letters, digits, spaces and . _ : / -, starting with a letter or digit";
  const branch = "must be the name of a branch: 1 to 255 letters, digits and . _ / -, without wildcards";

  test.each(["", " ", "*", "prod*", "${aws:username}", "a".repeat(256)])(
    "the environment %p",
    (protectedEnvironment) => {
      const { code, message } = refused({ protectedEnvironment });

      expect(code).toBe("INVALID_CI_APPLY_ROLE_PROPS");
      expect(message).toContain(`\`protectedEnvironment\` ${environment}, got `);
    },
  );

  test("GitHub without an environment", () => {
    expect(refused({ protectedEnvironment: undefined }).message).toBe(
      `\`protectedEnvironment\` ${environment}, got nothing\n  in test/Apply`,
    );
  });

  test("a branch for GitHub", () => {
    expect(refused({ protectedBranch: "main" }).message).toBe(
      '`protectedBranch` must be left out for GitHub, got "main"\n  in test/Apply',
    );
  });

  test.each(["", "*", "release/*"])("the branch %p", (protectedBranch) => {
    expect(refused({ protectedBranch }, "gitlab").message).toBe(
      `\`protectedBranch\` ${branch}, got "${protectedBranch}"\n  in test/Apply`,
    );
  });

  test("GitLab without a branch", () => {
    expect(refused({ protectedBranch: undefined }, "gitlab").message).toBe(
      `\`protectedBranch\` ${branch}, got nothing\n  in test/Apply`,
    );
  });

  test("an environment for GitLab", () => {
    expect(refused({ protectedEnvironment: "prod" }, "gitlab").message).toBe(
      '`protectedEnvironment` must be left out for GitLab: its tokens tell AWS no environment, got "prod"\n  in test/Apply',
    );
  });

  test("everything that is wrong at once", () => {
    const wrong = {
      repository: "a/*",
      protectedEnvironment: "*",
      state: { bucketName: "A" },
      bucketNames: ["*"],
      sessionHours: 13,
    };

    expect(
      refused(wrong)
        .message.split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual([
      "`repository`",
      "`protectedEnvironment`",
      "`state.bucketName`",
      "`bucketNames[0]`",
      "`sessionHours`",
      "",
    ]);
  });
});
