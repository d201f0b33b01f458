import type { InstanceType } from "../../../catalog";
import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { judgeSum, poolsAtLargest, shareOf } from "../private/pool-size";

/** A twelfth of a year of 365 days. */
const HOURS_PER_MONTH = 730;

const group = (region: string, largest: unknown): Example => ({
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
  environment: { region },
  thresholds: { maxMonthlyUsd: 100_000 },
});

/** Prices are those on demand of the catalogue, which knows few regions: elsewhere the sum is unknown. */
export const costMonthlyCap = environmentRule({
  id: "FD-COST-006",
  slug: "cost-monthly-cap",
  title: "All nodes of the environment together, at their largest, cost less than its cap",
  severity: "medium",
  packs: ["cost"],
  why: "What may start by itself will one day run for a month: this is the largest bill that nobody has to sign for.",
  fix: "Lower `scaling_config.max_size` of the dearest node groups, or raise the threshold `maxMonthlyUsd` of the stage.",
  judge: (context) => {
    const { region } = context.environment;
    const monthly = ({ onDemandUsdPerHour }: InstanceType): number | undefined => {
      const price = region === undefined ? undefined : onDemandUsdPerHour[region];
      return price === undefined || price === null ? undefined : price * HOURS_PER_MONTH;
    };
    const shares = poolsAtLargest(context).map((pool) => shareOf(pool, monthly));
    const { maxMonthlyUsd } = context.thresholds;
    const cap = maxMonthlyUsd.toLocaleString("en-US");
    return judgeSum(shares, maxMonthlyUsd, `must cost at most ${cap} USD a month at its largest, on demand`, " USD");
  },
  examples: {
    failing: group("us-east-1", 4),
    passing: group("us-east-1", 2),
    unknown: group("ap-southeast-4", 2),
  },
});
