import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { launchTemplateOf, shapeOf } from "../private/node-group";
import { efaInterfacesOf } from "./private/efa";

const group = (types: unknown): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      train: {
        cluster_name: "atlas-prod",
        instance_types: types,
        launch_template: { id: "${aws_launch_template.train.id}", version: "1" },
      },
    },
    aws_launch_template: {
      train: { network_interfaces: [{ device_index: 0, network_card_index: 0, interface_type: "efa" }] },
    },
  },
});

/** How many a type has is in the catalogue. */
export const gpuEfaOffered = resourceRule({
  id: "FD-GPU-006",
  slug: "gpu-efa-offered",
  title: "Elastic Fabric Adapters are asked of instance types that have as many",
  severity: "high",
  packs: ["gpu"],
  why: "EC2 refuses to start an instance with more adapters than its type has: the group stays empty, and the reason is in the autoscaling group's history only.",
  fix: "Remove `network_interfaces` of type efa, or choose types with as many adapters, such as p5.48xlarge with 32.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const template = launchTemplateOf(group, graph);
    const asked = template === undefined ? 0 : efaInterfacesOf(template).length;
    if (asked === 0) return notApplicable();
    const { types, value, complete } = shapeOf(group, graph);
    const about = { attribute: value.path };
    const few = types.filter(({ efaInterfaces }) => efaInterfaces < asked);
    const message = `\`${value.path}\` must have ${asked} Elastic Fabric Adapter${asked === 1 ? "" : "s"}, as the launch template asks`;
    if (few.length > 0) {
      const got = few.map(({ name, efaInterfaces }) => `${name} with ${efaInterfaces}`).join(", ");
      return fail(`${message}, got ${got}`, about);
    }
    return complete ? pass() : unknown(`${message}, got ${value.toString()}`, about);
  },
  examples: {
    failing: { terraform: group(["g6.xlarge"]) },
    passing: { terraform: group(["p5.48xlarge"]) },
    unknown: { terraform: group("${var.types}") },
  },
});
