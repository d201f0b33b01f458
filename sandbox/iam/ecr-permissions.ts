import type { AwsCall } from "../aws/aws-call";

interface EcrInput {
  readonly repositoryName?: string;
  readonly repositoryNames?: readonly string[];
  readonly resourceArn?: string;
  readonly prefix?: string;
  readonly lifecyclePolicy?: string;
  readonly repositoryPolicy?: string;
  readonly encryptionConfiguration?: { readonly kmsKey?: string };
}

const TEMPLATE = /^(Create|Update)RepositoryCreationTemplate$/;

/** ARNs of what an ECR call is about; for a template, of the repositories that will be made by it. */
export function ecrResources(call: AwsCall): string[] {
  const { repositoryName, repositoryNames = [], resourceArn, prefix, encryptionConfiguration } = inputOf(call);
  if (resourceArn !== undefined) return [resourceArn];
  const below = TEMPLATE.test(call.action) && prefix !== undefined ? [`${prefix}/*`] : [];
  const names = [...(repositoryName === undefined ? [] : [repositoryName]), ...repositoryNames, ...below];
  const repositories = names.map((name) => `arn:aws:ecr:${call.region}:${call.account}:repository/${name}`);
  // Key ids are AWS's to choose, so any key of the account and region is meant.
  const key = encryptionConfiguration?.kmsKey === undefined ? [] : [`arn:aws:kms:${call.region}:${call.account}:key/*`];
  return [...repositories, ...(call.action === "CreateRepository" ? key : [])];
}

/**
 * Actions that AWS checks besides the call's own.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create.html
 */
export function ecrDependencies(call: AwsCall): string[] {
  const { encryptionConfiguration, lifecyclePolicy, repositoryPolicy } = inputOf(call);
  if (TEMPLATE.test(call.action)) {
    return [
      "ecr:CreateRepository",
      ...(lifecyclePolicy === undefined ? [] : ["ecr:PutLifecyclePolicy"]),
      ...(repositoryPolicy === undefined ? [] : ["ecr:SetRepositoryPolicy"]),
    ];
  }
  const keyed = call.action === "CreateRepository" && encryptionConfiguration?.kmsKey !== undefined;
  return keyed ? ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"] : [];
}

function inputOf(call: AwsCall): EcrInput {
  try {
    return JSON.parse(call.body.toString("utf8")) as EcrInput;
  } catch {
    return {};
  }
}
