import type { Graph } from "../../engine/graph";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, pass, unknown } from "../../engine/verdict";
import { usersOf } from "./private/security-group-users";

const group = { description: "Nodes", vpc_id: "vpc-1" };

/**
 * Groups that are handed to another stack count by what refers to them there. Of one that an output hands to a stack that is not
 * judged nothing is known.
 */
export const networkGroupsAttached = resourceRule({
  id: "FD-NET-008",
  slug: "network-groups-attached",
  title: "Every security group has something in it",
  severity: "low",
  packs: ["baseline"],
  why: "A group without members protects nothing: its rules were meant for something that is open, or gone.",
  fix: "Put the group on what it is for, or delete it.",
  sameAs: { checkov: ["CKV2_AWS_5"] },
  types: ["aws_security_group"],
  judge: (resource, { graph }) => {
    if (usersOf(resource, graph).length > 0) return pass();
    const output = outputFor(resource, graph);
    return output === undefined
      ? fail("nothing is in it")
      : unknown(`nothing here is in it, and who reads the output \`${output}\` is not known here`);
  },
  examples: {
    failing: { terraform: { resource: { aws_security_group: { nodes: group } } } },
    passing: {
      terraform: {
        resource: {
          aws_security_group: { nodes: group },
          aws_launch_template: { nodes: { vpc_security_group_ids: ["${aws_security_group.nodes.id}"] } },
        },
      },
    },
    unknown: {
      terraform: {
        resource: { aws_security_group: { nodes: group } },
        output: { nodes: { value: "${aws_security_group.nodes.id}" } },
      },
    },
  },
});

/** The output that hands a group on; undefined when there is none, or a stack that is judged too reads it. */
function outputFor(group: Resource, graph: Graph): string | undefined {
  if (graph.referrers(group).some(({ stack }) => stack !== group.stack)) return undefined;
  const outputs = Object.entries(graph.stacks.find(({ id }) => id === group.stack)?.outputs ?? {});
  return outputs.find(([, value]) => graph.targets(value).includes(group))?.[0];
}
