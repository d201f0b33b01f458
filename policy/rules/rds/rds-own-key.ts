import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";
import { DATABASE_TYPES, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** One that is not encrypted at all is reported by `rds-encrypted`. */
export const rdsOwnKey = resourceRule({
  id: "FD-RDS-002",
  slug: "rds-own-key",
  title: "Databases are encrypted with a key of the account's own",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "The key that AWS keeps for RDS cannot be shared, cannot be taken away from anyone and says nothing about who used it.",
  fix: "Set `kms_key_id` to the ARN of a key of your own. The database is replaced by it.",
  sameAs: { checkov: ["CKV_AWS_327"] },
  types: DATABASE_TYPES,
  judge: (resource, { graph }) =>
    resource.at("storage_encrypted").boolean === true && !isReplica(resource)
      ? mustBeOwnKey(resource.at("kms_key_id"), graph)
      : notApplicable(),
  examples: {
    failing: database({ storage_encrypted: true }),
    passing: database({ storage_encrypted: true, kms_key_id: "${aws_kms_key.key.arn}" }, { aws_kms_key: { key: {} } }),
    unknown: database({ storage_encrypted: true, kms_key_id: "${var.key}" }),
  },
});
