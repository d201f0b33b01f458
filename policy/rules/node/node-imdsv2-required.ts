import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const template = (metadata: object): TerraformJson => ({
  resource: { aws_launch_template: { nodes: { metadata_options: metadata } } },
});

/** What is not stated is up to the image and the account, so an absent argument fails too. */
export const nodeImdsv2Required = resourceRule({
  id: "FD-NODE-001",
  slug: "node-imdsv2-required",
  title: "The metadata service of nodes answers to sessions only (IMDSv2)",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Version 1 hands the node's credentials to any request that a pod can be tricked into making, such as one for an image by its address.",
  fix: 'Set `metadata_options.http_tokens` to "required".',
  sameAs: { checkov: ["CKV_AWS_79"], trivy: ["AWS-0130", "AWS-0028"] },
  types: ["aws_launch_template", "aws_launch_configuration", "aws_instance"],
  judge: (resource) => {
    if (resource.at("metadata_options.http_endpoint").literal === "disabled") return notApplicable();
    return mustBe(resource.at("metadata_options.http_tokens"), "required");
  },
  examples: {
    failing: { terraform: template({ http_endpoint: "enabled", http_tokens: "optional" }) },
    passing: { terraform: template({ http_endpoint: "enabled", http_tokens: "required" }) },
    unknown: { terraform: template({ http_tokens: "${var.tokens}" }) },
  },
});
