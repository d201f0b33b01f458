import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { isGpuNodePool } from "../private/karpenter";
import { judgeSum, poolsAtLargest, shareOf } from "../private/pool-size";

const group = (largest: unknown): Example => ({
  terraform: {
    resource: {
      aws_eks_node_group: {
        h100: {
          cluster_name: "atlas-prod",
          instance_types: ["p5.48xlarge"],
          scaling_config: { min_size: 0, max_size: largest },
        },
      },
    },
  },
  thresholds: { maxGpus: 32 },
});

/** Node groups count at their largest, with the type that has most GPUs; node pools of Karpenter by their limit. */
export const gpuCap = environmentRule({
  id: "FD-GPU-005",
  slug: "gpu-cap",
  title: "All GPUs of the environment together stay under its cap",
  severity: "high",
  packs: ["gpu", "cost"],
  why: "Each group looks small by itself; a runaway sweep scales all of them out at once, until the account's quota or the budget is gone.",
  fix: "Lower `scaling_config.max_size` of the largest GPU groups, or raise the threshold `maxGpus` of the stage.",
  judge: (context) => {
    const groups = poolsAtLargest(context)
      .filter(({ kind }) => kind === "nvidia")
      .map((pool) => shareOf(pool, ({ accelerator }) => accelerator?.count));
    const pools = context.graph
      .objectsOf("NodePool")
      .filter((pool) => isGpuNodePool(pool) && !pool.at(["spec", "limits", "nvidia.com/gpu"]).absent)
      .map((subject) => ({ subject, amount: subject.at(["spec", "limits", "nvidia.com/gpu"]).number }));
    const { maxGpus } = context.thresholds;
    return judgeSum([...groups, ...pools], maxGpus, `must have at most ${maxGpus} GPUs at its largest`, "");
  },
  examples: { failing: group(5), passing: group(4), unknown: group("${var.largest}") },
});
