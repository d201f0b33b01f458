import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { launchTemplateOf } from "../private/node-group";
import { efaInterfacesOf } from "./private/efa";

const group = (subnets: unknown): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      train: {
        cluster_name: "atlas-prod",
        subnet_ids: subnets,
        launch_template: { id: "${aws_launch_template.train.id}", version: "1" },
      },
    },
    aws_launch_template: { train: { network_interfaces: [{ interface_type: "efa" }] } },
  },
});

/** Of groups with Elastic Fabric Adapters, and of Capacity Blocks. */
export const gpuOneZone = resourceRule({
  id: "FD-GPU-008",
  slug: "gpu-one-zone",
  title: "Node groups with Elastic Fabric Adapters or a Capacity Block stand in one subnet",
  severity: "high",
  packs: ["gpu"],
  why: "Neither the adapters' traffic nor a cluster placement group nor a reservation crosses zones: nodes in the second one cannot train with the first, or never start.",
  fix: "Give `subnet_ids` the one subnet of the zone that has the capacity.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const template = launchTemplateOf(group, graph);
    const hasEfa = template !== undefined && efaInterfacesOf(template).length > 0;
    if (!hasEfa && group.at("capacity_type").literal !== "CAPACITY_BLOCK") return notApplicable();
    const subnets = group.at("subnet_ids");
    const about = { attribute: subnets.path };
    if (subnets.unknown)
      return unknown(
        `\`subnet_ids\` must hold one subnet, and is known only after apply: ${subnets.toString()}`,
        about,
      );
    const count = subnets.items.length;
    return count === 1 ? pass() : fail(`\`subnet_ids\` must hold one subnet, got ${count}`, about);
  },
  examples: {
    failing: { terraform: group(["${aws_subnet.a.id}", "${aws_subnet.b.id}"]) },
    passing: { terraform: group(["${aws_subnet.a.id}"]) },
    unknown: { terraform: group("${var.subnets}") },
  },
});
