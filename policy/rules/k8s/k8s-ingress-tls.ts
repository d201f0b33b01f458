import { must, mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";

/** Where the AWS load balancer controller is told of certificates and listeners. */
const ALB = "alb.ingress.kubernetes.io/";

export const k8sIngressTls = objectRule({
  id: "FD-K8S-034",
  slug: "k8s-ingress-tls",
  title: "Ingresses speak TLS",
  severity: "high",
  packs: ["baseline"],
  why: "Prompts, features and tokens go over the network in plain text, and whoever sits between may answer instead.",
  fix: "Set `spec.tls`, or for a load balancer of AWS the annotation `alb.ingress.kubernetes.io/certificate-arn` or an HTTPS listener.",
  kinds: ["Ingress"],
  judge: (ingress) => {
    const annotation = (name: string) => ingress.at(["metadata", "annotations", `${ALB}${name}`]);
    const tls = ingress.at("spec.tls");
    const listeners = annotation("listen-ports");
    if (!annotation("certificate-arn").absent || listeners.text?.includes("HTTPS") === true) return pass();
    return listeners.unknown ? must(listeners, () => false, "must hold an HTTPS listener") : mustBeSet(tls);
  },
  examples: {
    failing: { objects: [ingress({ rules: [{ host: "models.example.com" }] })] },
    passing: {
      objects: [ingress({ rules: [{ host: "models.example.com" }], tls: [{ hosts: ["models.example.com"] }] })],
    },
    unknown: {
      objects: [ingress({ rules: [] }, { "alb.ingress.kubernetes.io/listen-ports": "${var.listeners}" })],
    },
  },
});

function ingress(spec: Readonly<Record<string, unknown>>, annotations = {}): Readonly<Record<string, unknown>> {
  const metadata = { name: "models", namespace: "serving", annotations };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec };
}
