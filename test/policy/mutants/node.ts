import { at, put, resourceOf } from "./mutant";
import type { CompliantEnvironment, Mutant } from "./mutant";

function changed(rule: string, what: string, [type, name, path]: readonly string[], value: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment: CompliantEnvironment): void => put(resourceOf(environment, type!, name!), path!, value),
  };
}

const template = (path: string): readonly string[] => ["aws_launch_template", "SystemPool", path];
const batch = (path: string): readonly string[] => ["aws_eks_node_group", "CpuPool-batch", path];

/** Base64 of `export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE`, the key of AWS's documentation. */
const WITH_KEY = "ZXhwb3J0IEFXU19BQ0NFU1NfS0VZX0lEPUFLSUFJT1NGT0ROTjdFWEFNUExF";

/** One broken attribute for each rule of nodes. */
export const mutants: readonly Mutant[] = [
  changed("FD-NODE-001", "sessions are optional", template("metadata_options.http_tokens"), "optional"),
  changed("FD-NODE-002", "pods reach the metadata", template("metadata_options.http_put_response_hop_limit"), 2),
  changed(
    "FD-NODE-003",
    "a node gets a public address",
    ["aws_launch_template", "GpuPool-h100", "network_interfaces.0.associate_public_ip_address"],
    "true",
  ),
  changed("FD-NODE-004", "a key is written into the user data", template("user_data"), WITH_KEY),
  changed("FD-NODE-005", "a disk is not encrypted", template("block_device_mappings.ebs.encrypted"), "false"),
  changed("FD-NODE-005", "no disk is stated", template("block_device_mappings"), undefined),
  changed("FD-NODE-006", "a disk has AWS's key", template("block_device_mappings.ebs.kms_key_id"), undefined),
  changed("FD-NODE-007", "SSH is open", batch("remote_access"), { ec2_ssh_key: "ops" }),
  changed("FD-NODE-008", "all nodes are updated at once", batch("update_config.max_unavailable_percentage"), 100),
  {
    rule: "FD-NODE-009",
    what: "services stand in one zone",
    change: (environment: CompliantEnvironment): void => {
      const group = resourceOf(environment, "aws_eks_node_group", "CpuPool-services");
      put(group, "subnet_ids", [at(group, "subnet_ids.0")]);
    },
  },
  changed("FD-NODE-010", "there is no launch template", batch("launch_template"), undefined),
  changed("FD-NODE-011", "nodes are ahead of their cluster", batch("version"), "1.36"),
  changed("FD-NODE-011", "nodes are four versions behind", batch("version"), "1.31"),
  changed("FD-NODE-012", "nodes are not repaired", batch("node_repair_config.enabled"), false),
  changed("FD-NODE-013", "a group may grow without end", batch("scaling_config.max_size"), 51),
  {
    ...changed("FD-NODE-014", "the system pool is spot", ["aws_eks_node_group", "SystemPool", "capacity_type"], "SPOT"),
    // What runs there and serves has a rule of its own against spot.
    given: ({ objects }: CompliantEnvironment): void => {
      const others = objects.filter((object) => at(object, "metadata.namespace") !== "monitoring");
      objects.splice(0, objects.length, ...others);
    },
  },
  changed("FD-NODE-015", "the serving pool is spot", ["aws_eks_node_group", "GpuPool-l40s", "capacity_type"], "SPOT"),
  changed("FD-NODE-016", "the image is of Amazon Linux 2", batch("ami_type"), "AL2_x86_64"),
  changed("FD-NODE-017", "a type has other processors", batch("instance_types"), ["c7i.4xlarge", "c7g.4xlarge"]),
  changed(
    "FD-NODE-018",
    "a launch configuration is used",
    ["aws_autoscaling_group", "Workers", "launch_configuration"],
    "workers",
  ),
  changed("FD-NODE-019", "an autoscaling group has no tags", ["aws_autoscaling_group", "Workers", "tag"], undefined),
];
