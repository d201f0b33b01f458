import { must } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { fewestPodsOf, serves } from "./private/workloads";

export const k8sReplicasInProd = objectRule({
  id: "FD-K8S-040",
  slug: "k8s-replicas-in-prod",
  title: "In production, what serves requests runs more than once",
  severity: "medium",
  packs: ["mlops"],
  why: "With one pod every restart, every move to another node and every lost node is an outage, which for a large model lasts as long as it takes to load.",
  fix: "Set `spec.replicas` to 2 or more, or the floor of its autoscaler.",
  kinds: ["Deployment"],
  judge: (workload, { graph, environment }) => {
    if (environment.stage !== "prod" || !serves(graph, workload)) return notApplicable();
    const { value, count } = fewestPodsOf(graph, workload);
    return must(value, () => count !== undefined && count >= 2, "must be at least 2 in production");
  },
  examples: {
    failing: { objects: [deployment({ container: { ports: [{ containerPort: 8080 }] } })] },
    passing: { objects: [deployment({ container: { ports: [{ containerPort: 8080 }] }, spec: { replicas: 2 } })] },
    unknown: {
      objects: [deployment({ container: { ports: [{ containerPort: 8080 }] }, spec: { replicas: "${var.replicas}" } })],
    },
  },
});
