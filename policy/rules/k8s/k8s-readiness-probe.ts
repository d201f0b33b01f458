import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers, LASTING_KINDS, servingContainersOf } from "./private/workloads";

export const k8sReadinessProbe = objectRule({
  id: "FD-K8S-014",
  slug: "k8s-readiness-probe",
  title: "What serves requests gets them only once it is ready",
  severity: "medium",
  packs: ["mlops"],
  why: "A pod without the probe gets requests from its first second, minutes before its model is loaded, and every rollout drops some.",
  fix: "Give the container a `readinessProbe` that succeeds once the model is loaded.",
  sameAs: { checkov: ["CKV_K8S_9"] },
  kinds: LASTING_KINDS,
  judge: (workload, { graph }) =>
    judgeContainers(
      workload,
      (container) => mustBeSet(container.at("readinessProbe")),
      servingContainersOf(graph, workload),
    ),
  examples: {
    failing: { objects: [deployment({ container: { ports: [{ containerPort: 8080 }] } })] },
    passing: {
      objects: [
        deployment({
          container: { ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { path: "/ready", port: 8080 } } },
        }),
      ],
    },
  },
});
