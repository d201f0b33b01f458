import { createHash } from "node:crypto";
import { PropChecks } from "./prop-checks";

/** Which environment a resource belongs to. Handed to constructs as a value, never read from a parent or from the process. */
export interface EnvironmentIdentity {
  /** Project, lower-case kebab-case, such as `atlas`. */
  readonly project: string;
  /** Stage of the project: `dev`, `staging` or `prod`. */
  readonly stage: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** AWS region, such as `eu-central-1`. */
  readonly region: string;
}

/** How long a name may be and what joins its parts. */
export interface NameLimit {
  /** Longest name allowed, in characters; one of `NAME_LIMITS` where the rule is AWS's own. */
  readonly max: number;
  /**
   * What stands between the parts.
   *
   * @default "-"
   */
  readonly separator?: string;
}

/** Longest names AWS accepts, in characters. */
export const NAME_LIMITS = {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: 63,
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  iamRole: 64,
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  iamPolicy: 128,
  /** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
  eksCluster: 100,
  /** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
  nodeGroup: 63,
  /** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
  launchTemplate: 128,
  /** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
  securityGroup: 255,
  /** With the prefix `alias/`. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
  kmsAlias: 256,
  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  logGroup: 512,
  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  secret: 512,
  /** @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html */
  budget: 100,
  /** Of replication groups; users and user groups keep to it too. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
  elastiCache: 40,
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
  dbInstance: 63,
  /** Of subnet groups, parameter groups and snapshots. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html */
  dbGroup: 255,
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  imageRepository: 256,
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
  pullThroughCachePrefix: 30,
  /** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  sqsQueue: 80,
  /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  eventRule: 64,
} as const;

const HASH_LENGTH = 8;
const NAME_PART = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Joins parts to a kebab-case name. A name over the limit is cut and ends with a hash of all its parts, so that it stays
 * unique and the same at each synthesis.
 *
 * @example
 * resourceName(["atlas", "dev", "gpu-l4"], { max: NAME_LIMITS.nodeGroup }); // "atlas-dev-gpu-l4"
 *
 * @throws ValidationError `INVALID_NAME` when a part is not lower-case kebab-case, is known only after apply (it could not be
 * measured), or the limit leaves no room for the hash
 */
export function resourceName(parts: readonly string[], limit: NameLimit): string {
  const { max, separator = "-" } = limit;
  const shortest = HASH_LENGTH + separator.length + 1;
  const checks = new PropChecks(undefined, "INVALID_NAME");
  checks.require(parts.length > 0, "parts", "must hold at least one part", parts);
  parts.forEach((part, index) => {
    const rule = "must be lower-case letters and digits, in words joined by single hyphens";
    checks.require(NAME_PART.test(part), `parts[${index}]`, rule, printable(part));
  });
  checks.require(max >= shortest, "limit.max", `must be at least ${shortest}, to hold the hash of a cut name`, max);
  checks.throwIfAny();

  const name = parts.join(separator);
  if (name.length <= max) return name;
  const hash = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, HASH_LENGTH);
  return `${withoutTrailing(name.slice(0, max - HASH_LENGTH - separator.length), separator)}${separator}${hash}`;
}

/** A reference in a name must be reported, so it is given to the checks as something that is not a reference. */
function printable(part: string): string {
  return part.includes("${") ? "a value known only after apply" : part;
}

function withoutTrailing(head: string, separator: string): string {
  const words = [separator, "-"].filter((end) => end.length > 0);
  let cut = head;
  for (let end = words.find((word) => cut.endsWith(word)); end; end = words.find((word) => cut.endsWith(word))) {
    cut = cut.slice(0, -end.length);
  }
  return cut;
}
