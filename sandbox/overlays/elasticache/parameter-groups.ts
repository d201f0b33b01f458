import { redisVersions } from "../../../catalog";
import { AwsFault } from "./aws-fault";
import type { CacheState, ParameterGroup } from "./cache-state";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";
import type { QueryInput } from "./query-input";
import { keepTags } from "./tags";

const FAMILIES = new Set(
  (["valkey", "redis"] as const).flatMap((engine) =>
    redisVersions(engine).map(({ parameterGroupFamily }) => parameterGroupFamily),
  ),
);

/** Parameter groups. */
export const parameterGroupOperations: Operations = {
  CreateCacheParameterGroup: (input, { state }) => {
    const name = (input.text("CacheParameterGroupName") ?? "").toLowerCase();
    const family = input.text("CacheParameterGroupFamily") ?? "";
    if (!FAMILIES.has(family)) {
      throw AwsFault.invalidValue(`CacheParameterGroupFamily ${family} is not a valid parameter group family.`);
    }
    if (state.parameterGroups.has(name)) {
      throw new AwsFault("CacheParameterGroupAlreadyExists", `Parameter group ${name} already exists`);
    }
    const group = { name, family, description: input.text("Description") ?? "", parameters: new Map() };
    state.parameterGroups.set(name, group);
    keepTags(state, state.arn("parametergroup", name), input);
    return { CacheParameterGroup: view(state, group) };
  },
  DescribeCacheParameterGroups: (input, { state }) => {
    const name = input.text("CacheParameterGroupName");
    const groups = name === undefined ? [...state.parameterGroups.values()] : [findParameterGroup(state, name)];
    const views = groups.map((group) => view(state, group));
    return { CacheParameterGroups: listOf(views, "CacheParameterGroup") };
  },
  DescribeCacheParameters: (input, { state }) => {
    const { parameters } = findParameterGroup(state, input.text("CacheParameterGroupName"));
    // Of the engine's own values the sandbox knows none.
    const shown = (input.text("Source") ?? "user") === "user" ? [...parameters] : [];
    const views = shown.map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue, Source: "user" }));
    return { Parameters: listOf(views, "Parameter") };
  },
  ModifyCacheParameterGroup: (input, { state }) => {
    const group = changeable(state, input);
    for (const [name, value] of namedValues(input)) group.parameters.set(name, value);
    return { CacheParameterGroupName: group.name };
  },
  ResetCacheParameterGroup: (input, { state }) => {
    const group = changeable(state, input);
    if (input.flag("ResetAllParameters") === true) group.parameters.clear();
    for (const [name] of namedValues(input)) group.parameters.delete(name);
    return { CacheParameterGroupName: group.name };
  },
  DeleteCacheParameterGroup: (input, { state }) => {
    const { name } = changeable(state, input);
    if ([...state.replicationGroups.values()].some(({ parameterGroup }) => parameterGroup === name)) {
      const message = `One or more cache clusters are still members of this parameter group ${name}, so the group cannot be deleted.`;
      throw new AwsFault("InvalidCacheParameterGroupState", message);
    }
    state.parameterGroups.delete(name);
    state.tags.delete(state.arn("parametergroup", name));
    return undefined;
  },
};

/** @throws AwsFault when there is none; the groups that AWS keeps for each family are there always */
export function findParameterGroup(state: CacheState, name = ""): ParameterGroup {
  const group = state.parameterGroups.get(name.toLowerCase()) ?? defaultGroup(name);
  if (group !== undefined) return group;
  throw AwsFault.notFound("CacheParameterGroupNotFound", `CacheParameterGroup ${name} not found.`);
}

function defaultGroup(name: string): ParameterGroup | undefined {
  const [, family = "", cluster] = /^default\.([a-z]+\d+)(\.cluster\.on)?$/.exec(name) ?? [];
  if (!FAMILIES.has(family)) return undefined;
  const parameters = new Map(cluster === undefined ? [] : [["cluster-enabled", "yes"]]);
  return { name, family, description: `Default parameter group for ${family}`, parameters };
}

function changeable(state: CacheState, input: QueryInput): ParameterGroup {
  const group = findParameterGroup(state, input.text("CacheParameterGroupName"));
  if (state.parameterGroups.has(group.name)) return group;
  throw AwsFault.invalidValue(`The parameter group ${group.name} is a default one and can't be changed.`);
}

function namedValues(input: QueryInput): (readonly [name: string, value: string])[] {
  return input
    .structures("ParameterNameValues", "ParameterNameValue")
    .map((one) => [one.text("ParameterName") ?? "", one.text("ParameterValue") ?? ""] as const);
}

function view(state: CacheState, { name, family, description }: ParameterGroup): AnswerFields {
  return {
    CacheParameterGroupName: name,
    CacheParameterGroupFamily: family,
    Description: description,
    IsGlobal: false,
    ARN: state.arn("parametergroup", name),
  };
}
