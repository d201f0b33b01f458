import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { kindOf, shapeOf } from "../private/node-group";

const group = (...types: readonly string[]): TerraformJson => ({
  resource: { aws_eks_node_group: { l4: { cluster_name: "atlas-prod", instance_types: types } } },
});

/** Sizes may differ as long as number and model of the accelerators do not. Only types of the catalogue are looked at. */
export const gpuOneShape = resourceRule({
  id: "FD-GPU-017",
  slug: "gpu-one-shape",
  title: "All instance types of a GPU node group have the same GPUs",
  severity: "medium",
  packs: ["gpu"],
  why: "The cluster autoscaler takes the first type for all of them: it counts GPUs that do not come, and a model that needs 40 GiB lands on a card with 24.",
  fix: "Make a node group for each number and model of GPUs.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const kind = kindOf(group, graph);
    if (kind !== "nvidia" && kind !== "neuron") return notApplicable();
    const { types, value } = shapeOf(group, graph);
    const shapes = types.flatMap(({ name, accelerator }) =>
      accelerator === null ? [] : [{ name, gpus: `${accelerator.count} ${accelerator.name}` }],
    );
    if (new Set(shapes.map(({ gpus }) => gpus)).size <= 1) return pass();
    const got = shapes.map(({ name, gpus }) => `${name} (${gpus})`).join(", ");
    return fail(`\`${value.path}\` must have the same GPUs, got ${got}`, { attribute: value.path });
  },
  examples: {
    failing: { terraform: group("g6.xlarge", "g6.12xlarge") },
    passing: { terraform: group("g6.xlarge", "g6.2xlarge") },
  },
});
