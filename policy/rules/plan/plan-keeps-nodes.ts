import { changeRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { reasonOf } from "./private/reasons";

const POOLS: readonly string[] = ["aws_eks_node_group", "aws_autoscaling_group", "aws_eks_fargate_profile"];

const pool = (actions: readonly string[]): Readonly<Record<string, unknown>> => ({
  address: "aws_eks_node_group.gpu",
  type: "aws_eks_node_group",
  action_reason: "replace_because_cannot_update",
  change: {
    actions,
    before: { ami_type: "AL2_x86_64_GPU" },
    after: { ami_type: "AL2023_x86_64_NVIDIA" },
    replace_paths: [["ami_type"]],
  },
});

/** A pool that is made before the old one goes keeps its pods running. */
export const planKeepsNodes = changeRule({
  id: "FD-PLAN-006",
  slug: "plan-keeps-nodes",
  title: "The plan takes no pool of nodes away before its successor is there",
  severity: "high",
  packs: ["baseline", "gpu"],
  why: "All nodes of the pool go at once, and every pod on them waits until new ones have been found: for GPU instances that can take hours, or fail for want of capacity.",
  fix: "Set `create_before_destroy` in the pool's `lifecycle` with a name made from `node_group_name_prefix`, or add a second pool and drain the first.",
  waivable: false,
  judge: (change) => {
    if (!POOLS.includes(change.type) || (change.destroys && !change.replaces)) return notApplicable();
    if (change.actions[0] !== "delete") return pass();
    const [attribute] = change.about.replacePaths;
    const message = `every node of the pool would go before a new one comes, because ${reasonOf(change)}`;
    return fail(message, attribute === undefined ? {} : { attribute });
  },
  examples: {
    failing: { changes: [pool(["delete", "create"])] },
    passing: { changes: [pool(["create", "delete"])] },
  },
});
