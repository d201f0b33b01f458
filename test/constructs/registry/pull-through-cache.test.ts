import type { TerraformStack } from "cdktf";
import { Secret } from "../../../constructs/encryption/secret";
import { PullThroughCache, type PullThroughCacheProps } from "../../../constructs/registry/pull-through-cache";
import { importedKey, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY, RecordingGrantee } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const ACCOUNT_ARN = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:ecr-pullthroughcache/hub-AbC123";

function cacheIn(stack: TerraformStack, props: Partial<PullThroughCacheProps> = {}): PullThroughCache {
  const encryptionKey = importedKey(stack);
  return new PullThroughCache(stack, "Cache", { identity: IDENTITY, upstream: "quay.io", encryptionKey, ...props });
}
const cacheWith = (props: Partial<PullThroughCacheProps> = {}) => synthesize((stack) => cacheIn(stack, props));
const refused = (props: Partial<PullThroughCacheProps>) => failure(() => cacheIn(testStack(), props));
const accountIn = (stack: TerraformStack, secretArn = ACCOUNT_ARN) =>
  Secret.fromSecretAttributes(stack, "Account", { secretArn });

const PULL = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
];
const granted = (prefix: string) => [
  { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
  { actions: PULL, resources: [`arn:aws:ecr:eu-central-1:111111111111:repository/${prefix}/*`] },
];

describe("PullThroughCache with minimal props", () => {
  const out = cacheWith();

  test("caches the upstream below a prefix of the environment, after the template for repositories stands", () => {
    expect(out.resource("aws_ecr_pull_through_cache_rule")).toEqual({
      ecr_repository_prefix: "atlas-dev/quay",
      upstream_registry_url: "quay.io",
      depends_on: ["aws_ecr_repository_creation_template.Cache_Template_08865779"],
    });
  });

  test("encrypts cached repositories and deletes images that lost their tag; tags follow upstream", () => {
    const template = out.resource("aws_ecr_repository_creation_template");

    expect(template).toMatchObject({
      prefix: "atlas-dev/quay",
      description: "Images cached from quay.io",
      applied_for: ["PULL_THROUGH_CACHE"],
      image_tag_mutability: "MUTABLE",
      encryption_configuration: [{ encryption_type: "KMS", kms_key: KEY_ARN }],
      custom_role_arn: "${aws_iam_role.Cache_CreationRole_2575F817.arn}",
    });
    expect(out.policy("aws_ecr_repository_creation_template", undefined, "lifecycle_policy")).toMatchObject({
      rules: [{ rulePriority: 1, selection: { tagStatus: "untagged", countNumber: 14 } }],
    });
  });

  test("lets ECR make repositories below the prefix, with the key, and nothing else", () => {
    expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-ecr-quay" });
    expect(out.policy("aws_iam_role", undefined, "assume_role_policy")).toMatchObject({
      Statement: [{ Principal: { Service: "ecr.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ecr:CreateRepository",
          Resource: "arn:aws:ecr:eu-central-1:111111111111:repository/atlas-dev/quay/*",
        },
        { Effect: "Allow", Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"], Resource: KEY_ARN },
      ],
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_ecr_pull_through_cache_rule")).toEqual({
      "Cache/Resource": "aws_ecr_pull_through_cache_rule.Cache_18F6EE16",
    });
  });
});

test("PullThroughCache with all props has a prefix, an account and tags that stay", () => {
  const out = synthesize((stack) =>
    cacheIn(stack, {
      upstream: "docker.io",
      credentials: accountIn(stack),
      repositoryPrefix: "hub",
      immutableTags: true,
      untaggedExpiryDays: 3,
    }),
  );

  expect(out.resource("aws_ecr_pull_through_cache_rule")).toMatchObject({
    ecr_repository_prefix: "hub",
    upstream_registry_url: "registry-1.docker.io",
    credential_arn: ACCOUNT_ARN,
  });
  expect(out.resource("aws_ecr_repository_creation_template")).toMatchObject({
    prefix: "hub",
    image_tag_mutability: "IMMUTABLE",
    lifecycle_policy: expect.stringContaining('"countNumber":3'),
  });
  expect(out.resource("aws_iam_role")).toMatchObject({ name: "atlas-dev-ecr-hub" });
});

test("a long environment name is cut, so that the prefix has 30 characters at most", () => {
  const identity = { ...IDENTITY, project: "a-project-with-a-long-name" };
  const prefix = cacheWith({ identity, upstream: "registry.k8s.io" }).resource("aws_ecr_pull_through_cache_rule")[
    "ecr_repository_prefix"
  ];

  expect(prefix).toBe("a-project-80684624/kubernetes");
  expect(String(prefix).length).toBeLessThanOrEqual(30);
});

describe("PullThroughCache names images", () => {
  test.each(["prometheus/node-exporter", "prometheus/node-exporter:v1.9.1", `alpine@sha256:${"a".repeat(64)}`])(
    "as they are upstream: %s",
    (image) => {
      expect(cacheIn(testStack()).imageUri(image)).toBe(
        `111111111111.dkr.ecr.eu-central-1.amazonaws.com/atlas-dev/quay/${image}`,
      );
    },
  );

  test.each(["quay.io/prometheus/node-exporter", "localhost:5000/a", "", "/a"])("but not %j", (image) => {
    expect(failure(() => cacheIn(testStack()).imageUri(image))).toEqual({
      code: "INVALID_UPSTREAM_IMAGE",
      message: `\`upstreamImage\` must be the image's name without its registry, such as prometheus/node-exporter:v1.9.1, got "${image}"\n  in test/Cache`,
    });
  });
});

test("PullThroughCache grants pulling, the first import included, below its prefix", () => {
  const grantee = new RecordingGrantee();
  cacheIn(testStack()).grantPull(grantee);

  expect(grantee.statements).toEqual(granted("atlas-dev/quay"));
});

describe("PullThroughCache refuses", () => {
  test("an upstream that ECR does not know, with the nearest", () => {
    expect(refused({ upstream: "quay.oi", untaggedExpiryDays: 0 })).toEqual({
      code: "INVALID_PULL_THROUGH_CACHE_PROPS",
      message:
        "`upstream` must be one of public.ecr.aws, registry.k8s.io, quay.io, docker.io, ghcr.io, registry.gitlab.com, cgr.dev " +
        '(did you mean "quay.io"?), got "quay.oi"\n' +
        "`untaggedExpiryDays` must be a whole number of days, 1 or more, got 0\n" +
        "  in test/Cache",
    });
  });

  test("Docker Hub without an account", () => {
    expect(refused({ upstream: "docker.io" }).message).toBe(
      "`credentials` must be a secret with an account at docker.io: ECR does not pull from there without one, got nothing\n  in test/Cache",
    );
  });

  test("an account for Quay, and a secret under a name that ECR does not read", () => {
    const stack = testStack();
    const credentials = accountIn(stack, "arn:aws:secretsmanager:eu-central-1:111111111111:secret:hub-AbC123");

    expect(failure(() => cacheIn(stack, { credentials })).message.split("\n")).toEqual([
      '`credentials` must be left out: ECR pulls from quay.io without, got "a secret"',
      "`credentials` must be a secret whose name starts with ecr-pullthroughcache/, the only ones ECR reads, " +
        'got "arn:aws:secretsmanager:eu-central-1:111111111111:secret:hub-AbC123"',
      "  in test/Cache",
    ]);
  });

  const rule = "must be 2 to 30 lower-case letters, digits and ._-, in parts joined by slashes";

  test.each(["ab", "a".repeat(30), "a/b.c_d-e"])("nothing about the prefix %s", (repositoryPrefix) => {
    expect(cacheWith({ repositoryPrefix }).resource("aws_ecr_pull_through_cache_rule")).toMatchObject({
      ecr_repository_prefix: repositoryPrefix,
    });
  });

  test.each(["a", "a".repeat(31), "A/b", "a/", "ROOT"])("the prefix %j", (repositoryPrefix) => {
    expect(refused({ repositoryPrefix }).message).toBe(
      `\`repositoryPrefix\` ${rule}, got "${repositoryPrefix}"\n  in test/Cache`,
    );
  });
});

describe("PullThroughCache.fromPullThroughCacheAttributes", () => {
  const imported = (repositoryPrefix: string) =>
    PullThroughCache.fromPullThroughCacheAttributes(testStack(), "Shared", { identity: IDENTITY, repositoryPrefix });

  test("names images and can be granted", () => {
    const grantee = new RecordingGrantee();
    imported("quay").grantPull(grantee);

    expect(grantee.statements).toEqual(granted("quay"));
    expect(imported("quay").imageUri("a/b:1")).toBe("111111111111.dkr.ecr.eu-central-1.amazonaws.com/quay/a/b:1");
  });

  test("refuses a prefix that no cache can have", () => {
    expect(failure(() => imported("Quay"))).toEqual({
      code: "INVALID_PULL_THROUGH_CACHE_ATTRIBUTES",
      message:
        '`repositoryPrefix` must be 2 to 30 lower-case letters, digits and ._-, in parts joined by slashes, got "Quay"\n' +
        "  in test/Shared",
    });
  });
});
