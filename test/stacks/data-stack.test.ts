import { environment, synthesizedStack } from "../support/platform";

const dev = synthesizedStack(environment("atlas/dev"), "data");
const prod = synthesizedStack(environment("atlas/prod"), "data");

test("there are four stores, named after environment, account and region", () => {
  const names = Object.values(dev.resources("aws_s3_bucket")).map((bucket) => bucket["bucket"]);
  expect(names.sort()).toEqual([
    "atlas-dev-artifacts-111111111111-us-east-1",
    "atlas-dev-datasets-111111111111-us-east-1",
    "atlas-dev-logs-111111111111-us-east-1",
    "atlas-dev-models-111111111111-us-east-1",
  ]);
});

test("one key encrypts them all", () => {
  expect(dev.addresses("aws_kms_key")).toEqual({ "Key/Resource": "aws_kms_key.Key_961B73FD" });
  const encryption = Object.values(dev.resources("aws_s3_bucket_server_side_encryption_configuration"));
  expect(encryption).toHaveLength(4);
  expect(encryption.filter((one) => !JSON.stringify(one).includes("${aws_kms_key.Key_961B73FD.arn}"))).toEqual([]);
});

test("database and cache lie in the private subnets of the network, encrypted with the same key", () => {
  const subnets = [expect.stringMatching(/PrivateSubnetA/), expect.stringMatching(/PrivateSubnetB/)];
  expect(dev.resource("aws_db_subnet_group")).toMatchObject({ subnet_ids: subnets });
  expect(dev.resource("aws_elasticache_subnet_group")).toMatchObject({ subnet_ids: subnets });
  const key = "${aws_kms_key.Key_961B73FD.arn}";
  expect(dev.resource("aws_db_instance")).toMatchObject({ kms_key_id: key, publicly_accessible: false });
  expect(dev.resource("aws_elasticache_replication_group")).toMatchObject({
    kms_key_id: key,
    transit_encryption_enabled: true,
  });
});

test("the database of a protected environment has a standby and leaves a snapshot, that of another goes without", () => {
  const snapshot = "final_snapshot_identifier";
  expect(prod.resource("aws_db_instance")).toMatchObject({ multi_az: true, skip_final_snapshot: false });
  expect(prod.resource("aws_db_instance")[snapshot]).toMatch(/^atlas-prod-platform/);
  expect(dev.resource("aws_db_instance")).toMatchObject({ multi_az: false, skip_final_snapshot: true });
  expect(Object.keys(dev.resource("aws_db_instance"))).not.toContain(snapshot);
});

test("an environment without database and cache has neither", () => {
  const { data, ...rest } = environment("atlas/dev");
  const without = { database: { ...data.database, enabled: false }, cache: { ...data.cache, enabled: false } };
  const podRoles = Object.fromEntries(
    Object.entries(rest.podRoles).map(([name, role]) => [name, { ...role, database: false, cache: false }]),
  );
  const types = Object.keys(synthesizedStack({ ...rest, podRoles, data: { ...data, ...without } }, "data").counts());
  expect(types.filter((type) => /^aws_(db|elasticache|cloudformation)_/.test(type))).toEqual([]);
});

test("stores and key of a protected environment cannot be destroyed, those of another are emptied", () => {
  const protectedOnes = { lifecycle: { prevent_destroy: true } };
  expect(prod.resource("aws_kms_key", "Key/Resource")).toMatchObject({ ...protectedOnes, deletion_window_in_days: 30 });
  expect(dev.resource("aws_kms_key")).toMatchObject({ deletion_window_in_days: 7 });
  for (const bucket of Object.values(prod.resources("aws_s3_bucket"))) {
    expect(bucket).toMatchObject({ ...protectedOnes, force_destroy: false });
  }
  for (const bucket of Object.values(dev.resources("aws_s3_bucket"))) {
    expect(bucket).toMatchObject({ force_destroy: true });
    expect(Object.keys(bucket)).not.toContain("lifecycle");
  }
});

test("objects are kept as long as the config says", () => {
  const rules = (path: string) => JSON.stringify(prod.resource("aws_s3_bucket_lifecycle_configuration", path));
  expect(rules("Models/Lifecycle")).toContain('"noncurrent_days":730');
  expect(rules("Logs/Lifecycle")).toContain('"days":400');
});
