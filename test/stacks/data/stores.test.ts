import { environment, synthesizedStack } from "../../support/platform";

const dev = synthesizedStack(environment("atlas/dev"), "data");
const prod = synthesizedStack(environment("atlas/prod"), "data");

test("stores with copies have them in the region of the config, through a provider of its own", () => {
  expect(Object.keys(prod.resources("aws_s3_bucket_replication_configuration")).sort()).toEqual([
    "Datasets/Replication",
    "Models/Replication",
  ]);
  expect(prod.json["provider"]).toMatchObject({
    aws: [{ region: "us-east-1" }, { region: "us-west-2", alias: "replica", allowed_account_ids: ["333333333333"] }],
  });
  expect(prod.resource("aws_s3_bucket", "ModelsReplica/Resource")).toMatchObject({
    provider: "aws.replica",
    bucket: "atlas-prod-models-333333333333-us-west-2",
  });
  expect(dev.counts()).not.toHaveProperty("aws_s3_bucket_replication_configuration");
});

test("a locked store and its copy are locked alike", () => {
  const locks = prod.resources("aws_s3_bucket_object_lock_configuration");
  const rule = { default_retention: { mode: "GOVERNANCE", days: 90 } };
  expect(Object.values(locks).map((lock) => lock["rule"])).toEqual([rule, rule]);
});

test("who reads which object is recorded where the config asks for it", () => {
  expect(Object.keys(prod.resources("aws_s3_bucket_logging"))).toHaveLength(4);
  expect(dev.counts()).not.toHaveProperty("aws_s3_bucket_logging");
});
