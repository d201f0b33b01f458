import { mustBe } from "../../../engine/expect";
import type { RuleContext } from "../../../engine/context";
import type { Example } from "../../../engine/rule";
import type { Resource } from "../../../engine/subject";
import { pass } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";
import { BUCKET, exampleBucket } from "./example-bucket";

const ALL = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
} as const;

/** One of the four switches of a public access block. */
export type PublicAccessFlag = keyof typeof ALL;

/** The switches by name. */
export const PUBLIC_ACCESS_FLAGS = Object.keys(ALL) as readonly PublicAccessFlag[];

/** The type that a switch is part of. */
export const PUBLIC_ACCESS_BLOCK = "aws_s3_bucket_public_access_block";

/** A switch must be on for the bucket or for the whole account; S3 obeys the stricter one. An absent one is off. */
export function mustBlock(block: Resource, flag: PublicAccessFlag, context: RuleContext): Verdict {
  return isBlockedForAccount(flag, context) ? pass() : mustBe(block.at(flag), true);
}

/** Whether the block of the account turns this switch on for every bucket in it. */
export function isBlockedForAccount(flag: PublicAccessFlag, { graph }: RuleContext): boolean {
  return graph.resourcesOf("aws_s3_account_public_access_block").some((block) => block.at(flag).boolean === true);
}

/** Examples of a switch: left out, on, and known later. */
export function flagExamples(flag: PublicAccessFlag): Record<"failing" | "passing" | "unknown", Example> {
  const blocked = (value: unknown): Example => ({
    terraform: exampleBucket({ [PUBLIC_ACCESS_BLOCK]: { models: { bucket: BUCKET, ...ALL, [flag]: value } } }),
  });
  return { failing: blocked(false), passing: blocked(true), unknown: blocked("${var.blocked}") };
}
