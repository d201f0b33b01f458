import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { deployment, plainObject } from "./private/example-objects";
import { candidatesFor, selects } from "./private/graph-objects";
import { fewestPodsOf, podLabelsOf } from "./private/workloads";

const KINDS = ["Deployment", "StatefulSet"];

/** What runs as one pod cannot be kept up by a budget: that it does is another rule's finding. */
export const k8sDisruptionBudget = objectRule({
  id: "FD-K8S-038",
  slug: "k8s-disruption-budget",
  title: "In production, an upgrade of nodes leaves some pods of each workload alone",
  severity: "medium",
  packs: ["mlops"],
  why: "Upgrades, spot interruptions and the consolidation of Karpenter empty nodes. Without a budget they may take all pods of a model at once, and the next ones load for minutes.",
  fix: "Add a PodDisruptionBudget whose selector finds the pods, with `maxUnavailable: 1`.",
  kinds: KINDS,
  judge: (workload, { graph, environment }) => {
    const { count } = fewestPodsOf(graph, workload);
    if (environment.stage !== "prod" || (count !== undefined && count < 2)) return notApplicable();
    const labels = podLabelsOf(workload);
    const budgets = candidatesFor(graph, "PodDisruptionBudget", workload.namespace, labels);
    const found = budgets.map((budget) => selects(budget.at("spec.selector"), labels));
    if (found.includes(true)) return pass();
    const message = "no PodDisruptionBudget of its namespace finds its pods";
    return count === undefined || found.includes(undefined) ? unknown(`${message}, as far as is known`) : fail(message);
  },
  examples: {
    failing: { objects: [deployment({ spec: { replicas: 2 } })] },
    passing: {
      objects: [
        deployment({ spec: { replicas: 2 } }),
        plainObject(
          "policy/v1",
          "PodDisruptionBudget",
          {},
          { maxUnavailable: 1, selector: { matchLabels: { app: "router" } } },
        ),
      ],
    },
    unknown: { objects: [deployment({ spec: { replicas: "${var.replicas}" } })] },
  },
});
