import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { kindOf } from "../private/node-group";

const group = (smallest: unknown): Example => ({
  terraform: {
    resource: {
      aws_eks_node_group: {
        l4: {
          cluster_name: "atlas-dev",
          instance_types: ["g6.xlarge"],
          scaling_config: { min_size: smallest, max_size: 2, desired_size: 1 },
        },
      },
    },
  },
  stage: "dev",
});

/** Inferentia and Trainium count as GPUs. In production a pool may stay warm. */
export const gpuScalesToZero = resourceRule({
  id: "FD-GPU-004",
  slug: "gpu-scales-to-zero",
  title: "Outside production, GPU node groups can scale to zero",
  severity: "medium",
  packs: ["gpu", "cost"],
  why: "One GPU node that nobody uses costs hundreds to tens of thousands of dollars a month, nights and weekends included.",
  fix: "Set `scaling_config.min_size` to 0 and let the autoscaler bring nodes when pods ask for them.",
  types: ["aws_eks_node_group"],
  judge: (group, { environment, graph }) => {
    const kind = kindOf(group, graph);
    if (environment.stage === "prod" || (kind !== "nvidia" && kind !== "neuron")) return notApplicable();
    return must(
      group.at("scaling_config.min_size"),
      (literal) => Number(literal) === 0,
      "must be 0 outside production",
    );
  },
  examples: { failing: group(1), passing: group(0), unknown: group("${var.smallest}") },
});
