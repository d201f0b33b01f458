import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { DATABASE_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Off unless told otherwise. */
export const rdsSnapshotTags = resourceRule({
  id: "FD-RDS-013",
  slug: "rds-snapshot-tags",
  title: "Snapshots of databases carry their tags",
  severity: "low",
  packs: ["baseline", "cost"],
  why: "Snapshots without tags belong to nobody: they are kept and paid for when the project is long gone.",
  fix: "Set `copy_tags_to_snapshot` to true.",
  sameAs: { checkov: ["CKV2_AWS_60"] },
  types: DATABASE_TYPES,
  judge: (resource) => mustBe(resource.at("copy_tags_to_snapshot"), true),
  examples: {
    failing: database({}),
    passing: database({ copy_tags_to_snapshot: true }),
    unknown: database({ copy_tags_to_snapshot: "${var.tags}" }),
  },
});
