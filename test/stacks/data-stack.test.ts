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

test("stores and key of a protected environment cannot be destroyed, those of another are emptied", () => {
  const protectedOnes = { lifecycle: { prevent_destroy: true } };
  expect(prod.resource("aws_kms_key")).toMatchObject({ ...protectedOnes, deletion_window_in_days: 30 });
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
