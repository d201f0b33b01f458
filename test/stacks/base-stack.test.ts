import { homedir } from "node:os";
import { allEnvironments, environment, synthesizedStack, synthesizePlatforms } from "../support/platform";

interface TerraformBlock {
  readonly backend: unknown;
  readonly required_providers: unknown;
}

const { texts } = synthesizePlatforms(allEnvironments());
const network = synthesizedStack(environment("atlas/prod"), "network").json;

test("there is one stack for each layer of each environment", () => {
  const layers = ["cluster", "controllers", "data", "network", "observability"];
  const expected = allEnvironments().flatMap(({ project, stage }) =>
    layers.map((layer) => `${project}-${stage}-${layer}`),
  );
  expect(Object.keys(texts).sort()).toEqual(expected.sort());
});

test("the state of a stack has its own key in the environment's bucket, encrypted, locked by S3, for one account", () => {
  const { backend } = network["terraform"] as TerraformBlock;
  expect(backend).toEqual({
    s3: {
      bucket: "flightdeck-state-333333333333-us-east-1",
      key: "atlas/prod/network.tfstate",
      region: "us-east-1",
      encrypt: true,
      use_lockfile: true,
      allowed_account_ids: ["333333333333"],
    },
  });
});

test("no two stacks share a state", () => {
  const keys = Object.values(texts).map((text) => {
    const { terraform } = JSON.parse(text) as { terraform: { backend: { s3: { bucket: string; key: string } } } };
    return `${terraform.backend.s3.bucket}/${terraform.backend.s3.key}`;
  });
  expect(new Set(keys).size).toBe(Object.keys(texts).length);
});

test("the provider works in the environment's account and region only, and tags all it makes", () => {
  expect(network["provider"]).toEqual({
    aws: [
      {
        region: "us-east-1",
        allowed_account_ids: ["333333333333"],
        default_tags: [
          {
            tags: {
              Project: "atlas",
              Stage: "prod",
              Layer: "network",
              Owner: "ml-oncall@example.com",
              ManagedBy: "flightdeck",
              CostCenter: "ml-platform",
              DataClass: "confidential",
            },
          },
        ],
      },
    ],
  });
});

test("the provider may be any version of the window that is proven", () => {
  const { required_providers } = network["terraform"] as TerraformBlock;
  expect(required_providers).toEqual({ aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } });
});

test("nothing of this machine is in a stack", () => {
  const paths = Object.entries(texts).filter(([, text]) =>
    [process.cwd(), homedir(), "/tmp/cdktf"].some((place) => text.includes(`${place}/`)),
  );
  expect(paths).toEqual([]);
});
