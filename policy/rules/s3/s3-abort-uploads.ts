import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, anyOf, fail, notApplicable, unknown } from "../../engine/verdict";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { lifecycleRules } from "./private/lifecycle-rules";

const lifecycle = (rule: object): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_lifecycle_configuration: {
      models: { bucket: BUCKET, rule: { id: "uploads", status: "Enabled", filter: {}, ...rule } },
    },
  }),
});

/** A bucket without a lifecycle, or with none of its rules enabled, is for another rule. */
export const s3AbortUploads = resourceRule({
  id: "FD-S3-017",
  slug: "s3-abort-uploads",
  title: "A lifecycle deletes uploads that never ended, in the whole bucket",
  severity: "low",
  packs: ["cost"],
  why: "Parts of a large upload that broke off are paid for and cannot be seen in any listing: each failed save of a checkpoint leaves gigabytes behind.",
  fix: "Add a rule without a filter that has `abort_incomplete_multipart_upload.days_after_initiation`.",
  sameAs: { checkov: ["CKV_AWS_300"] },
  types: ["aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket"],
  judge: (owner) => {
    const rules = lifecycleRules(owner).filter(({ enabled }) => enabled.outcome !== "fail");
    if (rules.length === 0) return notApplicable();
    const verdict = anyOf(
      rules.map(({ enabled, unfiltered, abortDays }) => {
        const aborts = mustBeSet(abortDays);
        return aborts.outcome === "pass" ? allOf(enabled, unfiltered) : aborts;
      }),
    );
    const message = "a rule for the whole bucket must abort uploads that never ended";
    if (verdict.outcome === "fail") return fail(`${message}, and none does`);
    return verdict.outcome === "unknown"
      ? unknown(`${message}, and what its rules do is known only after apply`)
      : verdict;
  },
  examples: {
    failing: lifecycle({ expiration: { days: 365 } }),
    passing: lifecycle({ abort_incomplete_multipart_upload: { days_after_initiation: 7 } }),
    unknown: lifecycle({ status: "${var.status}", abort_incomplete_multipart_upload: { days_after_initiation: 7 } }),
  },
});
