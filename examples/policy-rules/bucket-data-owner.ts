import { anyOf, mustBeSet, resourceRule, unknown } from "../../policy";
import type { Value, Verdict } from "../../policy";

const OWNER = "DataOwner";

/** Who is asked before data is deleted or shared. A tag that the provider sets by default counts. */
export const bucketDataOwner = resourceRule({
  id: "ACME-TAG-001",
  slug: "bucket-data-owner",
  title: "Every bucket says who owns its data",
  severity: "medium",
  packs: ["baseline"],
  why: "Nobody can be asked before the data of a bucket is deleted, moved or shared when nothing says whose it is.",
  fix: `Set the tag \`${OWNER}\` on the bucket, or in the \`default_tags\` of its provider.`,
  types: ["aws_s3_bucket"],
  judge: (bucket, { graph }) => {
    const stack = graph.stacks.find(({ id }) => id === bucket.stack);
    const defaults = (stack?.providers["aws"] ?? []).map((provider) => provider.at("default_tags.tags"));
    return anyOf([bucket.at("tags"), ...defaults].map(mustNameOwner));
  },
  examples: {
    failing: { terraform: { resource: { aws_s3_bucket: { models: { tags: { Team: "ml" } } } } } },
    passing: { terraform: { resource: { aws_s3_bucket: { models: { tags: { DataOwner: "ml@example.com" } } } } } },
    unknown: { terraform: { resource: { aws_s3_bucket: { models: { tags: "${var.tags}" } } } } },
  },
});

function mustNameOwner(tags: Value): Verdict {
  return tags.unknown
    ? unknown(`\`${tags.path}\` must hold ${OWNER}, and is known only after apply`)
    : mustBeSet(tags.at(OWNER));
}
