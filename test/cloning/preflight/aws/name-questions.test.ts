import { nameQuestions } from "../../../../cloning/preflight/aws/name-questions";
import { awsFailure, type Answers, recordedClients } from "./recorded-clients";

const ask = (answers: Answers, buckets: readonly string[] = []) =>
  nameQuestions(recordedClients(answers), () => Promise.resolve(buckets));
const tags = { Project: "atlas" };
const FREE = { taken: false };
const OWN = { taken: true, by: "account", tags };
const STRANGER = { taken: true, by: "stranger" };

describe("a bucket", () => {
  test.each([
    ["is free when nobody has it", awsFailure("NotFound", 404), FREE],
    ["is somebody's when it may not be looked at", awsFailure("Forbidden", 403), STRANGER],
    ["is somebody's when it is in another region", awsFailure("PermanentRedirect", 301), STRANGER],
    ["is somebody's when anyone may look at it", {}, STRANGER],
  ])("%s", async (_, HeadBucketCommand, expected) => {
    expect(await ask({ HeadBucketCommand }).bucket("b")).toEqual(expected);
  });

  test("of the account has tags, or none", async () => {
    const TagSet = [{ Key: "Project", Value: "atlas" }];
    expect(await ask({ GetBucketTaggingCommand: { TagSet } }, ["b"]).bucket("b")).toEqual(OWN);
    const untagged = { GetBucketTaggingCommand: awsFailure("NoSuchTagSet", 404) };
    expect(await ask(untagged, ["b"]).bucket("b")).toEqual({ ...OWN, tags: {} });
  });

  test("that cannot be asked about is neither", async () => {
    const broken = ask({ HeadBucketCommand: awsFailure("InternalError", 500) });
    await expect(broken.bucket("b")).rejects.toMatchObject({ action: "s3:ListBucket", refusal: "failed" });
  });
});

test("a cluster", async () => {
  expect(await ask({ DescribeClusterCommand: { cluster: { tags } } }).cluster("c")).toEqual(OWN);
  const none = { DescribeClusterCommand: awsFailure("ResourceNotFoundException", 404) };
  expect(await ask(none).cluster("c")).toEqual(FREE);
  await expect(ask({}).cluster("c")).rejects.toMatchObject({ action: "eks:DescribeCluster", refusal: "denied" });
});

test("an alias, by the tags of its key; the list is fetched once", async () => {
  let lists = 0;
  const names = ask({
    ListAliasesCommand: () => {
      lists += 1;
      return { Aliases: [{ AliasName: "alias/a", TargetKeyId: "k" }] };
    },
    ListResourceTagsCommand: { Tags: [{ TagKey: "Project", TagValue: "atlas" }] },
  });
  expect([await names.alias("alias/a"), await names.alias("alias/b")]).toEqual([OWN, FREE]);
  expect(lists).toBe(1);
});

test("a log group, by its whole name", async () => {
  const asked: unknown[] = [];
  const names = ask({
    DescribeLogGroupsCommand: {
      logGroups: [
        { logGroupName: "/aws/eks/atlas-dev/cluster-2", arn: "arn:2:*" },
        { logGroupName: "/aws/eks/atlas-dev/cluster", arn: "arn:1:*" },
      ],
    },
    ListTagsForResourceCommand: (input) => {
      asked.push(input.resourceArn);
      return { tags };
    },
  });
  expect(await names["log-group"]("/aws/eks/atlas-dev/cluster")).toEqual(OWN);
  expect(await names["log-group"]("/aws/eks/atlas-dev")).toEqual(FREE);
  expect(asked).toEqual(["arn:1"]);
});

test("a role", async () => {
  const Role = { Tags: [{ Key: "Project", Value: "atlas" }] };
  expect(await ask({ GetRoleCommand: { Role } }).role("r")).toEqual(OWN);
  expect(await ask({ GetRoleCommand: awsFailure("NoSuchEntityException", 404) }).role("r")).toEqual(FREE);
});
