import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";

const fileSystem = (values: object): Example => ({
  terraform: {
    resource: { aws_kms_key: { data: {} }, aws_efs_file_system: { datasets: { encrypted: true, ...values } } },
  },
});

/** A file system that is not encrypted at all is for another rule. */
export const efsOwnKey = resourceRule({
  id: "FD-EFS-002",
  slug: "efs-own-key",
  title: "A file system encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops"],
  why: "With AWS's own key no key policy keeps anyone from the data, and it cannot be shared with another account.",
  fix: "Set `kms_key_id` to an `aws_kms_key`. The file system is replaced.",
  sameAs: { checkov: ["CKV_AWS_184"] },
  types: ["aws_efs_file_system"],
  judge: (resource, { graph }) =>
    resource.at("encrypted").boolean ? mustBeOwnKey(resource.at("kms_key_id"), graph) : notApplicable(),
  examples: {
    failing: fileSystem({}),
    passing: fileSystem({ kms_key_id: "${aws_kms_key.data.arn}" }),
    unknown: fileSystem({ kms_key_id: "${var.key}" }),
  },
});
