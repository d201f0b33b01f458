import { ListTagsForResourceCommand, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { type AliasListEntry, ListResourceTagsCommand, paginateListAliases } from "@aws-sdk/client-kms";
import { GetBucketTaggingCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import type { NameFact, NameKind, Tags } from "../preflight-aws";
import type { Clients } from "./clients";
import { once } from "./once";
import { allPages } from "./pages";
import { orElse, question, statusOf } from "./question";
import { tagsOf } from "./tags";

const FREE: NameFact = { taken: false };
const STRANGER: NameFact = { taken: true, by: "stranger" };

/**
 * Looks names up, by kind.
 *
 * @param ownBuckets names of the account's own buckets
 */
export function nameQuestions(
  clients: Clients,
  ownBuckets: () => Promise<readonly string[]>,
): Record<NameKind, (name: string) => Promise<NameFact>> {
  const aliases = once(() =>
    question("kms:ListAliases", () =>
      allPages(paginateListAliases({ client: clients.kms }, {}), (page) => page.Aliases),
    ),
  );
  return {
    bucket: (name) => bucket(clients, ownBuckets, name),
    cluster: (name) => cluster(clients, name),
    alias: (name) => alias(clients, aliases, name),
    "log-group": (name) => logGroup(clients, name),
    role: (name) => role(clients, name),
  };
}

/** Only what is not in the account's own list has to be asked of the whole world. */
async function bucket({ s3 }: Clients, ownBuckets: () => Promise<readonly string[]>, name: string): Promise<NameFact> {
  if ((await ownBuckets()).includes(name)) {
    const tags = await question("s3:GetBucketTagging", () =>
      orElse({}, ["NoSuchTagSet"], async () => {
        const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: name }));
        return tagsOf(TagSet);
      }),
    );
    return mine(tags);
  }
  return question("s3:ListBucket", async () => {
    try {
      await s3.send(new HeadBucketCommand({ Bucket: name }));
      return STRANGER;
    } catch (error) {
      const status = statusOf(error);
      if (status === 404) return FREE;
      // Forbidden, or moved to another region: it is somebody's.
      if (status === 403 || status === 301) return STRANGER;
      throw error;
    }
  });
}

function cluster({ eks }: Clients, name: string): Promise<NameFact> {
  return question("eks:DescribeCluster", () =>
    orElse(FREE, ["ResourceNotFoundException"], async () => {
      const found = await eks.send(new DescribeClusterCommand({ name }));
      return mine(found.cluster?.tags);
    }),
  );
}

async function alias(
  { kms }: Clients,
  aliases: () => Promise<readonly AliasListEntry[]>,
  name: string,
): Promise<NameFact> {
  const found = (await aliases()).find(({ AliasName }) => AliasName === name);
  if (found === undefined) return FREE;
  return question("kms:ListResourceTags", async () => {
    const { Tags: tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: found.TargetKeyId }));
    return mine(Object.fromEntries(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue])));
  });
}

async function logGroup({ logs }: Clients, name: string): Promise<NameFact> {
  const groups = await question("logs:DescribeLogGroups", () =>
    allPages(paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: name }), (page) => page.logGroups),
  );
  const found = groups.find(({ logGroupName }) => logGroupName === name);
  if (found === undefined) return FREE;
  return question("logs:ListTagsForResource", async () => {
    const resourceArn = (found.logGroupArn ?? found.arn ?? "").replace(/:\*$/, "");
    return mine((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags);
  });
}

function role({ iam }: Clients, name: string): Promise<NameFact> {
  return question("iam:GetRole", () =>
    orElse(FREE, ["NoSuchEntityException", "NoSuchEntity"], async () => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
      return mine(tagsOf(Role?.Tags));
    }),
  );
}

function mine(tags: Tags = {}): NameFact {
  return { taken: true, by: "account", tags };
}
