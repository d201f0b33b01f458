import { resourceRule } from "../../engine/rule";
import { ingress } from "./private/examples";
import { judgeOpening } from "./private/judge-opening";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

/** A rule that opens port 22 as well is reported by `network-ssh-not-public` instead. */
export const networkRdpNotPublic = resourceRule({
  id: "FD-NET-002",
  slug: "network-rdp-not-public",
  title: "Remote Desktop cannot be reached from the internet",
  severity: "high",
  packs: ["baseline"],
  why: "Port 3389 is tried by thousands of machines an hour, and its holes have been used by worms.",
  fix: "Let the addresses in that need it, or use Fleet Manager and let nobody in.",
  sameAs: { checkov: ["CKV_AWS_25"], trivy: ["AWS-0107"], cdkNag: ["AwsSolutions-EC23"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("ingress", ["rdp"]),
  examples: { failing: ingress(3389, "0.0.0.0/0"), passing: ingress(3389, "10.0.0.0/8") },
});
