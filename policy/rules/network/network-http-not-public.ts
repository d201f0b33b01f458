import { resourceRule } from "../../engine/rule";
import { ingress } from "./private/examples";
import { judgeOpening } from "./private/judge-opening";
import { isBalancer, usersOf } from "./private/security-group-users";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

/** Groups that only load balancers are in may be open: those send everyone on to HTTPS, which rules about them demand. */
export const networkHttpNotPublic = resourceRule({
  id: "FD-NET-005",
  slug: "network-http-not-public",
  title: "Nothing but a load balancer is open to everyone on port 80",
  severity: "medium",
  packs: ["baseline"],
  why: "What is sent in the clear is read and changed on the way, sessions and passwords included.",
  fix: "Let everyone in at an HTTPS listener of a load balancer only, and that one in at the workload.",
  sameAs: { checkov: ["CKV_AWS_260"], trivy: ["AWS-0107"], cdkNag: ["AwsSolutions-EC23"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("ingress", ["http"], (resource, { graph }) => {
    const users = usersOf(resource, graph);
    return users.length > 0 && users.every(isBalancer);
  }),
  examples: { failing: ingress(80, "0.0.0.0/0"), passing: ingress(80, "10.24.0.0/16") },
});
