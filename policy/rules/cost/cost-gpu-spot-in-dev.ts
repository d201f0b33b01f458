import { mustBeOneOf } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { kindOf } from "../private/node-group";

const group = (about: object): Example => ({
  terraform: {
    resource: { aws_eks_node_group: { l4: { cluster_name: "atlas-dev", instance_types: ["g6.xlarge"], ...about } } },
  },
  stage: "dev",
});

/** EKS starts on demand unless told otherwise, so an absent argument fails too. A reservation that is paid for passes. */
export const costGpuSpotInDev = resourceRule({
  id: "FD-COST-003",
  slug: "cost-gpu-spot-in-dev",
  title: "In development, GPUs run on spot capacity",
  severity: "low",
  packs: ["cost", "gpu"],
  why: "Work in development can be interrupted, and the same GPU costs a third to a half of its price on demand.",
  fix: 'Set `capacity_type` to "SPOT", with several instance types that have the same GPU.',
  types: ["aws_eks_node_group"],
  judge: (group, { environment, graph }) => {
    if (environment.stage !== "dev" || kindOf(group, graph) !== "nvidia") return notApplicable();
    return mustBeOneOf(group.at("capacity_type"), ["SPOT", "CAPACITY_BLOCK"]);
  },
  examples: {
    failing: group({ capacity_type: "ON_DEMAND" }),
    passing: group({ capacity_type: "SPOT" }),
    unknown: group({ capacity_type: "${var.capacity}" }),
  },
});
