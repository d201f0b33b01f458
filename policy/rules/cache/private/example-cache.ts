import type { Example } from "../../../engine/rule";

/** A replication group `features` of examples, encrypted in both ways unless told otherwise. */
export function exampleCache(values: Readonly<Record<string, unknown>> = {}): Example {
  return {
    terraform: {
      resource: {
        aws_kms_key: { data: {} },
        aws_elasticache_replication_group: {
          features: {
            replication_group_id: "atlas-prod-features",
            at_rest_encryption_enabled: true,
            transit_encryption_enabled: true,
            ...values,
          },
        },
      },
    },
  };
}
