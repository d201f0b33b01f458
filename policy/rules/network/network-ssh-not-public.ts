import { resourceRule } from "../../engine/rule";
import { ingress } from "./private/examples";
import { judgeOpening } from "./private/judge-opening";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

/** A rule that opens all ports is reported by `network-ports-not-all-public` instead. */
export const networkSshNotPublic = resourceRule({
  id: "FD-NET-001",
  slug: "network-ssh-not-public",
  title: "SSH cannot be reached from the internet",
  severity: "high",
  packs: ["baseline"],
  why: "Port 22 is tried by thousands of machines an hour; one weak key or one hole in the server is enough.",
  fix: "Let the addresses in that need it, or use Session Manager and let nobody in.",
  sameAs: { checkov: ["CKV_AWS_24"], trivy: ["AWS-0107"], cdkNag: ["AwsSolutions-EC23"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("ingress", ["ssh"]),
  examples: { failing: ingress(22, "0.0.0.0/0"), passing: ingress(22, "10.0.0.0/8") },
});
