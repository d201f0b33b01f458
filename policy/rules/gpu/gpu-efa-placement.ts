import { mustBe, mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { efaInterfacesOf } from "./private/efa";

const template = (placement: object, strategy = "cluster"): TerraformJson => ({
  resource: {
    aws_launch_template: {
      train: { network_interfaces: [{ device_index: 0, interface_type: "efa" }], ...placement },
    },
    aws_placement_group: { train: { name: "atlas-prod-train", strategy } },
  },
});

/** Not asked of Capacity Blocks, which EC2 places close together by itself. */
export const gpuEfaPlacement = resourceRule({
  id: "FD-GPU-007",
  slug: "gpu-efa-placement",
  title: "Nodes with Elastic Fabric Adapters stand in a cluster placement group",
  severity: "medium",
  packs: ["gpu"],
  why: "Spread over the zone, nodes reach each other through more switches: collective operations of training take longer, and nothing says why.",
  fix: 'Define `aws_placement_group` with strategy "cluster" and name it in `placement.group_name`.',
  types: ["aws_launch_template"],
  judge: (template, { graph }) => {
    if (efaInterfacesOf(template).length === 0) return notApplicable();
    if (template.at("instance_market_options.market_type").literal === "capacity-block") return notApplicable();
    const name = template.at("placement.group_name");
    const group = graph.targets(name).find(({ type }) => type === "aws_placement_group");
    return group === undefined ? mustBeSet(name) : mustBe(group.at("strategy"), "cluster");
  },
  examples: {
    failing: { terraform: template({}) },
    passing: { terraform: template({ placement: { group_name: "${aws_placement_group.train.name}" } }) },
    unknown: {
      terraform: template({ placement: { group_name: "${aws_placement_group.train.name}" } }, "${var.strategy}"),
    },
  },
});
