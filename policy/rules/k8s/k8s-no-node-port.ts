import { mustNotBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { plainObject } from "./private/example-objects";

export const k8sNoNodePort = objectRule({
  id: "FD-K8S-036",
  slug: "k8s-no-node-port",
  title: "No service opens a port on every node",
  severity: "medium",
  packs: ["baseline"],
  why: "The port is open on all nodes, those of other teams included, to whatever the nodes' security group lets in, without TLS or logs of a load balancer.",
  fix: "Use ClusterIP with an Ingress, or LoadBalancer with targets of type `ip`.",
  kinds: ["Service"],
  judge: (service) => mustNotBe(service.at("spec.type"), "NodePort"),
  examples: {
    failing: { objects: [plainObject("v1", "Service", {}, { type: "NodePort" })] },
    passing: { objects: [plainObject("v1", "Service", {}, { type: "ClusterIP" })] },
    unknown: { objects: [plainObject("v1", "Service", {}, { type: "${var.type}" })] },
  },
});
