import { S3BucketIntelligentTieringConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { archiveTiers } from "../object-lifecycle";
import type { IntelligentTiering } from "../object-lifecycle";

/** Turns on the archives that were asked for, for the whole bucket. */
export function defineArchives(
  scope: Construct,
  common: Readonly<{ bucket: string; provider?: TerraformProvider }>,
  intelligentTiering: IntelligentTiering = {},
): void {
  const tiering = archiveTiers(intelligentTiering);
  if (tiering.length === 0) return;
  new S3BucketIntelligentTieringConfiguration(scope, "Archives", { ...common, name: "archives", tiering });
}
