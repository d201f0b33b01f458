import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { deployment } from "./private/example-objects";
import { judgeContainers, LASTING_KINDS, servingContainersOf } from "./private/workloads";

/** Jobs end by themselves, and what nobody talks to has nothing to be asked. */
export const k8sLivenessProbe = objectRule({
  id: "FD-K8S-013",
  slug: "k8s-liveness-probe",
  title: "What serves requests is restarted when it hangs",
  severity: "medium",
  packs: ["mlops"],
  why: "A server that hangs, as one does whose GPU fell off the bus, goes on holding its place and its GPU until someone notices.",
  fix: "Give the container a `livenessProbe`, and a `startupProbe` that leaves time to load the model.",
  sameAs: { checkov: ["CKV_K8S_8"] },
  kinds: LASTING_KINDS,
  judge: (workload, { graph }) =>
    judgeContainers(
      workload,
      (container) => mustBeSet(container.at("livenessProbe")),
      servingContainersOf(graph, workload),
    ),
  examples: {
    failing: { objects: [deployment({ container: { ports: [{ containerPort: 8080 }] } })] },
    passing: {
      objects: [
        deployment({
          container: { ports: [{ containerPort: 8080 }], livenessProbe: { httpGet: { path: "/healthz", port: 8080 } } },
        }),
      ],
    },
  },
});
