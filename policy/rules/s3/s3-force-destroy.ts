import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleBucket } from "./private/example-bucket";

/** Asked for in production only; off unless told otherwise. */
export const s3ForceDestroy = resourceRule({
  id: "FD-S3-025",
  slug: "s3-force-destroy",
  title: "A bucket in production is not deleted with what is in it",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "One destroyed or renamed resource takes every object and every version with it, and there is no way back.",
  fix: "Remove `force_destroy`, so that a bucket that is not empty cannot be deleted.",
  types: ["aws_s3_bucket"],
  judge: (bucket, { environment }) =>
    environment.stage === "prod" ? mustNotBe(bucket.at("force_destroy"), true) : notApplicable(),
  examples: {
    failing: { terraform: exampleBucket({}, { force_destroy: true }) },
    passing: { terraform: exampleBucket({}, { force_destroy: false }) },
    unknown: { terraform: exampleBucket({}, { force_destroy: "${var.disposable}" }) },
  },
});
