import { mustBeAbsent } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { plainObject } from "./private/example-objects";

export const k8sNoExternalIps = objectRule({
  id: "FD-K8S-035",
  slug: "k8s-no-external-ips",
  title: "No service claims addresses of its own choice",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Traffic of every pod to such an address goes to the service instead: whoever may make services can read what others send, and Kubernetes cannot prevent it (CVE-2020-8554).",
  fix: "Leave `spec.externalIPs` out; use a Service of type LoadBalancer or an Ingress.",
  sameAs: { trivy: ["KSV-0108"] },
  kinds: ["Service"],
  judge: (service) => {
    const addresses = service.at("spec.externalIPs");
    return addresses.items.length === 0 && !addresses.unknown ? pass() : mustBeAbsent(addresses);
  },
  examples: {
    failing: { objects: [plainObject("v1", "Service", {}, { externalIPs: ["203.0.113.7"] })] },
    passing: { objects: [plainObject("v1", "Service", {}, { type: "ClusterIP" })] },
  },
});
