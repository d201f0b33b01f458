import type { TerraformStack } from "cdktf";
import { ImageRepository } from "../../../constructs/registry/image-repository";
import { PullThroughCache } from "../../../constructs/registry/pull-through-cache";
import { IDENTITY } from "../../support/fixtures";
import type { GrantCase } from "../grant-case";
import { importedKey } from "./fixtures";

const ECR = "arn:aws:ecr:eu-central-1:111111111111:repository";
const REPOSITORY = `${ECR}/atlas-dev/training`;
const CACHED = `${ECR}/atlas-dev/quay/prometheus/node-exporter`;

const SIGN_IN = { actions: ["ecr:GetAuthorizationToken"], resource: "*" };
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const PUSH = [...PULL, "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];
const PULL_THROUGH = [...PULL, "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

const others = [`${ECR}/atlas-dev/training-2`, `${ECR}/atlas-dev/serving`, `${ECR}/borealis-dev/training`];
const references = { "aws_ecr_repository.arn": REPOSITORY };
const imported = (stack: TerraformStack) =>
  ImageRepository.fromImageRepositoryAttributes(stack, "Images", {
    identity: IDENTITY,
    repositoryName: "atlas-dev/training",
  });
const defined = (stack: TerraformStack) =>
  new ImageRepository(stack, "Images", {
    identity: IDENTITY,
    imageName: "training",
    encryptionKey: importedKey(stack),
  });

const pull = {
  method: "registry/image-repository.grantPull",
  allows: [SIGN_IN, { actions: PULL, resource: REPOSITORY }],
  others,
};
const push = {
  method: "registry/image-repository.grantPush",
  allows: [SIGN_IN, { actions: PUSH, resource: REPOSITORY }],
  others,
};
const pullThrough = {
  method: "registry/pull-through-cache.grantPull",
  allows: [SIGN_IN, { actions: PULL_THROUGH, resource: CACHED }],
  others: [REPOSITORY, `${ECR}/atlas-dev/quay-2/prometheus/node-exporter`, `${ECR}/atlas-dev/dockerhub/library/redis`],
};

export const registryCases: readonly GrantCase[] = [
  { ...pull, variant: "imported", grant: (stack, grantee) => imported(stack).grantPull(grantee) },
  { ...pull, variant: "defined", references, grant: (stack, grantee) => defined(stack).grantPull(grantee) },
  { ...push, variant: "imported", grant: (stack, grantee) => imported(stack).grantPush(grantee) },
  { ...push, variant: "defined", references, grant: (stack, grantee) => defined(stack).grantPush(grantee) },
  {
    ...pullThrough,
    variant: "imported",
    grant: (stack, grantee) =>
      PullThroughCache.fromPullThroughCacheAttributes(stack, "Quay", {
        identity: IDENTITY,
        repositoryPrefix: "atlas-dev/quay",
      }).grantPull(grantee),
  },
  {
    ...pullThrough,
    variant: "defined",
    references: { "aws_ecr_pull_through_cache_rule.ecr_repository_prefix": "atlas-dev/quay" },
    grant: (stack, grantee) =>
      new PullThroughCache(stack, "Quay", {
        identity: IDENTITY,
        upstream: "quay.io",
        encryptionKey: importedKey(stack),
      }).grantPull(grantee),
  },
];
