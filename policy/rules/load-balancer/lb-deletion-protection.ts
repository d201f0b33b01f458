import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const balancer = (about: object) => ({
  terraform: { resource: { aws_lb: { serving: { internal: true, ...about } } } },
  stage: "prod" as const,
});

/** Asked in production only. */
export const lbDeletionProtection = resourceRule({
  id: "FD-LB-003",
  slug: "lb-deletion-protection",
  title: "Load balancers of production cannot be deleted by mistake",
  severity: "low",
  packs: ["baseline"],
  why: "A load balancer that is made anew has another name and other addresses, so that clients and DNS point nowhere.",
  fix: "Set `enable_deletion_protection` to true.",
  sameAs: { checkov: ["CKV_AWS_150"] },
  types: ["aws_lb", "aws_alb"],
  judge: (resource, { environment }) =>
    environment.stage === "prod" ? mustBe(resource.at("enable_deletion_protection"), true) : notApplicable(),
  examples: {
    failing: balancer({}),
    passing: balancer({ enable_deletion_protection: true }),
    unknown: balancer({ enable_deletion_protection: "${var.protected}" }),
  },
});
