import type { TerraformJson } from "../../../engine/rule";

/** How resources of examples refer to the bucket of {@link exampleBucket}. */
export const BUCKET = "${aws_s3_bucket.models.id}";

/** A bucket `models` of examples. */
export function exampleBucket(
  resources: NonNullable<TerraformJson["resource"]> = {},
  bucket: Readonly<Record<string, unknown>> = {},
): TerraformJson {
  return {
    resource: { aws_s3_bucket: { models: { bucket: "atlas-prod-models-111111111111", ...bucket } }, ...resources },
  };
}
