import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { judgeSum, poolsAtLargest, shareOf } from "../private/pool-size";

const group = (largest: unknown): Example => ({
  terraform: {
    resource: {
      aws_eks_node_group: {
        batch: {
          cluster_name: "atlas-prod",
          instance_types: ["c7i.4xlarge"],
          scaling_config: { min_size: 0, max_size: largest },
        },
      },
    },
  },
  thresholds: { maxVcpus: 160 },
});

/** Node groups count at their largest, with the type that has most vCPUs. */
export const costVcpuCap = environmentRule({
  id: "FD-COST-005",
  slug: "cost-vcpu-cap",
  title: "All vCPUs of the environment together stay under its cap",
  severity: "medium",
  packs: ["cost"],
  why: "Each group looks small by itself; together they can use up the account's quota, and then production's nodes are the ones that do not start.",
  fix: "Lower `scaling_config.max_size` of the largest node groups, or raise the threshold `maxVcpus` of the stage.",
  judge: (context) => {
    const shares = poolsAtLargest(context).map((pool) => shareOf(pool, ({ vcpu }) => vcpu));
    const { maxVcpus } = context.thresholds;
    return judgeSum(shares, maxVcpus, `must have at most ${maxVcpus} vCPUs at its largest`, "");
  },
  examples: { failing: group(11), passing: group(10), unknown: group("${var.largest}") },
});
