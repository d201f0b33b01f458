import type { TerraformStack } from "cdktf";
import { ImageRepository, type ImageRepositoryProps } from "../../../constructs/registry/image-repository";
import { importedKey, KEY_ARN } from "../../support/cluster";
import { failure, IDENTITY, RecordingGrantee } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

function repositoryIn(stack: TerraformStack, props: Partial<ImageRepositoryProps> = {}): ImageRepository {
  const encryptionKey = importedKey(stack);
  return new ImageRepository(stack, "Images", { identity: IDENTITY, imageName: "training", encryptionKey, ...props });
}
const repositoryWith = (props: Partial<ImageRepositoryProps> = {}) => synthesize((stack) => repositoryIn(stack, props));
const refused = (props: Partial<ImageRepositoryProps>) => failure(() => repositoryIn(testStack(), props));

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const SIGN_IN = { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] };

describe("ImageRepository with minimal props", () => {
  const out = repositoryWith();

  test("has tags that stay, scans on push, and is encrypted and protected from being destroyed", () => {
    expect(out.resource("aws_ecr_repository")).toEqual({
      name: "atlas-dev/training",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS", kms_key: KEY_ARN }],
      force_delete: false,
      lifecycle: { prevent_destroy: true },
      tags: { Name: "atlas-dev/training" },
    });
  });

  test("deletes images without a tag after 14 days, and keeps the 50 newest with one", () => {
    expect(out.policy("aws_ecr_lifecycle_policy")).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "Delete images without a tag after 14 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "Keep the newest 50 tagged images",
          selection: {
            tagStatus: "tagged",
            tagPatternList: ["*"],
            countType: "imageCountMoreThan",
            countNumber: 50,
          },
          action: { type: "expire" },
        },
      ],
    });
  });

  test("is open to no other account", () => {
    expect(out.counts()).toEqual({ aws_ecr_repository: 1, aws_ecr_lifecycle_policy: 1 });
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_ecr_repository")).toEqual({ "Images/Resource": "aws_ecr_repository.Images_2D38C313" });
  });
});

test("ImageRepository with all props lets tags move, other accounts pull, and is emptied when it is destroyed", () => {
  const out = repositoryWith({
    imageName: "serving/vision-2",
    mutableTags: true,
    untaggedExpiryDays: 1,
    keepTagged: 5,
    allowPullFrom: ["222222222222", "333333333333"],
    deletionProtection: false,
  });

  expect(out.resource("aws_ecr_repository")).toMatchObject({
    name: "atlas-dev/serving/vision-2",
    image_tag_mutability: "MUTABLE",
    force_delete: true,
  });
  expect(out.resource("aws_ecr_repository")).not.toHaveProperty("lifecycle");
  expect(out.policy("aws_ecr_lifecycle_policy")).toMatchObject({
    rules: [{ selection: { countNumber: 1 } }, { selection: { countNumber: 5 } }],
  });
  expect(out.policy("aws_ecr_repository_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PullFromOtherAccounts",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"] },
        Action: PULL,
      },
    ],
  });
});

describe("ImageRepository grants", () => {
  const push = [...PULL, "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];

  test.each([
    ["grantPull", PULL],
    ["grantPush", push],
  ] as const)("%s gives the repository and signing in, and no key: ECR decrypts by itself", (method, actions) => {
    const stack = testStack();
    const grant = repositoryIn(stack)[method](new RecordingGrantee());

    expect(resolved(stack, grant.statements)).toEqual([
      SIGN_IN,
      { actions, resources: ["${aws_ecr_repository.Images_2D38C313.arn}"] },
    ]);
  });

  test("its address is the registry's", () => {
    const stack = testStack();

    expect(resolved(stack, repositoryIn(stack).repositoryUri)).toBe(
      "${aws_ecr_repository.Images_2D38C313.repository_url}",
    );
  });
});

describe("ImageRepository refuses", () => {
  const words = "must be lower-case words joined by hyphens, in parts joined by slashes";

  test.each(["", "Training", "a_b", "a/", "/a", "a--b"])("the name %j", (imageName) => {
    expect(refused({ imageName })).toEqual({
      code: "INVALID_IMAGE_REPOSITORY_PROPS",
      message: `\`imageName\` ${words}, got "${imageName}"\n  in test/Images`,
    });
  });

  test("a name over 256 characters, environment included", () => {
    expect(repositoryWith({ imageName: "a".repeat(246) }).resource("aws_ecr_repository")["name"]).toHaveLength(256);
    expect(refused({ imageName: "a".repeat(247) }).message).toMatch(
      /^`imageName` must make a name of at most 256 characters, got "atlas-dev\/aaa/,
    );
  });

  test("everything that is wrong at once", () => {
    const allowPullFrom = ["1", "111111111111", "222222222222", "222222222222"];

    expect(refused({ untaggedExpiryDays: 0, keepTagged: 1.5, allowPullFrom }).message.split("\n")).toEqual([
      "`untaggedExpiryDays` must be a whole number, 1 or more, got 0",
      "`keepTagged` must be a whole number, 1 or more, got 1.5",
      '`allowPullFrom[0]` must be an AWS account id of 12 digits, got "1"',
      '`allowPullFrom[1]` must be another account than the repository\'s own, got "111111111111"',
      '`allowPullFrom[3]` must not be named twice, got "222222222222"',
      "  in test/Images",
    ]);
  });
});

describe("ImageRepository.fromImageRepositoryAttributes", () => {
  const imported = (repositoryName: string, region = IDENTITY.region) =>
    ImageRepository.fromImageRepositoryAttributes(testStack(), "Shared", {
      identity: { ...IDENTITY, region },
      repositoryName,
    });

  test("has ARN and address, and can be granted", () => {
    const grantee = new RecordingGrantee();
    const repository = imported("shared/base_image");
    repository.grantPull(grantee);

    expect(repository).toMatchObject({
      repositoryName: "shared/base_image",
      repositoryArn: "arn:aws:ecr:eu-central-1:111111111111:repository/shared/base_image",
      repositoryUri: "111111111111.dkr.ecr.eu-central-1.amazonaws.com/shared/base_image",
    });
    expect(grantee.statements).toEqual([SIGN_IN, { actions: PULL, resources: [repository.repositoryArn] }]);
  });

  test("lies in the partition of its region", () => {
    expect(imported("base", "cn-north-1")).toMatchObject({
      repositoryArn: "arn:aws-cn:ecr:cn-north-1:111111111111:repository/base",
      repositoryUri: "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/base",
    });
  });

  test.each(["a", "Base", "a".repeat(257), "a//b"])("refuses the name %j", (repositoryName) => {
    const { code, message } = failure(() => imported(repositoryName));

    expect(code).toBe("INVALID_IMAGE_REPOSITORY_ATTRIBUTES");
    expect(message).toMatch(
      /^`repositoryName` must be the name of an ECR repository: lower-case letters, digits and \._-\/, 2 to 256 characters, got /,
    );
  });
});
