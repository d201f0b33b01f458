import { mustBeSet } from "../../engine/expect";
import { podSpecOf } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { fewestPodsOf } from "./private/workloads";

export const k8sSpread = objectRule({
  id: "FD-K8S-041",
  slug: "k8s-spread",
  title: "In production, the pods of a workload are spread",
  severity: "low",
  packs: ["mlops"],
  why: "All replicas may stand on one node or in one zone, so that losing it is an outage after all.",
  fix: "Add `topologySpreadConstraints` over zones and nodes, or a `podAntiAffinity`.",
  kinds: ["Deployment", "StatefulSet"],
  judge: (workload, { graph, environment }) => {
    const { count } = fewestPodsOf(graph, workload);
    if (environment.stage !== "prod" || count === undefined || count < 2) return notApplicable();
    const spec = podSpecOf(workload);
    return spec.at("affinity.podAntiAffinity").absent ? mustBeSet(spec.at("topologySpreadConstraints")) : pass();
  },
  examples: {
    failing: { objects: [deployment({ spec: { replicas: 2 } })] },
    passing: {
      objects: [
        deployment({
          spec: { replicas: 2 },
          pod: {
            topologySpreadConstraints: [
              { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            ],
          },
        }),
      ],
    },
  },
});
