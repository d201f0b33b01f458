import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { notApplicable, unknown } from "../../engine/verdict";

const template = (metadata: object): TerraformJson => ({
  resource: { aws_launch_template: { nodes: { metadata_options: { http_tokens: "required", ...metadata } } } },
});

/** Images made for IMDSv2 raise the limit to 2 where none is stated, others leave it at 1: unstated is unknown. */
export const nodeMetadataHopLimit = resourceRule({
  id: "FD-NODE-002",
  slug: "node-metadata-hop-limit",
  title: "Pods cannot reach the metadata service of their node",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "With more than one hop the answer reaches pods, and every one of them can take on the node's role.",
  fix: "Set `metadata_options.http_put_response_hop_limit` to 1 and give pods roles by pod identity. An agent that cannot do without the metadata is a case for a waiver.",
  sameAs: { checkov: ["CKV_AWS_341"] },
  types: ["aws_launch_template", "aws_launch_configuration"],
  judge: (resource) => {
    const options = resource.at("metadata_options");
    if (options.absent || options.at("http_endpoint").literal === "disabled") return notApplicable();
    const hops = options.at("http_put_response_hop_limit");
    if (hops.absent)
      return unknown(`\`${hops.path}\` must be 1, and where it is not stated the image decides`, {
        attribute: hops.path,
      });
    return must(hops, () => (hops.number ?? Number.POSITIVE_INFINITY) <= 1, "must be 1");
  },
  examples: {
    failing: { terraform: template({ http_put_response_hop_limit: 2 }) },
    passing: { terraform: template({ http_put_response_hop_limit: 1 }) },
    unknown: { terraform: template({}) },
  },
});
