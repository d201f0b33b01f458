import type { InstanceType } from "../../../catalog";
import type { RuleContext } from "../../engine/context";
import type { Judgement } from "../../engine/rule";
import type { KubernetesObject, Resource } from "../../engine/subject";
import { fail, pass, unknown } from "../../engine/verdict";
import { kindOf, shapeOf } from "./node-group";
import type { NodeKind } from "./node-group";

/** A managed node group at the most nodes it may have. */
export interface PoolAtLargest {
  readonly group: Resource;
  readonly kind: NodeKind;
  /** Undefined when it is not known. */
  readonly nodes: number | undefined;
  readonly types: readonly InstanceType[];
  /** Whether `types` are all that the group may start. */
  readonly complete: boolean;
}

/** A quantity of one part of the environment, such as its vCPUs; undefined when it is not known. */
export interface Share {
  readonly subject: Resource | KubernetesObject;
  readonly amount: number | undefined;
}

/** All managed node groups of an environment at their largest. */
export function poolsAtLargest({ graph }: Pick<RuleContext, "graph">): readonly PoolAtLargest[] {
  return graph.resourcesOf("aws_eks_node_group").map((group) => {
    const { types, complete } = shapeOf(group, graph);
    return { group, kind: kindOf(group, graph), nodes: group.at("scaling_config.max_size").number, types, complete };
  });
}

/**
 * What a pool comes to when all its nodes are of its largest type.
 *
 * @param ofType quantity of one node; undefined when it is not known
 */
export function shareOf(pool: PoolAtLargest, ofType: (type: InstanceType) => number | undefined): Share {
  const { group: subject, nodes, types, complete } = pool;
  const amounts = types.map(ofType);
  const known = complete && amounts.every((amount) => amount !== undefined);
  const amount = known && nodes !== undefined ? nodes * Math.max(...(amounts as number[])) : undefined;
  return { subject, amount: nodes === 0 ? 0 : amount };
}

/**
 * Holds the sum of all shares against a limit: one judgement, on the largest share, or on the first that is not known.
 *
 * @param rule the rule, starting with a verb: `must have at most 16 GPUs at its largest`
 * @param unit after the figure, as in ` GPUs`
 */
export function judgeSum(shares: readonly Share[], limit: number, rule: string, unit: string): readonly Judgement[] {
  const known = shares.filter((share) => share.amount !== undefined);
  const largest = known.reduce<Share | undefined>(
    (most, share) => ((share.amount ?? 0) > (most?.amount ?? 0) ? share : most),
    undefined,
  );
  const sum = known.reduce((total, { amount }) => total + (amount ?? 0), 0);
  const open = shares.filter((share) => share.amount === undefined);
  const shown = `${Math.round(sum).toLocaleString("en-US")}${unit}`;
  if (largest !== undefined && sum > limit) {
    const most = `${Math.round(largest.amount ?? 0).toLocaleString("en-US")} of them here`;
    return [{ subject: largest.subject, verdict: fail(`the environment ${rule}, got ${shown}, ${most}`) }];
  }
  if (open[0] !== undefined) {
    const others = `${shown} without ${open.map(({ subject }) => subject.address).join(", ")}`;
    return [{ subject: open[0].subject, verdict: unknown(`the environment ${rule}, got ${others}`) }];
  }
  return largest === undefined ? [] : [{ subject: largest.subject, verdict: pass() }];
}
