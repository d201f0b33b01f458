import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { job } from "./private/example-objects";
import { isRuntimeSocket, judgeVolumes } from "./private/workloads";

export const k8sNoRuntimeSocket = objectRule({
  id: "FD-K8S-020",
  slug: "k8s-no-runtime-socket",
  title: "No pod holds the socket of the container runtime",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Through the socket anyone starts a privileged container on the node, past every check of Kubernetes. Builds of images in the cluster are how it gets there.",
  fix: "Take the volume out; build images outside of the cluster or with a builder that needs no daemon.",
  sameAs: { checkov: ["CKV_K8S_27"], trivy: ["KSV-0006"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeVolumes(workload, (volume) => {
      const path = volume.at("hostPath.path");
      return must(
        path,
        (literal) => !isRuntimeSocket(String(literal)),
        "must not be the socket of the container runtime",
      );
    }),
  examples: {
    failing: { objects: [job({ pod: { volumes: [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }] } })] },
    passing: { objects: [job({ pod: { volumes: [{ name: "scratch", emptyDir: {} }] } })] },
    unknown: { objects: [job({ pod: { volumes: [{ name: "docker", hostPath: { path: "${var.socket}" } }] } })] },
  },
});
