import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import { DISK_TYPES, disksOf } from "../private/disks";

const template = (ebs: object): TerraformJson => ({
  resource: { aws_launch_template: { nodes: { block_device_mappings: [{ device_name: "/dev/xvda", ebs }] } } },
});

/** Passes where the stacks switch on the account's own default. A disk that nobody states is as the image has it: not encrypted. */
export const nodeDisksEncrypted = resourceRule({
  id: "FD-NODE-005",
  slug: "node-disks-encrypted",
  title: "The disks of nodes are encrypted",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "Pulled images, emptyDir volumes with training data and kubelet's secrets lie on these disks, and go with every snapshot of them.",
  fix: "State each disk in `block_device_mappings` with `ebs.encrypted` true, or switch on `aws_ebs_encryption_by_default`.",
  sameAs: { checkov: ["CKV_AWS_8"], trivy: ["AWS-0008", "AWS-0131"], cdkNag: ["AwsSolutions-EC26"] },
  types: DISK_TYPES,
  judge: (resource, { graph }) => {
    const byDefault = graph.resourcesOf("aws_ebs_encryption_by_default");
    if (byDefault.some((one) => one.at("enabled").boolean !== false)) return pass();
    const disks = disksOf(resource);
    if (disks.length > 0)
      return allOf(
        disks.map((disk) => must(disk.at("encrypted"), (literal) => String(literal) === "true", "must be true")),
      );
    const image = resource.at(resource.type === "aws_instance" ? "ami" : "image_id");
    const message = "an encrypted root disk must be stated, and none is, so that the image decides";
    return image.absent ? fail(message) : unknown(message);
  },
  examples: {
    failing: { terraform: template({ volume_size: 100 }) },
    passing: { terraform: template({ volume_size: 100, encrypted: "true" }) },
    unknown: { terraform: template({ encrypted: "${var.encrypted}" }) },
  },
});
