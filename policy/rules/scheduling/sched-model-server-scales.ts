import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { plainObject } from "../k8s/private/example-objects";
import { scalersOf, serves } from "../k8s/private/workloads";
import { asksForAccelerator } from "./private/accelerators";
import { gpuPod } from "./private/example-pools";

export const schedModelServerScales = objectRule({
  id: "FD-SCHED-006",
  slug: "sched-model-server-scales",
  title: "In production, model servers on GPUs follow the load",
  severity: "medium",
  packs: ["mlops", "gpu"],
  why: "A fixed number of replicas is too small at noon and pays for idle GPUs at night.",
  fix: "Add a HorizontalPodAutoscaler, or a ScaledObject of KEDA on the number of waiting requests.",
  kinds: ["Deployment"],
  judge: (workload, { graph, environment }) => {
    if (environment.stage !== "prod" || !asksForAccelerator(workload) || !serves(graph, workload))
      return notApplicable();
    if (scalersOf(graph, workload).length > 0) return pass();
    return fail("no HorizontalPodAutoscaler and no ScaledObject of its namespace scales it");
  },
  examples: {
    failing: { objects: [gpuPod()] },
    passing: {
      objects: [
        gpuPod(),
        plainObject("keda.sh/v1alpha1", "ScaledObject", {}, { scaleTargetRef: { name: "router" }, minReplicaCount: 2 }),
      ],
    },
  },
});
