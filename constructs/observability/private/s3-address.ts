import { partitionOf } from "../../core/partition";

/** Host of S3 in a region, which programs ask for that are not made for AWS alone. */
export function s3Address(region: string): string {
  return `s3.${region}.amazonaws.com${partitionOf(region) === "aws-cn" ? ".cn" : ""}`;
}
