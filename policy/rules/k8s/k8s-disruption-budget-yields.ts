import { must } from "../../engine/expect";
import type { Graph } from "../../engine/graph";
import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import { plainObject } from "./private/example-objects";
import { fewestPodsOf, workloadsOf } from "./private/workloads";

export const k8sDisruptionBudgetYields = objectRule({
  id: "FD-K8S-039",
  slug: "k8s-disruption-budget-yields",
  title: "Disruption budgets let nodes be emptied",
  severity: "medium",
  packs: ["mlops"],
  why: "A budget that allows nothing stops every upgrade of the node group until it times out, and keeps nodes with GPUs running for one pod.",
  fix: "Set `maxUnavailable` to 1, or `minAvailable` to less than the replicas.",
  kinds: ["PodDisruptionBudget"],
  judge: (budget, { graph }) => {
    const most = budget.at("spec.maxUnavailable");
    const least = budget.at("spec.minAvailable");
    if (least.absent)
      return must(most, (literal) => !["0", "0%"].includes(String(literal)), "must allow at least one pod");
    const fewest = fewestOf(graph, budget);
    return must(
      least,
      (literal) => literal !== "100%" && !(fewest !== undefined && Number(literal) >= fewest),
      fewest === undefined ? "must be less than 100%" : `must be less than the ${fewest} pods that run`,
    );
  },
  examples: {
    failing: { objects: [plainObject("policy/v1", "PodDisruptionBudget", {}, { maxUnavailable: 0 })] },
    passing: { objects: [plainObject("policy/v1", "PodDisruptionBudget", {}, { maxUnavailable: 1 })] },
    unknown: { objects: [plainObject("policy/v1", "PodDisruptionBudget", {}, { maxUnavailable: "${var.most}" })] },
  },
});

/** The fewest pods of the workloads that the budget is for; undefined when none is here, or the number is not known. */
function fewestOf(graph: Graph, budget: KubernetesObject): number | undefined {
  const workloads = workloadsOf(graph, budget.namespace, budget.at("spec.selector"));
  const counts = workloads.map((workload) => fewestPodsOf(graph, workload).count);
  return (
    counts.reduce((one, other) => (one === undefined || other === undefined ? undefined : one + other), 0) || undefined
  );
}
