import fc from "fast-check";
import type { Example } from "../../../policy/engine/rule";
import { cloneOtherAccount } from "../../../policy/rules/clone/clone-other-account";
import { cloneOtherName } from "../../../policy/rules/clone/clone-other-name";
import { cloneOtherRegion } from "../../../policy/rules/clone/clone-other-region";
import { cloneOwnTags } from "../../../policy/rules/clone/clone-own-tags";
import { resources, said } from "./private/said";

const environment = {
  project: "atlas",
  others: [
    { project: "atlas", stage: "dev", account: "222222222222" },
    { project: "atlas", stage: "staging", account: "111111111111" },
  ],
};
const text = (value: unknown): Example => resources({ aws_s3_bucket: { models: { bucket: value } } }, { environment });

describe("another environment's account", () => {
  const found = (path: string): string => `fail: \`${path}\` must not hold account 222222222222, which is of atlas/dev`;

  test("is found anywhere: in templates, in keys of maps, and in Kubernetes objects", () => {
    expect(said(cloneOtherAccount, text("${var.prefix}-222222222222"))).toEqual([found("bucket")]);
    const tags = { "222222222222.example.com/owner": "a" };
    expect(said(cloneOtherAccount, resources({ aws_s3_bucket: { models: { tags } } }, { environment }))).toEqual([
      found("tags.222222222222.example.com/owner"),
    ]);
    const image = "222222222222.dkr.ecr.us-east-1.amazonaws.com/server:1";
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { containers: [{ image }] } };
    expect(said(cloneOtherAccount, { objects: [pod], environment })).toEqual([found("spec.containers[0].image")]);
  });

  test("is found in data sources, but remote states have a rule of their own", () => {
    const data = {
      aws_iam_role: { ops: { name: "222222222222" } },
      terraform_remote_state: { dev: { config: { bucket: "state-222222222222" } } },
    };
    expect(said(cloneOtherAccount, { terraform: { data }, environment })).toEqual([found("name")]);
  });

  test("is no longer number that holds it, and not one that both share", () => {
    expect(said(cloneOtherAccount, text("1222222222222"))).toEqual([]);
    expect(said(cloneOtherAccount, text("role in 111111111111"))).toEqual([]);
  });
});

describe("another environment's name", () => {
  test.each(["atlas-dev", "atlas-dev-models", "s3://x/atlas/dev/mlflow", "arn:aws:s3:::atlas-staging-data/*"])(
    "is found in %s",
    (value) => {
      expect(said(cloneOtherName, text(value))).toHaveLength(1);
    },
  );

  test.each(["atlas-prod-models", "atlas-develop", "myatlas-dev", "the-atlas-dev", "atlas", "dev"])(
    "is not seen in %s",
    (value) => {
      expect(said(cloneOtherName, text(value))).toEqual([]);
    },
  );

  test("is never seen in names made of the environment's own", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom("-", "/"), (project, rest, separator) => {
        const others = [{ project, stage: "dev", account: "222222222222" }];
        const example = text(`${project}${separator}prod${separator}${rest}`);
        expect(said(cloneOtherName, { ...example, environment: { project, others } })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("is quoted, shortened", () => {
    expect(said(cloneOtherName, text(`atlas-dev-${"x".repeat(200)}`))).toEqual([
      `fail: \`bucket\` must not name atlas/dev, got "atlas-dev-${"x".repeat(70)}…"`,
    ]);
  });

  test("is no question without environments beside it", () => {
    expect(said(cloneOtherName, { ...text("atlas-dev"), environment: { others: [] } })).toEqual([]);
  });
});

test("ARNs of services that the world shares may be of their own region", () => {
  const arn = (service: string): Example => text(`arn:aws:${service}:eu-west-1:111111111111:x`);
  expect(said(cloneOtherRegion, arn("acm"))).toEqual([]);
  expect(said(cloneOtherRegion, arn("kms"))).toEqual([
    "fail: `bucket` must be of region us-east-1, got an ARN of kms in eu-west-1",
  ]);
  expect(said(cloneOtherRegion, text("arn:aws:iam::111111111111:role/x"))).toEqual([]);
});

test("a stage of the same name in another project is no copy", () => {
  const tags = { Project: "borealis", Environment: "dev" };
  const terraform = { provider: { aws: [{ default_tags: { tags } }] } };
  expect(said(cloneOwnTags, { terraform, environment })).toEqual([]);
});
