import { must } from "../../engine/expect";
import { podSpecOf, WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable, pass } from "../../engine/verdict";
import { deployment } from "./private/example-objects";
import { judgeContainers } from "./private/workloads";

/** On the network of the node every port is a port of the node: that is another rule's finding. */
export const k8sNoHostPort = objectRule({
  id: "FD-K8S-004",
  slug: "k8s-no-host-port",
  title: "No container takes a port of its node",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "A port of the node is open to whatever reaches the node, past services and ingresses, and two such pods never fit on one node.",
  fix: "Leave `ports[].hostPort` out and reach the pods through a Service.",
  sameAs: { checkov: ["CKV_K8S_26"], trivy: ["KSV-0024"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) => {
    if (podSpecOf(workload).at("hostNetwork").boolean === true) return notApplicable();
    const absent = (literal: unknown) => literal === undefined || Number(literal) === 0;
    return judgeContainers(workload, (container) =>
      allOf(
        pass(),
        container.each("ports").map((port) => must(port.at("hostPort"), absent, "must not be set")),
      ),
    );
  },
  examples: {
    failing: { objects: [deployment({ container: { ports: [{ containerPort: 8080, hostPort: 8080 }] } })] },
    passing: { objects: [deployment({ container: { ports: [{ containerPort: 8080 }] } })] },
    unknown: { objects: [deployment({ container: { ports: [{ containerPort: 8080, hostPort: "${var.port}" }] } })] },
  },
});
