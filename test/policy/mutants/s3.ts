import { at, put, removeResource, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";
import { changeStatements } from "./policy-text";

const BLOCK = "aws_s3_bucket_public_access_block";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const DEFAULT = "rule.apply_server_side_encryption_by_default";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const LOCK = "aws_s3_bucket_object_lock_configuration";

/** Changes the statements of the policy of a bucket. */
function changePolicy(
  environment: CompliantEnvironment,
  change: (statements: readonly Block[]) => readonly Block[],
): void {
  changeStatements(resourceOf(environment, "aws_s3_bucket_policy", "Models_"), change);
}

/** Changes the rules of the lifecycle of a bucket. */
function changeLifecycle(environment: CompliantEnvironment, change: (rules: Block[]) => Block[]): void {
  const lifecycle = resourceOf(environment, LIFECYCLE, "Artifacts_");
  lifecycle.rule = change(lifecycle.rule as Block[]);
}

/** The ARN that the policy of a bucket is for. */
function arnIn(statements: readonly Block[]): string {
  return (at(statements, "Resource") as string[])[0]!;
}

function logToItself(logging: Block): void {
  logging.target_bucket = logging.bucket;
}

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-S3-001",
    what: "the public access block is gone",
    change: (environment) => removeResource(environment, BLOCK, "Models_"),
  },
  {
    rule: "FD-S3-002",
    what: "public ACLs are allowed",
    change: (environment) => put(resourceOf(environment, BLOCK, "Models_"), "block_public_acls", false),
  },
  {
    rule: "FD-S3-003",
    what: "public policies are allowed",
    change: (environment) => put(resourceOf(environment, BLOCK, "Models_"), "block_public_policy", "false"),
  },
  {
    rule: "FD-S3-004",
    what: "nothing is said of ignoring public ACLs",
    change: (environment) => put(resourceOf(environment, BLOCK, "Models_"), "ignore_public_acls", undefined),
  },
  {
    rule: "FD-S3-005",
    what: "a public policy is obeyed",
    change: (environment) => put(resourceOf(environment, BLOCK, "Models_"), "restrict_public_buckets", false),
  },
  {
    rule: "FD-S3-006",
    what: "the ACL lets everyone read",
    change: (environment) => put(resourceOf(environment, "aws_s3_bucket", "Artifacts"), "acl", "public-read"),
  },
  {
    rule: "FD-S3-006",
    what: "the ACL grants everyone",
    change: (environment) =>
      put(resourceOf(environment, "aws_s3_bucket", "Artifacts"), "grant", [
        { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] },
      ]),
  },
  {
    rule: "FD-S3-007",
    what: "ACLs are on",
    change: (environment) =>
      put(
        resourceOf(environment, "aws_s3_bucket_ownership_controls", "Models_"),
        "rule.object_ownership",
        "ObjectWriter",
      ),
  },
  {
    rule: "FD-S3-008",
    what: "S3 encrypts with a key of its own",
    change: (environment) =>
      put(resourceOf(environment, ENCRYPTION, "Artifacts"), `${DEFAULT}.sse_algorithm`, "AES256"),
  },
  {
    rule: "FD-S3-008",
    what: "KMS encrypts with a key of AWS",
    change: (environment) =>
      put(resourceOf(environment, ENCRYPTION, "Artifacts"), `${DEFAULT}.kms_master_key_id`, "alias/aws/s3"),
  },
  {
    rule: "FD-S3-008",
    what: "nothing is said of encryption",
    change: (environment) => removeResource(environment, ENCRYPTION, "Artifacts"),
  },
  {
    rule: "FD-S3-009",
    what: "the bucket key is off",
    change: (environment) => put(resourceOf(environment, ENCRYPTION, "Models_"), "rule.bucket_key_enabled", false),
  },
  {
    rule: "FD-S3-010",
    what: "versioning is suspended",
    change: (environment) =>
      put(
        resourceOf(environment, "aws_s3_bucket_versioning", "Artifacts"),
        "versioning_configuration.status",
        "Suspended",
      ),
  },
  {
    rule: "FD-S3-011",
    what: "the policy allows plain HTTP",
    change: (environment) =>
      changePolicy(environment, (statements) => statements.filter(({ Sid }) => Sid !== "DenyWithoutTls")),
  },
  {
    rule: "FD-S3-011",
    what: "the policy denies plain HTTP for objects only",
    change: (environment) =>
      changePolicy(environment, (statements) =>
        statements.map((statement) =>
          statement.Sid === "DenyWithoutTls" ? { ...statement, Resource: `${arnIn(statements)}/*` } : statement,
        ),
      ),
  },
  {
    rule: "FD-S3-012",
    what: "the policy lets everyone read",
    change: (environment) =>
      changePolicy(environment, (statements) => [
        ...statements,
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${arnIn(statements)}/*` },
      ]),
  },
  {
    rule: "FD-S3-013",
    what: "the policy denies everything to everyone",
    change: (environment) =>
      changePolicy(environment, (statements) => [
        ...statements,
        { Sid: "Freeze", Effect: "Deny", Principal: { AWS: "*" }, Action: "s3:Put*", Resource: arnIn(statements) },
      ]),
  },
  {
    rule: "FD-S3-014",
    what: "nobody logs who reads the bucket",
    change: (environment) => removeResource(environment, "aws_s3_bucket_logging", "Models_"),
  },
  {
    rule: "FD-S3-015",
    what: "the bucket logs to itself",
    change: (environment) => logToItself(resourceOf(environment, "aws_s3_bucket_logging", "Models_")),
  },
  {
    rule: "FD-S3-016",
    what: "the lifecycle is gone",
    change: (environment) => removeResource(environment, LIFECYCLE, "Artifacts_"),
  },
  {
    rule: "FD-S3-016",
    what: "every rule of the lifecycle is off",
    change: (environment) =>
      changeLifecycle(environment, (rules) => rules.map((rule) => ({ ...rule, status: "Disabled" }))),
  },
  {
    rule: "FD-S3-017",
    what: "uploads that broke off stay",
    change: (environment) =>
      changeLifecycle(environment, (rules) => rules.filter((rule) => !("abort_incomplete_multipart_upload" in rule))),
  },
  {
    rule: "FD-S3-017",
    what: "uploads that broke off stay outside of one folder",
    change: (environment) => put(resourceOf(environment, LIFECYCLE, "Artifacts_"), "rule.filter", [{ prefix: "tmp/" }]),
  },
  {
    rule: "FD-S3-018",
    what: "old versions stay",
    change: (environment) =>
      changeLifecycle(environment, (rules) => rules.filter((rule) => !("noncurrent_version_expiration" in rule))),
  },
  {
    rule: "FD-S3-019",
    what: "the lock on models lasts a day",
    change: (environment) => put(resourceOf(environment, LOCK, "archived_models"), "rule.default_retention.days", 1),
  },
  {
    rule: "FD-S3-020",
    what: "models are not locked",
    change: (environment) => removeResource(environment, LOCK, "Models_"),
  },
  {
    rule: "FD-S3-021",
    what: "the bucket is not replicated",
    change: (environment) => removeResource(environment, "aws_s3_bucket_replication_configuration", "archived_models"),
  },
  {
    rule: "FD-S3-022",
    what: "the bucket tells nobody of its events",
    change: (environment) => removeResource(environment, "aws_s3_bucket_notification", "archived_models"),
  },
  {
    rule: "FD-S3-023",
    what: "the name has a dot in it",
    change: (environment) =>
      put(resourceOf(environment, "aws_s3_bucket", "archived_models"), "bucket", "atlas-prod.archived-models"),
  },
  {
    rule: "FD-S3-024",
    what: "the name could be anybody's",
    change: (environment) => put(resourceOf(environment, "aws_s3_bucket", "archived_models"), "bucket", "models"),
  },
  {
    rule: "FD-S3-025",
    what: "the bucket goes with what is in it",
    change: (environment) => put(resourceOf(environment, "aws_s3_bucket", "Artifacts"), "force_destroy", true),
  },
];
