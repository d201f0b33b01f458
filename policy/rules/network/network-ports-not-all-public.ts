import { resourceRule } from "../../engine/rule";
import { ingress } from "./private/examples";
import { judgeOpening } from "./private/judge-opening";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

/** Also says which rules have ports that are known only later and let everyone in, or nobody knows whom. */
export const networkPortsNotAllPublic = resourceRule({
  id: "FD-NET-003",
  slug: "network-ports-not-all-public",
  title: "No security group is open to everyone on all ports",
  severity: "critical",
  packs: ["baseline"],
  why: "Whatever listens on such a machine, kubelet, exporters and debuggers included, can be reached from anywhere.",
  fix: "Name the ports, and let in the security groups or ranges of addresses that need them.",
  sameAs: { checkov: ["CKV_AWS_277"], trivy: ["AWS-0107"], cdkNag: ["AwsSolutions-EC23"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("ingress", ["all", "unknown"]),
  examples: {
    failing: {
      terraform: {
        resource: {
          aws_security_group: {
            nodes: { ingress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }] },
          },
        },
      },
    },
    passing: ingress(443, "0.0.0.0/0"),
    unknown: {
      terraform: {
        resource: {
          aws_security_group: {
            nodes: { ingress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["${var.range}"] }] },
          },
        },
      },
    },
  },
});
