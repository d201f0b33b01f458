import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { kindOf } from "../private/node-group";

const group = (subnets: unknown): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      system: { cluster_name: "atlas-prod", instance_types: ["m7i.xlarge"], subnet_ids: subnets },
    },
    aws_subnet: { a: { availability_zone: "us-east-1a" }, b: { availability_zone: "us-east-1b" } },
  },
});

/** In production, and not of accelerated nodes: those are bound to the zone that has their capacity. */
export const nodeSeveralZones = resourceRule({
  id: "FD-NODE-009",
  slug: "node-several-zones",
  title: "In production, CPU nodes stand in at least two zones",
  severity: "medium",
  packs: ["baseline"],
  why: "With all nodes in one zone its outage takes DNS, the controllers and every server along, whatever their replicas.",
  fix: "Give `subnet_ids` a subnet of each zone.",
  types: ["aws_eks_node_group"],
  judge: (group, { environment, graph }) => {
    const kind = kindOf(group, graph);
    if (environment.stage !== "prod" || kind === "nvidia" || kind === "neuron" || kind === "mixed")
      return notApplicable();
    const subnets = group.at("subnet_ids");
    const about = { attribute: subnets.path };
    const message = `\`${subnets.path}\` must lie in at least two zones`;
    const written = subnets.items.map((subnet) => subnet.text ?? subnet.references.join());
    if (subnets.unknown || written.some((subnet) => subnet.includes("[*]")))
      return unknown(`${message}, and is known only after apply: ${subnets.toString()}`, about);
    const different = new Set(written);
    if (different.size < 2) return fail(`${message}, got ${different.size} subnet`, about);
    const found = graph.targets(subnets).filter(({ type }) => type === "aws_subnet");
    const zones = new Set(found.map((subnet) => subnet.at("availability_zone").toString()));
    return found.length === different.size && zones.size < 2
      ? fail(`${message}, got ${[...zones].join(", ")}`, about)
      : pass();
  },
  examples: {
    failing: { terraform: group(["${aws_subnet.a.id}"]) },
    passing: { terraform: group(["${aws_subnet.a.id}", "${aws_subnet.b.id}"]) },
    unknown: { terraform: group("${var.subnets}") },
  },
});
