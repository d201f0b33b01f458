import { defaultTlsPolicy, takesOnlyTls12, tlsPoliciesAsOf } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const listener = (about: object) => ({
  terraform: {
    resource: { aws_lb_listener: { https: { load_balancer_arn: "lb", port: 443, protocol: "HTTPS", ...about } } },
  },
});

/** A listener that names no policy gets one that takes TLS 1.0: that of the console is not what Terraform gets. */
export const lbTlsPolicy = resourceRule({
  id: "FD-LB-002",
  slug: "lb-tls-policy",
  title: "Listeners take TLS 1.2 and newer only",
  severity: "critical",
  packs: ["baseline"],
  why: "TLS 1.0 and 1.1 can be broken by whoever is on the way, and a client that takes both can be talked into the older.",
  fix: "Set `ssl_policy` to `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09` or another that starts at TLS 1.2.",
  sameAs: { checkov: ["CKV_AWS_103"], trivy: ["AWS-0047"] },
  types: ["aws_lb_listener", "aws_alb_listener"],
  judge: (resource) => {
    const protocol = resource.at("protocol").literal;
    if (protocol !== "HTTPS" && protocol !== "TLS") return notApplicable();
    const policy = resource.at("ssl_policy");
    const about = { attribute: policy.path };
    const rule = `\`${policy.path}\` must take nothing older than TLS 1.2`;
    if (policy.unknown) return unknown(`${rule}, and is known only after apply: ${policy.toString()}`, about);
    if (policy.absent) return fail(`${rule}: without one it is ${defaultTlsPolicy()}, which does`, about);
    const name = String(policy.literal);
    const good = takesOnlyTls12(name);
    if (good === undefined) return unknown(`${rule}, and ${name} is not in the table of ${tlsPoliciesAsOf()}`, about);
    return good ? pass() : fail(`${rule}, got ${policy.toString()}`, about);
  },
  examples: {
    failing: listener({}),
    passing: listener({ ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }),
    unknown: listener({ ssl_policy: "${var.policy}" }),
  },
});
