import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { ebsClass } from "./private/example-objects";

const EBS = /^(ebs\.csi\.aws\.com|ebs\.csi\.eks\.amazonaws\.com)$/;

/** A class that does not encrypt is another rule's finding. */
export const k8sStorageClassKey = objectRule({
  id: "FD-K8S-044",
  slug: "k8s-storage-class-key",
  title: "Volumes of a storage class are encrypted with a key of one's own",
  severity: "medium",
  packs: ["mlops"],
  why: "The key of AWS cannot be shared with another account, has a policy that nobody can change, and cannot be withdrawn when a snapshot leaks.",
  fix: "Set `parameters.kmsKeyId` to the ARN of a key.",
  kinds: ["StorageClass"],
  judge: (storageClass) => {
    const encrypted = storageClass.at("parameters.encrypted").boolean === true;
    if (!encrypted || !EBS.test(storageClass.at("provisioner").text ?? "")) return notApplicable();
    return mustBeSet(storageClass.at("parameters.kmsKeyId"));
  },
  examples: {
    failing: { objects: [ebsClass({ encrypted: "true" })] },
    passing: { objects: [ebsClass({ encrypted: "true", kmsKeyId: "${aws_kms_key.disks.arn}" })] },
  },
});
