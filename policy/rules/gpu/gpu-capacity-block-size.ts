import type { Graph } from "../../engine/graph";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { launchTemplateOf } from "../private/node-group";

const group = (largest: number, reservation: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      train: {
        cluster_name: "atlas-prod",
        capacity_type: "CAPACITY_BLOCK",
        scaling_config: { min_size: 0, max_size: largest },
        launch_template: { id: "${aws_launch_template.train.id}", version: "1" },
      },
    },
    aws_launch_template: {
      train: {
        capacity_reservation_specification: {
          capacity_reservation_target: { capacity_reservation_id: reservation },
        },
      },
    },
    aws_ec2_capacity_block_reservation: {
      may: { capacity_block_offering_id: "${data.aws_ec2_capacity_block_offering.may.capacity_block_offering_id}" },
    },
  },
  data: { aws_ec2_capacity_block_offering: { may: { instance_type: "p5.48xlarge", instance_count: 4 } } },
});

const TARGET = "capacity_reservation_specification.capacity_reservation_target";

/** Instances of the Capacity Block that a template aims at; undefined when the stacks do not say. */
function reservedOf(template: Resource, graph: Graph): number | undefined {
  const reservation = graph.targets(template.at(TARGET)).find(({ type }) => type.startsWith("aws_ec2_capacity_"));
  if (reservation === undefined) return undefined;
  const offering = graph
    .targets(reservation.at("capacity_block_offering_id"))
    .find(({ type }) => type === "aws_ec2_capacity_block_offering");
  return (offering ?? reservation).at("instance_count").number;
}

/**
 * How many were reserved is known where reservation and offering stand in the stacks. Of a group that names none
 * `gpu-capacity-block-reserved` speaks.
 */
export const gpuCapacityBlockSize = resourceRule({
  id: "FD-GPU-011",
  slug: "gpu-capacity-block-size",
  title: "A node group on a Capacity Block does not grow beyond it",
  severity: "high",
  packs: ["gpu"],
  why: "EC2 has nothing beyond the block: the autoscaler goes up, the launch fails, the group is put on hold, and pods that would fit elsewhere wait.",
  fix: "Set `scaling_config.max_size` to at most the number of instances of the reservation.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    if (group.at("capacity_type").literal !== "CAPACITY_BLOCK") return notApplicable();
    const largest = group.at("scaling_config.max_size");
    const template = launchTemplateOf(group, graph);
    const target = template?.at(TARGET);
    if (target !== undefined && !target.unknown && target.keys.length === 0) return notApplicable();
    const reserved = template && reservedOf(template, graph);
    const about = { attribute: largest.path };
    if (reserved === undefined || largest.number === undefined)
      return unknown(
        `\`${largest.path}\` must be at most what is reserved, got ${largest.toString()}: the stacks do not say how many are`,
        about,
      );
    return largest.number <= reserved
      ? pass()
      : fail(`\`${largest.path}\` must be at most the ${reserved} instances reserved, got ${largest.number}`, about);
  },
  examples: {
    failing: { terraform: group(8, "${aws_ec2_capacity_block_reservation.may.id}") },
    passing: { terraform: group(4, "${aws_ec2_capacity_block_reservation.may.id}") },
    unknown: { terraform: group(4, "cr-0123456789abcdef0") },
  },
});
