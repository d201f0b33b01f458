import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { ec2Answer, ec2Parameters, listOf, tagsOf } from "./ec2-query";

/** Operations that change the tags of existing things. */
export const TAG_ACTIONS: readonly string[] = ["CreateTags", "DeleteTags"];

/** Something with tags that an overlay remembers. */
export interface Tagged {
  readonly id: string;
  readonly tags: Map<string, string>;
}

/** Answers a change of tags when all that it names is remembered here; undefined leaves it to moto. */
export function changeTags(call: AwsCall, find: (id: string) => Tagged | undefined): AwsResponse | undefined {
  const parameters = ec2Parameters(call);
  const found = listOf(parameters, "ResourceId").map(find);
  if (found.length === 0 || found.includes(undefined)) return undefined;
  for (const one of found) {
    for (const [key, value] of tagsOf(parameters)) {
      if (call.action === "CreateTags") one?.tags.set(key, value);
      else one?.tags.delete(key);
    }
  }
  return ec2Answer(call.action, "<return>true</return>");
}
