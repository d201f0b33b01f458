import { mustBe } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";
import { ebsClass } from "./private/example-objects";

const EBS = /^(ebs\.csi\.aws\.com|ebs\.csi\.eks\.amazonaws\.com|kubernetes\.io\/aws-ebs)$/;

/** An account may encrypt all its volumes by default: then nothing needs to be said here. */
export const k8sStorageClassEncrypted = objectRule({
  id: "FD-K8S-043",
  slug: "k8s-storage-class-encrypted",
  title: "Volumes of a storage class are encrypted",
  severity: "high",
  packs: ["baseline"],
  why: "Volumes and their snapshots hold data sets, checkpoints and metrics; EBS leaves them as they are unless the class or the account says otherwise.",
  fix: 'Set `parameters.encrypted` to `"true"`.',
  kinds: ["StorageClass"],
  judge: (storageClass, { graph }) => {
    const provisioner = storageClass.at("provisioner").text ?? "";
    if (!EBS.test(provisioner)) return notApplicable();
    const encrypted = storageClass.at("parameters.encrypted");
    const byDefault = graph
      .resourcesOf("aws_ebs_encryption_by_default")
      .some((account) => account.at("enabled").boolean !== false);
    return encrypted.absent && byDefault ? pass() : mustBe(encrypted, true);
  },
  examples: {
    failing: { objects: [ebsClass({ type: "gp3" })] },
    passing: { objects: [ebsClass({ type: "gp3", encrypted: "true" })] },
    unknown: { objects: [ebsClass({ type: "gp3", encrypted: "${var.encrypted}" })] },
  },
});
