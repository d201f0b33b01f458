import { mustBeSet, mustInclude } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf } from "../../engine/verdict";

const cluster = (encryption: object): TerraformJson => ({
  resource: { aws_eks_cluster: { main: { name: "atlas-prod", ...encryption } } },
});

/** Without the block EKS encrypts with a key of its own, which the account can neither audit nor take away. */
export const eksSecretsEncrypted = resourceRule({
  id: "FD-EKS-002",
  slug: "eks-secrets-encrypted",
  title: "Kubernetes secrets are encrypted with a key of the account",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Without a key of its own the account can neither see who decrypts secrets nor stop it, and a backup of etcd is only as safe as AWS's own key.",
  fix: 'Set `encryption_config` with `resources: ["secrets"]` and `provider.key_arn` of a KMS key. It cannot be taken back later.',
  sameAs: { checkov: ["CKV_AWS_58"], trivy: ["AWS-0039"] },
  types: ["aws_eks_cluster"],
  judge: (cluster) => {
    const config = cluster.at("encryption_config");
    const there = mustBeSet(config);
    if (there.outcome === "fail") return there;
    return allOf(mustInclude(config.at("resources"), ["secrets"]), mustBeSet(config.at("provider.key_arn")));
  },
  examples: {
    failing: { terraform: cluster({}) },
    passing: {
      terraform: cluster({
        encryption_config: { resources: ["secrets"], provider: { key_arn: "${aws_kms_key.cluster.arn}" } },
      }),
    },
    unknown: {
      terraform: cluster({
        encryption_config: { resources: "${var.encrypted}", provider: { key_arn: "${var.key}" } },
      }),
    },
  },
});
