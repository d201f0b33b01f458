import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { clusterOf, isMeantFor } from "../private/node-group";

const PURPOSES = ["serving", "inference"];

const groups = (...capacities: readonly string[]): TerraformJson => ({
  resource: {
    aws_eks_node_group: Object.fromEntries(
      capacities.map((capacity, index) => [
        `serving${index}`,
        { cluster_name: "atlas-prod", labels: { workload: "serving" }, capacity_type: capacity },
      ]),
    ),
  },
});

/** Serving pools are those that are called or labelled `serving` or `inference`. One with steady capacity is enough. */
export const nodeServingOnDemand = resourceRule({
  id: "FD-NODE-015",
  slug: "node-serving-on-demand",
  title: "In production, models are not served from spot capacity alone",
  severity: "medium",
  packs: ["mlops", "gpu"],
  why: "When EC2 takes back the one pool that serves, every replica of every model goes with two minutes' notice, and new nodes may not be had.",
  fix: "Set `capacity_type` to ON_DEMAND, or add a second serving pool on demand for the least number of replicas.",
  types: ["aws_eks_node_group"],
  judge: (group, { environment, graph }) => {
    if (environment.stage !== "prod" || !isMeantFor(group, ...PURPOSES)) return notApplicable();
    const capacity = group.at("capacity_type");
    if (capacity.literal !== "SPOT") return capacity.unknown ? notApplicable() : pass();
    const cluster = clusterOf(group, graph);
    const others = graph
      .resourcesOf("aws_eks_node_group")
      .filter((other) => other !== group && clusterOf(other, graph) === cluster && isMeantFor(other, ...PURPOSES));
    return others.some((other) => other.at("capacity_type").literal !== "SPOT")
      ? pass()
      : fail('`capacity_type` must not be "SPOT" for every serving pool of the cluster', {
          attribute: "capacity_type",
        });
  },
  examples: {
    failing: { terraform: groups("SPOT") },
    passing: { terraform: groups("SPOT", "ON_DEMAND") },
  },
});
