import { checkPolicy } from "../../policy";
import type { PolicyRun } from "../../policy";
import { TerraformValidator } from "../support/terraform";

const STACK = "atlas-prod-data";
const PROVIDER = {
  ...{ region: "us-east-1", access_key: "none", secret_key: "none" },
  ...{ skip_credentials_validation: true, skip_requesting_account_id: true, skip_metadata_api_check: "true" },
};

/** A resource as a state of format 4 holds it. */
const inState = (type: string, name: string, attributes: object): object => ({
  ...{ mode: "managed", type, name, provider: 'provider["registry.terraform.io/hashicorp/aws"]' },
  instances: [{ schema_version: 0, attributes, sensitive_attributes: [] }],
});
const state = (...resources: object[]): object => ({
  ...{ version: 4, terraform_version: "1.11.4", serial: 1, lineage: "a", outputs: {}, resources },
});
const stack = (resource: object): string =>
  JSON.stringify({ terraform: { required_providers: {} }, provider: { aws: PROVIDER }, resource });

const bucket = (name: string): object => ({ id: name, bucket: name, force_destroy: false, tags: {}, tags_all: {} });
const REPOSITORY = { id: "serving", name: "serving", image_tag_mutability: "IMMUTABLE", tags: {}, tags_all: {} };

const BEFORE = state(
  inState("aws_s3_bucket", "models", bucket("models-old")),
  inState("aws_s3_bucket", "datasets", bucket("datasets")),
  inState("aws_s3_bucket", "logs", bucket("logs")),
  inState("aws_ecr_repository", "serving", REPOSITORY),
);
const AFTER = stack({
  aws_s3_bucket: {
    models: { bucket: "models-new" },
    corpora: { bucket: "datasets" },
    logs: { bucket: "logs", tags: { Owner: "ml" } },
  },
});

let report: PolicyRun["report"];
beforeAll(async () => {
  const terraform = new TerraformValidator();
  try {
    const plans = [{ stack: STACK, file: "plan.json", text: terraform.plan(STACK, AFTER, BEFORE) }];
    const only = ["FD-PLAN-001", "FD-PLAN-002", "FD-PLAN-003"];
    const options = { configRoot: __dirname, today: "2026-11-21", only };
    ({ report } = await checkPolicy({ name: STACK, stage: "prod", plans }, options));
  } finally {
    terraform.dispose();
  }
}, 120_000);

/** What the guards say of one resource in the plan that the real provider made. */
const saidOf = (address: string): string[] =>
  report.findings.filter(({ place }) => place.address === address).map(({ rule, message }) => `${rule.id} ${message}`);

test("another name of a bucket replaces it, by the word of the provider, and the guard names the attribute", () => {
  expect(saidOf("aws_s3_bucket.models")).toEqual([
    expect.stringMatching(/^FD-PLAN-002 .*`bucket`.*models-old.*models-new/s),
  ]);
});

test("a repository that is gone from the code is deleted, and the guard says so", () => {
  expect(saidOf("aws_ecr_repository.serving")).toEqual([expect.stringMatching(/^FD-PLAN-001 /)]);
});

test("the same bucket under another address is a rename, and nothing else", () => {
  expect(saidOf("aws_s3_bucket.datasets")).toEqual([expect.stringMatching(/^FD-PLAN-003 .*aws_s3_bucket\.corpora/s)]);
});

test("a change that keeps what is there passes", () => {
  expect(saidOf("aws_s3_bucket.logs")).toEqual([]);
  expect([report.failed, report.findings.length, report.subjects.changes]).toEqual(["hard", 3, 5]);
});
