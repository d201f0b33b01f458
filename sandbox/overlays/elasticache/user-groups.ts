import { AwsFault } from "./aws-fault";
import type { CacheState, UserGroup } from "./cache-state";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";
import { keepTags } from "./tags";
import { findUser } from "./users";

/** User groups. */
export const userGroupOperations: Operations = {
  CreateUserGroup: (input, { state }) => {
    const id = (input.text("UserGroupId") ?? "").toLowerCase();
    const engine = (input.text("Engine") ?? "").toLowerCase();
    if (state.userGroups.has(id)) throw new AwsFault("UserGroupAlreadyExists", `User Group ${id} already exists.`);
    const userIds = input.list("UserIds") ?? [];
    requireMembers(state, engine, userIds);
    const group = { id, engine, userIds };
    state.userGroups.set(id, group);
    keepTags(state, state.arn("usergroup", id), input);
    return view(state, group);
  },
  ModifyUserGroup: (input, { state }) => {
    const group = findUserGroup(state, input.text("UserGroupId"));
    const removed = input.list("UserIdsToRemove") ?? [];
    const kept = group.userIds.filter((id) => !removed.includes(id));
    const userIds = [...kept, ...(input.list("UserIdsToAdd") ?? [])];
    requireMembers(state, group.engine, userIds);
    group.userIds = userIds;
    return view(state, group);
  },
  DescribeUserGroups: (input, { state }) => {
    const id = input.text("UserGroupId");
    const groups = id === undefined ? [...state.userGroups.values()] : [findUserGroup(state, id)];
    return { UserGroups: listOf(groups.map((group) => view(state, group))) };
  },
  DeleteUserGroup: (input, { state }) => {
    const group = findUserGroup(state, input.text("UserGroupId"));
    const [used] = cachesOf(state, group.id);
    if (used !== undefined) {
      const message = `User group ${group.id} is associated with replication group ${used} and can't be deleted.`;
      throw new AwsFault("InvalidUserGroupState", message);
    }
    state.userGroups.delete(group.id);
    state.tags.delete(state.arn("usergroup", group.id));
    return { ...view(state, group), Status: "deleting" };
  },
};

/** @throws AwsFault when there is none */
export function findUserGroup(state: CacheState, id = ""): UserGroup {
  const group = state.userGroups.get(id.toLowerCase());
  if (group !== undefined) return group;
  throw AwsFault.notFound("UserGroupNotFound", `User Group ${id} not found.`);
}

/** Groups for Redis OSS need a user called default; in groups for Valkey everybody has to authenticate. */
function requireMembers(state: CacheState, engine: string, userIds: readonly string[]): void {
  if (engine !== "redis" && engine !== "valkey") throw AwsFault.invalidValue(`Engine ${engine} is not supported.`);
  const users = userIds.map((id) => findUser(state, id));
  const names = users.map(({ name }) => name);
  if (engine === "redis" && !names.includes("default")) {
    throw new AwsFault("DefaultUserRequired", "User group needs to contain a user with the user name default.");
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new AwsFault("DuplicateUserName", `User group has more than one user named ${twice}.`);
  const open = users.find(({ authentication }) => authentication === "no-password");
  if (engine === "valkey" && open !== undefined) {
    const message = `User ${open.id} doesn't authenticate: groups of engine valkey take users with password or iam authentication.`;
    throw AwsFault.invalidCombination(message);
  }
  const foreign = users.find((user) => user.engine === "valkey");
  if (engine === "redis" && foreign !== undefined) {
    throw AwsFault.invalidCombination(`User ${foreign.id} of engine valkey can't be in a group of engine redis.`);
  }
}

function cachesOf(state: CacheState, groupId: string): string[] {
  return [...state.replicationGroups.values()]
    .filter(({ userGroupIds }) => userGroupIds.includes(groupId))
    .map(({ id }) => id);
}

function view(state: CacheState, group: UserGroup): AnswerFields {
  return {
    UserGroupId: group.id,
    Status: "active",
    Engine: group.engine,
    UserIds: listOf(group.userIds),
    MinimumEngineVersion: group.engine === "valkey" ? "7.2" : "6.0",
    ReplicationGroups: listOf(cachesOf(state, group.id)),
    ARN: state.arn("usergroup", group.id),
  };
}
