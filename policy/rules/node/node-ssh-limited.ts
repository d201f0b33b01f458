import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const group = (access: object): TerraformJson => ({
  resource: { aws_eks_node_group: { workers: { cluster_name: "atlas-prod", remote_access: access } } },
});

/** With a key and no security groups, EKS opens port 22 to everybody. */
export const nodeSshLimited = resourceRule({
  id: "FD-NODE-007",
  slug: "node-ssh-limited",
  title: "SSH to nodes is open to named security groups only",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "For a node group with an SSH key and no source groups EKS opens port 22 to 0.0.0.0/0.",
  fix: "Leave `remote_access` out and use Session Manager, or set `remote_access.source_security_group_ids`.",
  sameAs: { checkov: ["CKV_AWS_100"] },
  types: ["aws_eks_node_group"],
  judge: (group) => {
    const access = group.at("remote_access");
    if (access.at("ec2_ssh_key").absent) return notApplicable();
    return mustBeSet(access.at("source_security_group_ids"));
  },
  examples: {
    failing: { terraform: group({ ec2_ssh_key: "ops" }) },
    passing: {
      terraform: group({ ec2_ssh_key: "ops", source_security_group_ids: ["${aws_security_group.bastion.id}"] }),
    },
  },
});
