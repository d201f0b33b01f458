import type { TerraformStack } from "cdktf";
import { RedisCache } from "../../../constructs/cache/redis-cache";
import { importedVpc } from "../../support/cluster";
import { IDENTITY } from "../../support/fixtures";
import type { GrantCase } from "../grant-case";
import {
  DECRYPT,
  importedKey,
  importedSecret,
  KEY_ARN,
  OTHER_KEY_ARN,
  OTHER_SECRET_ARN,
  READ_SECRET,
  SECRET_ARN,
} from "./fixtures";

const ELASTICACHE = "arn:aws:elasticache:eu-central-1:111111111111";
const GROUP = `${ELASTICACHE}:replicationgroup:atlas-dev-features`;
const USER = `${ELASTICACHE}:user:atlas-dev-features-iam`;

const imported = (stack: TerraformStack) =>
  RedisCache.fromRedisCacheAttributes(stack, "Cache", {
    replicationGroupId: "atlas-dev-features",
    replicationGroupArn: GROUP,
    endpointAddress: "master.atlas-dev-features.abc.euc1.cache.amazonaws.com",
    securityGroupId: "sg-1",
    iamUserArn: USER,
    authSecret: importedSecret(stack),
  });
const defined = (stack: TerraformStack) =>
  new RedisCache(stack, "Cache", {
    identity: IDENTITY,
    cacheName: "features",
    engineVersion: "8.1",
    nodeType: "cache.r7g.large",
    vpc: importedVpc(stack),
    encryptionKey: importedKey(stack),
    iamAuthentication: true,
    passwordAuthentication: true,
  });
const references = {
  "aws_elasticache_replication_group.arn": GROUP,
  "aws_elasticache_user.arn": USER,
  'aws_cloudformation_stack.outputs["SecretArn"]': SECRET_ARN,
};

const connect = {
  method: "cache/redis-cache.grantConnect",
  allows: [GROUP, USER].map((resource) => ({ actions: ["elasticache:Connect"], resource })),
  others: [
    `${ELASTICACHE}:replicationgroup:atlas-dev-sessions`,
    `${ELASTICACHE}:user:atlas-dev-features-password`,
    `${ELASTICACHE}:user:atlas-dev-sessions-iam`,
    `${ELASTICACHE}:serverlesscache:atlas-dev-features`,
  ],
};
const secret = {
  method: "cache/redis-cache.grantReadAuthSecret",
  allows: [
    { actions: READ_SECRET, resource: SECRET_ARN },
    { actions: DECRYPT, resource: KEY_ARN },
  ],
  others: [OTHER_SECRET_ARN, OTHER_KEY_ARN],
};

export const redisCacheCases: readonly GrantCase[] = [
  { ...connect, variant: "imported", grant: (stack, grantee) => imported(stack).grantConnect(grantee) },
  { ...connect, variant: "defined", references, grant: (stack, grantee) => defined(stack).grantConnect(grantee) },
  { ...secret, variant: "imported", grant: (stack, grantee) => imported(stack).grantReadAuthSecret(grantee) },
  {
    ...secret,
    variant: "defined",
    references,
    grant: (stack, grantee) => defined(stack).grantReadAuthSecret(grantee),
  },
];
