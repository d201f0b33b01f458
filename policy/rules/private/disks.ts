import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";

/** Types with disks that {@link disksOf} reads. */
export const DISK_TYPES = ["aws_launch_template", "aws_launch_configuration", "aws_instance"] as const;

/** The EBS volumes that a launch template, launch configuration or instance states; disks of the instance itself left out. */
export function disksOf(resource: Resource): readonly Value[] {
  if (resource.type === "aws_launch_template")
    return resource
      .each("block_device_mappings")
      .map((mapping) => mapping.at("ebs"))
      .filter((ebs) => !ebs.absent);
  return [...resource.each("root_block_device"), ...resource.each("ebs_block_device")];
}
