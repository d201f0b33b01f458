import { mustNotBe } from "../../engine/expect";
import type { Graph } from "../../engine/graph";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { serves } from "../k8s/private/workloads";
import { gpuPod, gpuPool } from "./private/example-pools";
import { nodePools } from "./private/node-pools";
import type { NodePool } from "./private/node-pools";
import { matchingPools, placementOf } from "./private/placement";

/** Labels that say how a node is paid for, and their word for spot. */
const SPOT: Readonly<Record<string, string>> = {
  "karpenter.sh/capacity-type": "spot",
  "eks.amazonaws.com/capacityType": "SPOT",
};

/** Where all pools for serving are spot, the pools are another rule's finding. */
export const schedServingNotOnSpot = objectRule({
  id: "FD-SCHED-014",
  slug: "sched-serving-not-on-spot",
  title: "In production, what serves requests does not depend on spot nodes",
  severity: "medium",
  packs: ["mlops"],
  why: "AWS takes spot nodes back at two minutes' notice, often a whole zone's at once, and GPUs of one kind run out together.",
  fix: "Place it on a pool with on-demand nodes; spot may come on top.",
  kinds: ["Deployment", "StatefulSet"],
  judge: (workload, { graph, environment }) => {
    if (environment.stage !== "prod" || !serves(graph, workload)) return notApplicable();
    const placement = placementOf(workload);
    const { selector } = placement;
    const named = Object.entries(SPOT).find(([key, spot]) => selector.at([key]).literal === spot);
    if (named) return mustNotBe(selector.at([named[0]]), named[1]);
    const pools = placement.given ? matchingPools(placement, nodePools(graph)) : [];
    if (pools.length === 0 || pools.some(({ spotOnly }) => !spotOnly)) return pass();
    if (isFaultOfPools(pools, graph)) return notApplicable();
    const names = pools.map(({ name }) => name).join(", ");
    return fail(`\`${selector.path}\` must fit a pool with on-demand nodes: all of ${names} is spot`, {
      attribute: selector.path,
    });
  },
  examples: {
    failing: { terraform: gpuPool({ capacity_type: "SPOT" }), objects: [gpuPod()] },
    passing: { terraform: gpuPool({ capacity_type: "ON_DEMAND" }), objects: [gpuPod()] },
  },
});

function isFaultOfPools(pools: readonly NodePool[], graph: Graph): boolean {
  const serving = nodePools(graph).filter(({ forServing }) => forServing);
  return pools.every(({ forServing }) => forServing) && serving.every(({ spotOnly }) => spotOnly);
}
