import { s3AbortUploads } from "../../../policy/rules/s3/s3-abort-uploads";
import { s3AccessLogging } from "../../../policy/rules/s3/s3-access-logging";
import { s3AclPrivate } from "../../../policy/rules/s3/s3-acl-private";
import { s3BlockPublicAcls } from "../../../policy/rules/s3/s3-block-public-acls";
import { s3BucketKey } from "../../../policy/rules/s3/s3-bucket-key";
import { s3DnsName } from "../../../policy/rules/s3/s3-dns-name";
import { s3ForceDestroy } from "../../../policy/rules/s3/s3-force-destroy";
import { s3Lifecycle } from "../../../policy/rules/s3/s3-lifecycle";
import { s3LogsElsewhere } from "../../../policy/rules/s3/s3-logs-elsewhere";
import { s3ModelRetention } from "../../../policy/rules/s3/s3-model-retention";
import { s3NoncurrentExpiry } from "../../../policy/rules/s3/s3-noncurrent-expiry";
import { s3OwnKey } from "../../../policy/rules/s3/s3-own-key";
import { s3PolicyNoLockOut } from "../../../policy/rules/s3/s3-policy-no-lock-out";
import { s3PublicAccessBlock } from "../../../policy/rules/s3/s3-public-access-block";
import { s3Replication } from "../../../policy/rules/s3/s3-replication";
import { s3TlsOnly } from "../../../policy/rules/s3/s3-tls-only";
import { s3UniqueName } from "../../../policy/rules/s3/s3-unique-name";
import { s3Versioning } from "../../../policy/rules/s3/s3-versioning";
import { judgeExample } from "../../../policy/run/judge-example";
import { answersOf } from "./answers-of";

const BUCKET = "${aws_s3_bucket.data.id}";
const bucket = (values: object = {}) => ({ aws_s3_bucket: { data: { bucket: "atlas-prod-data", ...values } } });
const ENABLED = { data: { bucket: BUCKET, versioning_configuration: { status: "Enabled" } } };

describe("public access", () => {
  const all = { block_public_acls: true, block_public_policy: true, ignore_public_acls: true };

  test("a block of the whole account does for every bucket in it", () => {
    const account = { aws_s3_account_public_access_block: { all: { ...all, restrict_public_buckets: true } } };
    expect(answersOf(s3PublicAccessBlock, { ...bucket(), ...account })).toEqual(["pass"]);
  });

  test("a block of the account with a switch off does not", () => {
    const account = { aws_s3_account_public_access_block: { all } };
    expect(answersOf(s3PublicAccessBlock, { ...bucket(), ...account })).toEqual([
      "fail: no `aws_s3_bucket_public_access_block` belongs to it",
    ]);
  });

  test("a switch that is on for the account may be off for a bucket", () => {
    const own = { aws_s3_bucket_public_access_block: { data: { bucket: BUCKET, block_public_acls: false } } };
    const account = { aws_s3_account_public_access_block: { all } };
    expect(answersOf(s3BlockPublicAcls, { ...bucket(), ...own, ...account })).toEqual(["pass"]);
    expect(answersOf(s3BlockPublicAcls, { ...bucket(), ...own })).toEqual([
      "fail: `block_public_acls` must be true, got false",
    ]);
  });

  test("objects have ACLs too", () => {
    expect(answersOf(s3AclPrivate, { aws_s3_object: { weights: { acl: "authenticated-read" } } })).toEqual([
      'fail: `acl` must not be public, got "authenticated-read"',
    ]);
  });

  test("a grant among several is found where it stands", () => {
    const grant = (uri?: string) => ({ permission: "READ", grantee: { type: uri ? "Group" : "CanonicalUser", uri } });
    const policy = { grant: [grant(), grant("http://acs.amazonaws.com/groups/global/AllUsers")] };
    expect(answersOf(s3AclPrivate, { aws_s3_bucket_acl: { data: { access_control_policy: policy } } })).toEqual([
      'fail: `access_control_policy.grant[1].grantee.uri` must not be a group of everyone, got "http://acs.amazonaws.com/groups/global/AllUsers"',
    ]);
  });

  test("the group for the delivery of logs is not everyone", () => {
    const grant = [{ uri: "http://acs.amazonaws.com/groups/s3/LogDelivery", permissions: ["WRITE"] }];
    expect(answersOf(s3AclPrivate, bucket({ grant }))).toEqual(["pass"]);
  });
});

describe("encryption", () => {
  test("a block of the bucket itself is read", () => {
    const inline = (byDefault: object) =>
      bucket({
        server_side_encryption_configuration: [{ rule: [{ apply_server_side_encryption_by_default: [byDefault] }] }],
      });
    expect(answersOf(s3OwnKey, inline({ sse_algorithm: "aws:kms", kms_master_key_id: "alias/atlas" }))).toEqual([
      "pass",
    ]);
    expect(answersOf(s3OwnKey, inline({ sse_algorithm: "AES256" }))).toEqual([
      'fail: `server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm` must be one of "aws:kms", "aws:kms:dsse", got "AES256"',
    ]);
  });

  test("a resource outweighs the block, which a plan fills in", () => {
    const inline = bucket({ versioning: [{ enabled: true, mfa_delete: false }] });
    const own = { data: { bucket: BUCKET, versioning_configuration: { status: "Suspended" } } };
    expect(answersOf(s3Versioning, { ...inline, aws_s3_bucket_versioning: own })).toEqual([
      'fail: `versioning_configuration.status` must be "Enabled", got "Suspended"',
    ]);
    expect(answersOf(s3Versioning, inline)).toEqual(["pass"]);
  });

  test("buckets that logs are delivered to are not asked", () => {
    const logging = { data: { bucket: "${aws_s3_bucket.other.id}", target_bucket: BUCKET } };
    expect(answersOf(s3OwnKey, { ...bucket(), aws_s3_bucket_logging: logging })).toEqual(["not applicable"]);
    const balancer = { public: { access_logs: { bucket: "atlas-prod-data" } } };
    expect(answersOf(s3OwnKey, { ...bucket(), aws_lb: balancer })).toEqual(["not applicable"]);
  });

  test("a bucket is known through its policy too", () => {
    const policy = { data: { bucket: BUCKET, policy: "{}" } };
    const logging = { other: { bucket: "other", target_bucket: "${aws_s3_bucket_policy.data.bucket}" } };
    expect(answersOf(s3OwnKey, { ...bucket(), aws_s3_bucket_policy: policy, aws_s3_bucket_logging: logging })).toEqual([
      "not applicable",
    ]);
  });

  test.each(["AES256", "aws:kms:dsse"])("a bucket key is not asked for with %s", (algorithm) => {
    const rule = { apply_server_side_encryption_by_default: { sse_algorithm: algorithm } };
    expect(answersOf(s3BucketKey, { aws_s3_bucket_server_side_encryption_configuration: { data: { rule } } })).toEqual([
      "not applicable",
    ]);
  });
});

describe("a new bucket in a plan", () => {
  const changes = (others: readonly object[] = []) => [
    {
      address: "aws_s3_bucket.data",
      mode: "managed",
      type: "aws_s3_bucket",
      name: "data",
      change: {
        actions: ["create"],
        before: null,
        after: { bucket: "atlas-prod-data", force_destroy: false },
        after_unknown: { id: true, acl: true, versioning: true, policy: true, logging: true, lifecycle_rule: true },
      },
    },
    ...others,
  ];
  const answersToPlan = (rule: Parameters<typeof judgeExample>[0], others: readonly object[] = []) => {
    const { findings, counts } = judgeExample(rule, { changes: changes(others) as Record<string, unknown>[] });
    return findings.length > 0 ? findings.map(({ outcome, message }) => `${outcome}: ${message}`) : counts;
  };

  test("what the provider fills in was not written", () => {
    expect(answersToPlan(s3Versioning)).toEqual(["fail: no `aws_s3_bucket_versioning` belongs to it"]);
    expect(answersToPlan(s3AclPrivate)).toMatchObject({ pass: 0, unknown: 0 });
    expect(answersToPlan(s3PolicyNoLockOut)).toMatchObject({ pass: 0, unknown: 0 });
  });

  test("a setting whose bucket is known by name belongs to it", () => {
    const after = { bucket: "atlas-prod-data", versioning_configuration: [{ status: "Enabled" }] };
    const change = { actions: ["create"], before: null, after, after_unknown: { id: true } };
    const address = "aws_s3_bucket_versioning.data";
    const setting = { address, mode: "managed", type: "aws_s3_bucket_versioning", name: "data", change };
    expect(answersToPlan(s3Versioning, [setting])).toMatchObject({ pass: 1 });
  });
});

describe("policies", () => {
  const policy = (...statements: readonly object[]) => ({
    ...bucket(),
    aws_s3_bucket_policy: { data: { bucket: BUCKET, policy: JSON.stringify({ Statement: statements }) } },
  });
  const deny = {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: ["s3:*"],
    Resource: ["arn:aws:s3:::atlas-prod-data", "arn:aws:s3:::atlas-prod-data/*"],
    Condition: { Bool: { "aws:SecureTransport": false } },
  };
  const DEMAND = "`policy` must deny everyone `s3:*` on the bucket and all its objects without TLS";

  test("written with the names of buckets and a boolean", () => {
    expect(answersOf(s3TlsOnly, policy(deny))).toEqual(["pass"]);
  });

  test("two statements may share the work", () => {
    const [first, second] = deny.Resource;
    expect(answersOf(s3TlsOnly, policy({ ...deny, Resource: first }, { ...deny, Resource: second }))).toEqual(["pass"]);
  });

  test("a star is both", () => {
    expect(answersOf(s3TlsOnly, policy({ ...deny, Resource: "*" }))).toEqual(["pass"]);
  });

  test.each([
    ["some only", { Principal: { AWS: "arn:aws:iam::111111111111:root" } }],
    ["some actions only", { Action: "s3:GetObject" }],
    ["requests with TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["old TLS, which plain HTTP is not", { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }],
    ["some more is asked", { Condition: { ...deny.Condition, StringEquals: { "aws:PrincipalOrgID": "o-a1" } } }],
  ])("denying %s is not enough", (_what, change) => {
    expect(answersOf(s3TlsOnly, policy({ ...deny, ...change }))).toEqual([`fail: ${DEMAND}, got no such statement`]);
  });

  test("one folder is not all objects", () => {
    const resources = ["arn:aws:s3:::atlas-prod-data", "arn:aws:s3:::atlas-prod-data/public/*"];
    expect(answersOf(s3TlsOnly, policy({ ...deny, Resource: resources }))).toEqual([
      `fail: ${DEMAND}, got ${resources.join(", ")}`,
    ]);
  });

  test.each([
    ["a condition", deny],
    ["one role denied", { ...deny, Condition: undefined, Principal: { AWS: "arn:aws:iam::111111111111:role/x" } }],
    ["an action that is not the policy's", { ...deny, Condition: undefined, Action: "s3:DeleteBucket" }],
  ])("%s locks nobody out", (_what, statement) => {
    expect(answersOf(s3PolicyNoLockOut, policy(statement))).toEqual(["pass"]);
  });

  test("a deny for everyone without a condition does", () => {
    expect(answersOf(s3PolicyNoLockOut, policy({ ...deny, Sid: "Freeze", Condition: undefined }))).toEqual([
      "fail: `policy` must not deny everyone `s3:PutBucketPolicy` on the bucket without a condition, got Freeze",
    ]);
  });
});

describe("access logs", () => {
  const logging = (target: string) => ({
    ...bucket(),
    aws_s3_bucket_logging: { data: { bucket: BUCKET, target_bucket: target } },
  });

  test("are asked for in production only", () => {
    expect(answersOf(s3AccessLogging, bucket(), { stage: "staging" })).toEqual(["not applicable"]);
  });

  test("go to themselves by reference or by name", () => {
    const message = (target: string) => `fail: \`target_bucket\` must be another bucket, got ${target}`;
    expect(answersOf(s3LogsElsewhere, logging("${aws_s3_bucket.data.bucket}"))).toEqual([
      message("${aws_s3_bucket.data.bucket}"),
    ]);
    expect(answersOf(s3LogsElsewhere, logging("atlas-prod-data"))).toEqual([message('"atlas-prod-data"')]);
  });

  test("go to themselves in a block of the bucket", () => {
    const inline = bucket({ logging: [{ target_bucket: "atlas-prod-data" }] });
    expect(answersOf(s3LogsElsewhere, inline)).toEqual([
      'fail: `logging[0].target_bucket` must be another bucket, got "atlas-prod-data"',
    ]);
  });
});

describe("lifecycles", () => {
  const lifecycle = (...rules: readonly object[]) => ({
    ...bucket(),
    aws_s3_bucket_versioning: ENABLED,
    aws_s3_bucket_lifecycle_configuration: { data: { bucket: BUCKET, rule: rules } },
  });
  const abort = { status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] };
  const NOT_ABORTED = ["fail: a rule for the whole bucket must abort uploads that never ended, and none does"];

  test.each([
    ["no filter", {}],
    ["an empty filter", { filter: [{}] }],
    ["an empty prefix", { filter: [{ prefix: "" }] }],
    ["a plan's filter", { filter: [{ prefix: "", and: [], tag: [], object_size_less_than: null }] }],
  ])("%s is the whole bucket", (_what, filter) => {
    expect(answersOf(s3AbortUploads, lifecycle({ ...abort, ...filter }))).toEqual(["pass"]);
  });

  test.each([
    ["a prefix", { filter: { prefix: "runs/" } }],
    ["a tag", { filter: [{ tag: { key: "a", value: "b" } }] }],
    ["several filters", { filter: [{ and: { prefix: "runs/", tags: { a: "b" } } }] }],
    ["a size", { filter: [{ object_size_greater_than: 1024 }] }],
    ["the old prefix", { prefix: "runs/" }],
  ])("%s is a part of it", (_what, filter) => {
    expect(answersOf(s3AbortUploads, lifecycle({ ...abort, ...filter }))).toEqual(NOT_ABORTED);
  });

  test("one good rule among others is enough", () => {
    expect(answersOf(s3AbortUploads, lifecycle({ status: "Enabled", expiration: { days: 1 } }, abort))).toEqual([
      "pass",
    ]);
  });

  test("blocks of the bucket itself are read", () => {
    const rule = {
      enabled: true,
      abort_incomplete_multipart_upload_days: 7,
      noncurrent_version_expiration: [{ days: 9 }],
    };
    const inline = bucket({ lifecycle_rule: [rule], versioning: { enabled: "true" } });
    for (const one of [s3Lifecycle, s3AbortUploads, s3NoncurrentExpiry])
      expect(answersOf(one, inline)).toEqual(["pass"]);
    const off = bucket({ lifecycle_rule: [{ ...rule, enabled: false }], versioning: { enabled: true } });
    expect(answersOf(s3Lifecycle, off)).toEqual([
      "fail: `aws_s3_bucket.data` must have a rule that is enabled, and has none",
    ]);
    expect(answersOf(s3AbortUploads, off)).toEqual(["not applicable"]);
  });

  test("rules made by a dynamic block are not known", () => {
    const dynamic = { rule: { for_each: "${var.rules}", content: { status: "${rule.value.status}" } } };
    const made = { ...bucket(), aws_s3_bucket_lifecycle_configuration: { data: { bucket: BUCKET, dynamic } } };
    expect(answersOf(s3Lifecycle, made)).toEqual([expect.stringMatching(/^unknown: /)]);
    expect(answersOf(s3AbortUploads, made)).toEqual([
      "unknown: a rule for the whole bucket must abort uploads that never ended, and what its rules do is known only after apply",
    ]);
  });
});

describe("models", () => {
  const models = (values: object, days: unknown = 7, lock?: object) => ({
    aws_s3_bucket: { data: { bucket: "atlas-prod-data", ...values } },
    aws_s3_bucket_versioning: ENABLED,
    aws_s3_bucket_lifecycle_configuration: {
      data: { bucket: BUCKET, rule: { status: "Enabled", noncurrent_version_expiration: { noncurrent_days: days } } },
    },
    ...(lock && {
      aws_s3_bucket_object_lock_configuration: { data: { bucket: BUCKET, rule: { default_retention: lock } } },
    }),
  });
  const NAMED = { bucket: "atlas-prod-models" };

  test.each([
    ["its name", NAMED],
    ["its prefix", { bucket: undefined, bucket_prefix: "atlas-model-" }],
    ["a tag", { tags: { Holds: "ModelArtifacts" } }],
  ])("are known by %s", (_what, values) => {
    expect(answersOf(s3ModelRetention, models(values))).toEqual([
      "fail: versions of models must be kept at least 30 days, got 7 of its lifecycle and 0 of object lock",
    ]);
  });

  test.each([{}, { bucket: "atlas-prod-remodeling" }, { tags: { Team: "modelling" } }])("are not in %j", (values) => {
    expect(answersOf(s3ModelRetention, models(values))).toEqual(["not applicable"]);
  });

  test.each([
    ["versions are kept longer", 30, undefined],
    ["the lock lasts longer", 7, { days: 30 }],
    ["the lock lasts a year", 7, { years: 1 }],
    ["how long versions are kept does not matter beside the lock", "${var.days}", { days: 90 }],
  ])("%s", (_what, days, lock) => {
    expect(answersOf(s3ModelRetention, models(NAMED, days, lock))).toEqual(["pass"]);
  });

  test("the first rule to expire a version counts", () => {
    const both = models(NAMED, 365);
    const rule = both.aws_s3_bucket_lifecycle_configuration.data.rule;
    const early = { ...rule, noncurrent_version_expiration: { noncurrent_days: 1 } };
    const data = { bucket: BUCKET, rule: [rule, early] };
    expect(answersOf(s3ModelRetention, { ...both, aws_s3_bucket_lifecycle_configuration: { data } })).toEqual([
      "fail: versions of models must be kept at least 30 days, got 1 of its lifecycle and 0 of object lock",
    ]);
  });

  test("versions that nothing expires are kept for ever", () => {
    const kept = { aws_s3_bucket: { data: NAMED }, aws_s3_bucket_versioning: ENABLED };
    expect(answersOf(s3ModelRetention, kept)).toEqual(["pass"]);
  });
});

describe("replicas", () => {
  test.each(["${aws_s3_bucket.data.arn}", "arn:aws:s3:::atlas-prod-data"])("%s need none of their own", (arn) => {
    const rule = { status: "Enabled", destination: { bucket: arn } };
    const replication = { aws_s3_bucket_replication_configuration: { other: { bucket: "other", rule } } };
    expect(answersOf(s3Replication, { ...bucket(), ...replication })).toEqual(["not applicable"]);
  });
});

describe("names", () => {
  const tooShort = 'fail: `bucket` must be 3 to 63 lower-case letters, digits and hyphens, got "ab"';

  test.each(["abc", "a".repeat(63), "1-data-2"])("%s can be part of a host name", (name) => {
    expect(answersOf(s3DnsName, bucket({ bucket: name }))).toEqual(["pass"]);
  });

  test.each(["a".repeat(64), "Data", "my_data", "my.data", "-data", "data-"])("%s cannot", (name) => {
    expect(answersOf(s3DnsName, bucket({ bucket: name }))).toEqual([
      `fail: \`bucket\` must be 3 to 63 lower-case letters, digits and hyphens, got ${JSON.stringify(name)}`,
    ]);
  });

  test("the shortest has three characters", () => {
    expect(answersOf(s3DnsName, bucket({ bucket: "ab" }))).toEqual([tooShort]);
  });

  test("a prefix may end with a hyphen and leaves room for what follows", () => {
    expect(answersOf(s3DnsName, bucket({ bucket: undefined, bucket_prefix: "data-" }))).toEqual(["pass"]);
    expect(answersOf(s3DnsName, bucket({ bucket: undefined, bucket_prefix: "d".repeat(38) }))).toEqual([
      `fail: \`bucket_prefix\` must be 1 to 37 lower-case letters, digits and hyphens, got "${"d".repeat(38)}"`,
    ]);
  });

  test("what is written of a template is judged before apply", () => {
    expect(answersOf(s3DnsName, bucket({ bucket: "${var.project}_data" }))).toEqual([
      "fail: `bucket` must be 3 to 63 lower-case letters, digits and hyphens, got ${var.project}_data",
    ]);
  });

  test("a generated name is fine", () => {
    expect(answersOf(s3DnsName, bucket({ bucket: undefined }))).toEqual(["pass"]);
    expect(answersOf(s3UniqueName, bucket({ bucket: undefined }))).toEqual(["pass"]);
  });

  test.each(["atlas-data", "data-111111111111", "${random_id.suffix.hex}-data"])("%s says whose it is", (name) => {
    expect(answersOf(s3UniqueName, bucket({ bucket: name }))).toEqual(["pass"]);
  });

  test("any other could be anybody's", () => {
    expect(answersOf(s3UniqueName, bucket({ bucket: "data" }))).toEqual([
      'fail: `bucket` must have "111111111111" or "atlas" in it, got "data"',
    ]);
  });

  test("nothing is asked where the owner is not known", () => {
    const environment = { account: undefined, project: undefined };
    expect(answersOf(s3UniqueName, bucket({ bucket: "data" }), { environment })).toEqual(["not applicable"]);
  });
});

test("buckets outside of production may go with what is in them", () => {
  expect(answersOf(s3ForceDestroy, bucket({ force_destroy: true }), { stage: "dev" })).toEqual(["not applicable"]);
});
