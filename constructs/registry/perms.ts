/**
 * What signing in to a registry takes. The token is for all registries of the account that asks, so IAM knows no resource for
 * it: it opens nothing by itself.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 */
export const SIGN_IN_ACTIONS: readonly string[] = ["ecr:GetAuthorizationToken"];

/** What pulling images takes. Keys need no permission: ECR decrypts through grants of its own. */
export const PULL_ACTIONS: readonly string[] = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
];

/** What pushing images takes; clients look at what is there before they upload. */
export const PUSH_ACTIONS: readonly string[] = [
  ...PULL_ACTIONS,
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/**
 * What pulling through a cache takes: the first pull of an image makes its repository and imports it, in the name of who pulls.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export const PULL_THROUGH_ACTIONS: readonly string[] = [
  ...PULL_ACTIONS,
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
];

/** What ECR does when it makes a repository with a key of one's own. */
export const MAKE_REPOSITORY_ACTIONS: readonly string[] = ["ecr:CreateRepository"];

/**
 * What ECR does with the key of a repository it makes.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
 */
export const REPOSITORY_KEY_ACTIONS: readonly string[] = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"];
