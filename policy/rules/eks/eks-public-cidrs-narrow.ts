import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const cluster = (vpcConfig: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-dev", vpc_config: vpcConfig } } },
});

/** Shorter prefixes than this are a part of the internet and no network of anybody's. */
const SHORTEST_PREFIX = 8;

function isWorld({ text = "" }: Value): boolean {
  const prefix = /\/(\d+)$/.exec(text)?.[1];
  return prefix !== undefined && Number(prefix) < SHORTEST_PREFIX;
}

/** Of a private endpoint there is nothing to narrow. Without a list EKS lets in everybody. */
export const eksPublicCidrsNarrow = resourceRule({
  id: "FD-EKS-003",
  slug: "eks-public-cidrs-narrow",
  title: "A public Kubernetes API lets in named networks only",
  severity: "critical",
  packs: ["baseline", "cis-eks"],
  why: "Open to every address, the API server is scanned within minutes, and a leaked token or a hole in it is usable by anybody.",
  fix: "Set `vpc_config.public_access_cidrs` to the networks that need the endpoint, or make it private.",
  sameAs: { checkov: ["CKV_AWS_38"], trivy: ["AWS-0041"] },
  types: ["aws_eks_cluster"],
  judge: (cluster) => {
    const open = cluster.at("vpc_config.endpoint_public_access");
    if (open.boolean === false) return notApplicable();
    const cidrs = cluster.at("vpc_config.public_access_cidrs");
    const about = { attribute: cidrs.path };
    const message = `\`${cidrs.path}\` must name the networks that may reach the public endpoint, got ${cidrs.toString()}`;
    const isOpen = cidrs.absent || (cidrs.known && cidrs.items.length === 0) || cidrs.items.some(isWorld);
    if (isOpen && !open.unknown) return fail(message, about);
    if (isOpen || cidrs.unknown || cidrs.items.some((cidr) => cidr.unknown)) return unknown(message, about);
    return pass();
  },
  examples: {
    failing: { terraform: cluster({ endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] }) },
    passing: { terraform: cluster({ endpoint_public_access: true, public_access_cidrs: ["203.0.113.0/24"] }) },
    unknown: { terraform: cluster({ endpoint_public_access: true, public_access_cidrs: "${var.offices}" }) },
  },
});
