import type { TerraformJson } from "../../../engine/rule";

const BUCKET = { bucket: "flightdeck-state", region: "us-east-1", encrypt: true, use_lockfile: true };

/** A stack that keeps its state under a key, for examples. */
export function storedUnder(key: string, content: TerraformJson): TerraformJson {
  return { terraform: { backend: { s3: { ...BUCKET, key } } }, ...content };
}

/** A data source that reads the state under a key, for examples. */
export function readsFrom(key: string): Readonly<Record<string, unknown>> {
  return { backend: "s3", config: { bucket: BUCKET.bucket, region: BUCKET.region, key } };
}
