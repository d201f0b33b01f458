import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const AUDIENCES = ["sts.amazonaws.com", "sts.amazonaws.com.cn"];

const provider = (clients: unknown): TerraformJson => ({
  resource: {
    aws_iam_openid_connect_provider: {
      cluster: { url: "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE", client_id_list: clients },
    },
  },
});

/** Only providers of an EKS cluster are looked at. */
export const eksOidcAudience = resourceRule({
  id: "FD-EKS-017",
  slug: "eks-oidc-audience",
  title: "Tokens of the cluster's service accounts are good for AWS STS alone",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Each further audience is another kind of token that roles of the account accept, such as one that a pod hands to a service outside.",
  fix: 'Set `client_id_list` to ["sts.amazonaws.com"].',
  types: ["aws_iam_openid_connect_provider"],
  judge: (provider, { graph }) => {
    const url = provider.at("url");
    const ofCluster = graph.targets(url).some(({ type }) => type === "aws_eks_cluster");
    if (!ofCluster && !url.text?.includes("oidc.eks.")) return notApplicable();
    const clients = provider.at("client_id_list");
    const about = { attribute: clients.path };
    const message = `\`${clients.path}\` must be ["sts.amazonaws.com"], got ${clients.toString()}`;
    if (clients.unknown || clients.items.some((client) => client.unknown)) return unknown(message, about);
    const others = clients.items.filter(({ literal }) => !AUDIENCES.includes(String(literal)));
    return clients.items.length > 0 && others.length === 0 ? pass() : fail(message, about);
  },
  examples: {
    failing: { terraform: provider(["sts.amazonaws.com", "vault"]) },
    passing: { terraform: provider(["sts.amazonaws.com"]) },
    unknown: { terraform: provider("${var.audiences}") },
  },
});
