import { resourceRule } from "../../engine/rule";
import { judgeOpening } from "./private/judge-opening";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

const egress = (about: object) => ({
  terraform: {
    resource: {
      aws_vpc_security_group_egress_rule: { out: { security_group_id: "sg-1", ip_protocol: "-1", ...about } },
    },
  },
});

/**
 * Off unless asked for: nodes pull images and models from addresses that nobody can list, so that most groups are open so and
 * the finding would be on every one. Where egress goes through a proxy or endpoints only, it is worth switching on.
 */
export const networkEgressNotAll = resourceRule({
  id: "FD-NET-006",
  slug: "network-egress-not-all",
  title: "No security group lets everything out to everyone",
  severity: "critical",
  packs: ["strict"],
  why: "Whoever gets into a pod can send what they find there to any address.",
  fix: "Let out what is needed: ports, endpoints of services, security groups.",
  sameAs: { checkov: ["CKV_AWS_382"], trivy: ["AWS-0104"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("egress", ["all"]),
  examples: { failing: egress({ cidr_ipv4: "0.0.0.0/0" }), passing: egress({ cidr_ipv4: "10.24.0.0/16" }) },
});
