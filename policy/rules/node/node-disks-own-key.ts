import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf } from "../../engine/verdict";
import { disksOf } from "../private/disks";

const template = (ebs: object): TerraformJson => ({
  resource: {
    aws_launch_template: {
      nodes: { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", ...ebs } }] },
    },
  },
});

/** Of disks that are not encrypted at all `node-disks-encrypted` speaks. Launch configurations cannot name a key. */
export const nodeDisksOwnKey = resourceRule({
  id: "FD-NODE-006",
  slug: "node-disks-own-key",
  title: "The disks of nodes are encrypted with a key of the account",
  severity: "low",
  packs: ["cis-eks"],
  why: "AWS's default key for EBS has a policy that nobody can change: who may use it cannot be narrowed, and snapshots cannot be shared.",
  fix: "Set `ebs.kms_key_id` to the ARN of a KMS key that the service-linked role of autoscaling may use.",
  types: ["aws_launch_template", "aws_instance"],
  judge: (resource) =>
    allOf(
      disksOf(resource)
        .filter((disk) => disk.at("encrypted").boolean === true)
        .map((disk) => mustBeSet(disk.at("kms_key_id"))),
    ),
  examples: {
    failing: { terraform: template({}) },
    passing: { terraform: template({ kms_key_id: "${aws_kms_key.disks.arn}" }) },
  },
});
