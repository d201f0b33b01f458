import { AwsFault } from "./aws-fault";
import type { CacheState } from "./cache-state";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";
import type { QueryInput } from "./query-input";

/** Remembers the tags that a creation came with. */
export function keepTags(state: CacheState, arn: string, input: QueryInput): void {
  const tags = state.tags.get(arn) ?? new Map<string, string>();
  for (const tag of input.structures("Tags", "Tag")) tags.set(tag.text("Key") ?? "", tag.text("Value") ?? "");
  state.tags.set(arn, tags);
}

/** Tags of any resource. */
export const tagOperations: Operations = {
  AddTagsToResource: (input, { state }) => {
    const arn = existing(input, state);
    keepTags(state, arn, input);
    return tagList(state, arn);
  },
  RemoveTagsFromResource: (input, { state }) => {
    const arn = existing(input, state);
    for (const key of input.list("TagKeys") ?? []) state.tags.get(arn)?.delete(key);
    return tagList(state, arn);
  },
  ListTagsForResource: (input, { state }) => tagList(state, existing(input, state)),
};

/** Error codes of what is not there, by the kind in its ARN. */
const MISSING: Readonly<Record<string, readonly [code: string, name: string]>> = {
  replicationgroup: ["ReplicationGroupNotFoundFault", "ReplicationGroup"],
  cluster: ["CacheClusterNotFound", "CacheCluster"],
  user: ["UserNotFound", "User"],
  usergroup: ["UserGroupNotFound", "User Group"],
  subnetgroup: ["CacheSubnetGroupNotFoundFault", "CacheSubnetGroup"],
  parametergroup: ["CacheParameterGroupNotFound", "CacheParameterGroup"],
  snapshot: ["SnapshotNotFoundFault", "Snapshot"],
};

function existing(input: QueryInput, state: CacheState): string {
  const arn = input.text("ResourceName") ?? "";
  if (state.tags.has(arn)) return arn;
  const [kind = "", id = ""] = arn.split(":").slice(5);
  const [code, name] = MISSING[kind] ?? [];
  if (code === undefined) throw new AwsFault("InvalidARN", `ARN ${arn} is invalid.`);
  throw AwsFault.notFound(code, `${name} ${id} not found.`);
}

function tagList(state: CacheState, arn: string): AnswerFields {
  const tags = [...(state.tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value }));
  return { TagList: listOf(tags, "Tag") };
}
