import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const fileSystem = (values: object): Example => ({
  terraform: { resource: { aws_efs_file_system: { datasets: { ...values } } } },
});

/** Off unless told otherwise, and fixed once the file system is there. */
export const efsEncrypted = resourceRule({
  id: "FD-EFS-001",
  slug: "efs-encrypted",
  title: "A file system is encrypted at rest",
  severity: "high",
  packs: ["baseline"],
  why: "Datasets and checkpoints lie in the clear on disks, and that cannot be mended later without copying them.",
  fix: "Set `encrypted` to true. The file system is replaced.",
  sameAs: { checkov: ["CKV_AWS_42"], trivy: ["AWS-0037"] },
  types: ["aws_efs_file_system"],
  judge: (resource) => mustBe(resource.at("encrypted"), true),
  examples: {
    failing: fileSystem({}),
    passing: fileSystem({ encrypted: true }),
    unknown: fileSystem({ encrypted: "${var.encrypted}" }),
  },
});
