import type { Complement } from "../mutants/mutant";

/** A network ACL, and a service and an ingress that only the network reaches. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_network_acl: {
        Private: {
          vpc_id: "vpc-0a1b2c3d4e5f60718",
          ingress: [
            { rule_no: 100, action: "allow", protocol: "tcp", from_port: 443, to_port: 443, cidr_block: "0.0.0.0/0" },
          ],
        },
      },
    },
  },
  objects: [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "router",
        namespace: "serving",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
      },
      spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb", ports: [{ port: 443 }] },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name: "console",
        namespace: "serving",
        annotations: { "alb.ingress.kubernetes.io/scheme": "internal" },
      },
      spec: { ingressClassName: "alb", tls: [{ hosts: ["console.atlas.internal"] }], rules: [] },
    },
  ],
};
