import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { kindOf, kindOfType, shapeOf } from "../private/node-group";

const group = (...types: readonly string[]): TerraformJson => ({
  resource: { aws_eks_node_group: { services: { cluster_name: "atlas-prod", instance_types: types } } },
});

/** Of a mixed group the other rules for GPUs do not speak. */
export const gpuNotAmongCpu = resourceRule({
  id: "FD-GPU-019",
  slug: "gpu-not-among-cpu",
  title: "A node group does not mix accelerated instance types with others",
  severity: "high",
  packs: ["gpu", "cost"],
  why: "Pods without a GPU start GPU nodes, at many times the price, whenever the cheaper type is not to be had; and pods with one wait for a node that is there by chance.",
  fix: "Move the accelerated types to a node group of their own, with a taint and the image for them.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const kind = kindOf(group, graph);
    if (kind === "unknown") return notApplicable();
    if (kind !== "mixed") return pass();
    const { names, value } = shapeOf(group, graph);
    const got = names.map((name) => `${name} (${kindOfType(name)})`).join(", ");
    return fail(`\`${value.path}\` must be of one kind, got ${got}`, { attribute: value.path });
  },
  examples: {
    failing: { terraform: group("m7i.2xlarge", "g6.2xlarge") },
    passing: { terraform: group("m7i.2xlarge", "m6i.2xlarge") },
  },
});
