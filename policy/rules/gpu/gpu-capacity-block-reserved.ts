import { hasCapacityBlocks } from "../../../catalog";
import { mustBe, mustBeAbsent, mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { launchTemplateOf, shapeOf } from "../private/node-group";

const group = (reservation: object): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      train: {
        cluster_name: "atlas-prod",
        capacity_type: "CAPACITY_BLOCK",
        launch_template: { id: "${aws_launch_template.train.id}", version: "1" },
      },
    },
    aws_launch_template: {
      train: {
        instance_type: "p5.48xlarge",
        instance_market_options: { market_type: "capacity-block" },
        ...reservation,
      },
    },
  },
});

const TARGET = "capacity_reservation_specification.capacity_reservation_target";

/** EKS takes the instance type of a Capacity Block from the launch template, and refuses one of the group's own. */
export const gpuCapacityBlockReserved = resourceRule({
  id: "FD-GPU-010",
  slug: "gpu-capacity-block-reserved",
  title: "A node group on a Capacity Block says which one",
  severity: "high",
  packs: ["gpu"],
  why: "Without the reservation's id and the market type EC2 starts nothing in it: the block is paid for in advance and runs out unused.",
  fix: 'In the launch template set `instance_type`, `instance_market_options.market_type` to "capacity-block" and the reservation\'s id as target; leave `instance_types` of the group out.',
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const template = launchTemplateOf(group, graph);
    const market = template?.at("instance_market_options.market_type");
    const capacity = group.at("capacity_type");
    if (capacity.literal !== "CAPACITY_BLOCK")
      return market?.literal === "capacity-block" ? mustBe(capacity, "CAPACITY_BLOCK") : notApplicable();
    const block = group.at("launch_template");
    if (template === undefined || market === undefined)
      return block.absent
        ? mustBeSet(block)
        : unknown(
            `\`launch_template\` must ask for the Capacity Block, and is not among the stacks: ${block.toString()}`,
          );
    const id = template.at(`${TARGET}.capacity_reservation_id`);
    const others = shapeOf(group, graph).types.filter((type) => !hasCapacityBlocks(type));
    return allOf(
      mustBe(market, "capacity-block"),
      mustBeSet(id.absent ? template.at(`${TARGET}.capacity_reservation_resource_group_arn`) : id),
      mustBeAbsent(group.at("instance_types")),
      others.length === 0
        ? pass()
        : fail(`\`instance_type\` must be one with Capacity Blocks, got ${others.map(({ name }) => name).join(", ")}`),
    );
  },
  examples: {
    failing: { terraform: group({}) },
    passing: {
      terraform: group({
        capacity_reservation_specification: {
          capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
        },
      }),
    },
    unknown: {
      terraform: {
        resource: {
          aws_eks_node_group: {
            train: {
              cluster_name: "atlas-prod",
              capacity_type: "CAPACITY_BLOCK",
              launch_template: { id: "${var.template}", version: "1" },
            },
          },
        },
      },
    },
  },
});
