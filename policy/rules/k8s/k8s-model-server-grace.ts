import { mustBeAtLeast } from "../../engine/expect";
import { podSpecOf } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { asksForAccelerator } from "../scheduling/private/accelerators";
import { deployment } from "./private/example-objects";
import { serves } from "./private/workloads";

export const k8sModelServerGrace = objectRule({
  id: "FD-K8S-048",
  slug: "k8s-model-server-grace",
  title: "Model servers may finish what they have begun",
  severity: "low",
  packs: ["mlops"],
  why: "A long answer of a language model takes longer than the 30 seconds that Kubernetes waits by default: every rollout and every node that goes cuts answers off.",
  fix: "Set `terminationGracePeriodSeconds` of the pod to what the longest request takes.",
  kinds: ["Deployment"],
  judge: (workload, { graph, thresholds }) => {
    if (!asksForAccelerator(workload) || !serves(graph, workload)) return notApplicable();
    const grace = podSpecOf(workload).at("terminationGracePeriodSeconds");
    return mustBeAtLeast(grace, thresholds.minServingGraceSeconds);
  },
  examples: {
    failing: { objects: [modelServer({})] },
    passing: { objects: [modelServer({ terminationGracePeriodSeconds: 120 })] },
    unknown: { objects: [modelServer({ terminationGracePeriodSeconds: "${var.grace}" })] },
  },
});

function modelServer(pod: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const resources = { limits: { "nvidia.com/gpu": 1 } };
  return deployment({ container: { ports: [{ containerPort: 8000 }], resources }, pod });
}
