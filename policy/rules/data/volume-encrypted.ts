import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";

const volume = (encrypted: unknown): Example => ({
  terraform: { resource: { aws_ebs_volume: { scratch: { availability_zone: "us-east-1a", size: 100, encrypted } } } },
});

/** Off unless told otherwise, here or by `aws_ebs_encryption_by_default` for the account. */
export const volumeEncrypted = resourceRule({
  id: "FD-DATA-005",
  slug: "volume-encrypted",
  title: "A volume is encrypted",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever gets a snapshot of the volume reads everything on it.",
  fix: "Set `encrypted` to true and `kms_key_id` to an `aws_kms_key`. The volume is replaced.",
  sameAs: { checkov: ["CKV_AWS_3"], trivy: ["AWS-0026"], cdkNag: ["AwsSolutions-EC26"] },
  types: ["aws_ebs_volume"],
  judge: (resource, { graph }) => {
    const byDefault = graph.resourcesOf("aws_ebs_encryption_by_default");
    return byDefault.some((setting) => setting.at("enabled").absent || setting.at("enabled").boolean)
      ? pass()
      : mustBe(resource.at("encrypted"), true);
  },
  examples: { failing: volume(false), passing: volume(true), unknown: volume("${var.encrypted}") },
});
