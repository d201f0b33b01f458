import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const copy = (encrypted: unknown): Example => ({
  terraform: {
    resource: {
      aws_ebs_snapshot_copy: {
        weights: { source_snapshot_id: "snap-0a1b2c3d4e5f60718", source_region: "us-west-2", encrypted },
      },
    },
  },
});

/** Asked of copies, where it can be chosen; a plain snapshot is as encrypted as its volume. */
export const copyEncrypted = resourceRule({
  id: "FD-DATA-006",
  slug: "copy-encrypted",
  title: "A copy of a snapshot or image is encrypted",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever the copy is shared with, by mistake or not, reads everything that was on the disk.",
  fix: "Set `encrypted` to true and `kms_key_id` to an `aws_kms_key`.",
  sameAs: { checkov: ["CKV_AWS_235"] },
  types: ["aws_ebs_snapshot_copy", "aws_ebs_snapshot_import", "aws_ami_copy"],
  judge: (resource) => mustBe(resource.at("encrypted"), true),
  examples: { failing: copy(false), passing: copy(true), unknown: copy("${var.encrypted}") },
});
