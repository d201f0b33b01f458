import { resourceRule } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import { usersOf } from "./private/security-group-users";

const group = { description: "Nodes", vpc_id: "vpc-1" };

/** Groups that are handed to another stack count by what refers to them there. */
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
  judge: (resource, { graph }) => (usersOf(resource, graph).length > 0 ? pass() : fail("nothing is in it")),
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
  },
});
