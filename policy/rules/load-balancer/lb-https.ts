import { resourceRule } from "../../engine/rule";
import { allOf, fail, pass, unknown } from "../../engine/verdict";

const listener = (action: object) => ({
  terraform: {
    resource: {
      aws_lb_listener: { http: { load_balancer_arn: "lb", port: 80, protocol: "HTTP", default_action: action } },
    },
  },
});

/** Also behind a VPC: traffic inside it can be mirrored and read as well. */
export const lbHttps = resourceRule({
  id: "FD-LB-005",
  slug: "lb-https",
  title: "Listeners for HTTP do nothing but send clients to HTTPS",
  severity: "critical",
  packs: ["baseline"],
  why: "Prompts, answers, cookies and passwords are read on the way, and changed.",
  fix: "Redirect to HTTPS in `default_action`, and answer at a listener whose protocol is HTTPS.",
  sameAs: { checkov: ["CKV_AWS_2", "CKV2_AWS_20"], trivy: ["AWS-0054"] },
  types: ["aws_lb_listener", "aws_alb_listener"],
  judge: (resource) => {
    const protocol = resource.at("protocol");
    if (protocol.unknown)
      return unknown(`\`protocol\` must not be HTTP, and is known only after apply: ${protocol.toString()}`, {
        attribute: "protocol",
      });
    if (protocol.literal !== "HTTP") return pass();
    return allOf(
      resource.each("default_action").map((action) => {
        const to = action.at("redirect.protocol");
        const about = { attribute: action.path };
        const rule = `\`${action.path}\` must redirect to HTTPS`;
        if (action.at("type").unknown || to.unknown) return unknown(`${rule}, and is known only after apply`, about);
        const good = action.at("type").literal === "redirect" && to.literal === "HTTPS";
        return good ? pass() : fail(`${rule}, got ${action.at("type").toString()} to ${to.toString()}`, about);
      }),
    );
  },
  examples: {
    failing: listener({ type: "forward", target_group_arn: "group" }),
    passing: listener({ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }),
    unknown: listener({ type: "redirect", redirect: { protocol: "${var.protocol}", status_code: "HTTP_301" } }),
  },
});
