import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { ec2Answer, ec2Arn, ec2Parameters, ec2Refusal, elements, listOf, tagSet, tagsOf } from "./ec2-query";
import { changeTags, TAG_ACTIONS, type Tagged } from "./ec2-tagged";
import { identifierOf, type Overlay } from "./overlay";

interface PlacementGroup extends Tagged {
  readonly name: string;
  readonly strategy: string;
  readonly arn: string;
  readonly partitionCount?: string;
  readonly spreadLevel?: string;
}

/** moto has no placement groups. */
export function ec2PlacementGroups(): Overlay {
  /** By account, region and name. */
  const groups = new Map<string, PlacementGroup>();
  const inPlace = (call: AwsCall) =>
    [...groups].filter(([key]) => key.startsWith(`${placeOf(call)}/`)).map(([, group]) => group);
  const answers: Readonly<Record<string, (call: AwsCall, seq: number | undefined) => AwsResponse>> = {
    CreatePlacementGroup: (call, seq) => {
      const group = groupOf(call, seq);
      const key = `${placeOf(call)}/${group.name}`;
      if (groups.has(key)) {
        return ec2Refusal("InvalidPlacementGroup.Duplicate", `The placement group ${group.name} already exists`);
      }
      groups.set(key, group);
      return ec2Answer(call.action, `<return>true</return><placementGroup>${render(group)}</placementGroup>`);
    },
    DescribePlacementGroups: (call) => {
      const parameters = ec2Parameters(call);
      const names = listOf(parameters, "GroupName");
      const ids = listOf(parameters, "GroupId");
      const there = inPlace(call);
      const missing = names.find((name) => !there.some((group) => group.name === name));
      if (missing !== undefined) return unknown(missing);
      const found = there.filter(({ name, id }) => [names, ids].every((list, at) => matches(list, at ? id : name)));
      const items = found.map((group) => `<item>${render(group)}</item>`);
      return ec2Answer(call.action, `<placementGroupSet>${items.join("")}</placementGroupSet>`);
    },
    DeletePlacementGroup: (call) => {
      const name = ec2Parameters(call).get("GroupName") ?? "";
      if (!groups.delete(`${placeOf(call)}/${name}`)) return unknown(name);
      return ec2Answer(call.action, "<return>true</return>");
    },
  };
  return {
    service: "ec2",
    actions: [...Object.keys(answers), ...TAG_ACTIONS],
    answer: (call, { seq }) =>
      Promise.resolve(
        TAG_ACTIONS.includes(call.action)
          ? changeTags(call, (id) => inPlace(call).find((group) => group.id === id))
          : answers[call.action]?.(call, seq),
      ),
  };
}

function groupOf(call: AwsCall, seq: number | undefined): PlacementGroup {
  const parameters = ec2Parameters(call);
  const name = parameters.get("GroupName") ?? "";
  return {
    id: `pg-${identifierOf(seq, 17)}`,
    name,
    strategy: parameters.get("Strategy") ?? "cluster",
    arn: ec2Arn(call, `placement-group/${name}`),
    partitionCount: parameters.get("PartitionCount") ?? undefined,
    spreadLevel: parameters.get("SpreadLevel") ?? undefined,
    tags: tagsOf(parameters),
  };
}

function render({ id, name, strategy, arn, partitionCount, spreadLevel, tags }: PlacementGroup): string {
  const values = { groupName: name, state: "available", strategy, groupId: id, groupArn: arn };
  return elements({ ...values, partitionCount, spreadLevel }) + tagSet(tags);
}

function matches(asked: readonly string[], value: string): boolean {
  return asked.length === 0 || asked.includes(value);
}

function unknown(name: string): AwsResponse {
  return ec2Refusal("InvalidPlacementGroup.Unknown", `The Placement Group '${name}' is unknown.`);
}

function placeOf({ account, region }: AwsCall): string {
  return `${account}/${region}`;
}
