import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { allOf, fail, pass } from "../../engine/verdict";
import { DISK_TYPES, disksOf } from "../private/disks";

const OLD = ["gp2", "standard"];

const template = (type: string): TerraformJson => ({
  resource: {
    aws_launch_template: {
      nodes: { block_device_mappings: [{ device_name: "/dev/xvda", ebs: { volume_size: 100, volume_type: type } }] },
    },
  },
});

function volumeTypesOf(resource: Resource): readonly Value[] {
  if (resource.type === "aws_ebs_volume") return [resource.at("type")];
  if (resource.type.startsWith("kubernetes_storage_class")) return [resource.at("parameters.type")];
  return disksOf(resource).map((disk) => disk.at("volume_type"));
}

/** Only types that are written: where none is, the image or the driver decides. */
export const costGp3 = resourceRule({
  id: "FD-COST-008",
  slug: "cost-gp3",
  title: "Disks are of type gp3, not of the generations before",
  severity: "low",
  packs: ["cost"],
  why: "gp2 costs a quarter more than gp3, and small volumes of it are slower: images pull and checkpoints load at a fraction of the speed.",
  fix: 'Set the volume type to "gp3"; a volume in use can be changed without a stop.',
  types: [...DISK_TYPES, "aws_ebs_volume", "kubernetes_storage_class", "kubernetes_storage_class_v1"],
  judge: (resource) =>
    allOf(
      volumeTypesOf(resource)
        .filter((type) => type.known)
        .map((type) =>
          OLD.includes(String(type.literal))
            ? fail(`\`${type.path}\` must be "gp3", got ${type.toString()}`, { attribute: type.path })
            : pass(),
        ),
    ),
  examples: { failing: { terraform: template("gp2") }, passing: { terraform: template("gp3") } },
});
