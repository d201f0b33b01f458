import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { disksOf } from "../private/disks";
import { hasOwnImage, kindOf, launchTemplateOf, shapeOf } from "../private/node-group";

/** Size of the root volume in EKS's images. */
const IMAGE_GIB = 20;

const group = (disk: object): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      l4: {
        cluster_name: "atlas-prod",
        instance_types: ["g6.xlarge"],
        launch_template: { id: "${aws_launch_template.l4.id}", version: "1" },
      },
    },
    aws_launch_template: { l4: { block_device_mappings: [{ device_name: "/dev/xvda", ebs: disk }] } },
  },
});

/** Whether images and pods' files lie on the instance's own disks: nodeadm's or the bootstrap script's RAID 0. */
function usesInstanceDisks(template: Resource): boolean {
  const text = template.at("user_data").text ?? "";
  return [text, Buffer.from(text, "base64").toString("utf8")].some((one) => /raid0/i.test(one));
}

/** Judged by the largest disk. How large it must be is a threshold: `minGpuDiskGib`. */
export const gpuDiskSize = resourceRule({
  id: "FD-GPU-014",
  slug: "gpu-disk-size",
  title: "The disks of GPU nodes are large enough for their images",
  severity: "medium",
  packs: ["gpu"],
  why: "Images with CUDA and an inference server take 10 to 30 GiB each; at 85% the kubelet throws images out and pulls them again, then evicts pods.",
  fix: "Set `ebs.volume_size` in `block_device_mappings` to 100 or more, or put containers on the instance's own disks.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph, thresholds }) => {
    const kind = kindOf(group, graph);
    if (kind !== "nvidia" && kind !== "neuron") return notApplicable();
    const template = launchTemplateOf(group, graph);
    if (template === undefined && !group.at("launch_template").absent)
      return unknown("the launch template must state a disk, and is not among the stacks");
    const { types, complete } = shapeOf(group, graph);
    const hasOwnDisks = complete && types.every(({ nvmeGB }) => nvmeGB >= thresholds.minGpuDiskGib);
    if (template !== undefined && hasOwnDisks && usesInstanceDisks(template)) return pass();
    const sizes = template ? disksOf(template).map((disk) => disk.at("volume_size")) : [group.at("disk_size")];
    const largest = Math.max(IMAGE_GIB, ...sizes.map((size) => size.number ?? 0));
    const message = `the disk of GPU nodes must have at least ${thresholds.minGpuDiskGib} GiB, got ${largest}`;
    if (largest >= thresholds.minGpuDiskGib) return pass();
    const stated = sizes.some(({ known }) => known);
    const open = sizes.some((size) => size.unknown) || (!stated && hasOwnImage(group, graph));
    return open
      ? unknown(`${message} as far as is known`)
      : fail(message, { attribute: sizes[0]?.path ?? "disk_size" });
  },
  examples: {
    failing: { terraform: group({ volume_size: 50 }) },
    passing: { terraform: group({ volume_size: 200 }) },
    unknown: { terraform: group({ volume_size: "${var.size}" }) },
  },
});
