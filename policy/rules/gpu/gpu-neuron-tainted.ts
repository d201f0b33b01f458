import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { kindOf } from "../private/node-group";
import { mustBeTainted } from "./private/must-be-tainted";

const group = (taint: unknown): TerraformJson => ({
  resource: { aws_eks_node_group: { inf: { cluster_name: "atlas-prod", instance_types: ["inf2.xlarge"], taint } } },
});

/** As `gpu-nodes-tainted`, of Inferentia and Trainium. */
export const gpuNeuronTainted = resourceRule({
  id: "FD-GPU-018",
  slug: "gpu-neuron-tainted",
  title: "Neuron nodes keep out pods that need no Neuron device",
  severity: "high",
  packs: ["gpu"],
  why: "Without a taint any pod may land on an Inferentia or Trainium node: it takes what the devices' own pods need, and keeps the node from being scaled in.",
  fix: "Give the node group a `taint` with key aws.amazon.com/neuron and effect NO_SCHEDULE.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) =>
    kindOf(group, graph) === "neuron" ? mustBeTainted(group, "aws.amazon.com/neuron", true) : notApplicable(),
  examples: {
    failing: { terraform: group([]) },
    passing: { terraform: group([{ key: "aws.amazon.com/neuron", value: "true", effect: "NO_SCHEDULE" }]) },
    unknown: { terraform: group("${var.taints}") },
  },
});
