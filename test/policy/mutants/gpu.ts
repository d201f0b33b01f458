import { at, objectOf, put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

function changed(rule: string, what: string, [type, name, path]: readonly string[], value: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment: CompliantEnvironment): void => put(resourceOf(environment, type!, name!), path!, value),
  };
}

const group = (name: string, path: string): readonly string[] => ["aws_eks_node_group", name, path];
const template = (name: string, path: string): readonly string[] => ["aws_launch_template", name, path];

const SHARED = JSON.stringify({
  config: {
    default: "whole",
    map: {
      whole: "version: v1",
      "time-slicing-4": "version: v1\nsharing: {timeSlicing: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}",
    },
  },
});

const h100 = (environment: CompliantEnvironment): Block =>
  resourceOf(environment, "aws_launch_template", "GpuPool-h100");

function ofNodePool(rule: string, what: string, path: string, value: unknown): Mutant {
  return {
    rule,
    what,
    change: (environment: CompliantEnvironment): void => put(objectOf(environment, "NodePool", "l4"), path, value),
  };
}

/** One broken attribute for each rule of GPUs. */
export const mutants: readonly Mutant[] = [
  changed("FD-GPU-001", "the taint of a GPU pool is taken away", group("GpuPool-l40s", "taint"), undefined),
  changed("FD-GPU-001", "the taint only prefers", group("GpuPool-l40s", "taint.effect"), "PREFER_NO_SCHEDULE"),
  {
    rule: "FD-GPU-002",
    what: "no label says that there are GPUs",
    change: (environment: CompliantEnvironment): void => {
      const labels = at(resourceOf(environment, "aws_eks_node_group", "Notebooks"), "labels") as Block;
      delete labels["nvidia.com/gpu.present"];
    },
  },
  changed("FD-GPU-003", "the image has no driver", group("GpuPool-l40s", "ami_type"), "AL2023_x86_64_STANDARD"),
  changed("FD-GPU-003", "the image has no Neuron driver", group("Inferentia", "ami_type"), "AL2023_x86_64_STANDARD"),
  {
    ...changed("FD-GPU-004", "a GPU stays on in development", group("GpuPool-l4", "scaling_config.min_size"), 1),
    stage: "dev",
  },
  {
    rule: "FD-GPU-005",
    what: "the cap is below what may run",
    change: ({ thresholds }: CompliantEnvironment): void => {
      thresholds.maxGpus = 39;
    },
  },
  {
    rule: "FD-GPU-006",
    what: "one adapter too many is asked for",
    change: (environment: CompliantEnvironment): void => {
      const interfaces = at(h100(environment), "network_interfaces") as Block[];
      interfaces.push({ ...interfaces.at(-1)!, network_card_index: 32 });
    },
  },
  changed("FD-GPU-007", "nodes are spread", template("GpuPool-h100", "placement"), undefined),
  {
    rule: "FD-GPU-007",
    what: "the placement group spreads",
    change: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "aws_placement_group"), "strategy", "spread"),
  },
  {
    rule: "FD-GPU-008",
    what: "adapters stand in two zones",
    change: (environment: CompliantEnvironment): void => {
      const other = at(resourceOf(environment, "aws_eks_node_group", "GpuPool-l40s"), "subnet_ids.0");
      (at(resourceOf(environment, "aws_eks_node_group", "GpuPool-h100"), "subnet_ids") as unknown[]).push(other);
    },
  },
  {
    rule: "FD-GPU-009",
    what: "the adapters' group does not let its members out to each other",
    given: (environment: CompliantEnvironment): void => {
      for (const one of at(h100(environment), "network_interfaces") as Block[])
        put(one, "security_groups", [at(one, "security_groups.1")]);
    },
    change: (environment: CompliantEnvironment): void =>
      put(
        resourceOf(environment, "aws_vpc_security_group_egress_rule", "GpuPool-h100_EfaSecurityGroup"),
        "ip_protocol",
        "tcp",
      ),
  },
  changed("FD-GPU-010", "the block is not asked for", template("Block", "instance_market_options"), undefined),
  changed(
    "FD-GPU-010",
    "no reservation is named",
    template("Block", "capacity_reservation_specification.capacity_reservation_target.capacity_reservation_id"),
    undefined,
  ),
  changed("FD-GPU-011", "a group grows beyond its block", group("Block", "scaling_config.max_size"), 2),
  {
    rule: "FD-GPU-012",
    what: "a GPU is cut by a profile it does not have",
    change: (environment: CompliantEnvironment): void => {
      const labels = at(resourceOf(environment, "aws_eks_node_group", "Notebooks"), "labels") as Block;
      labels["nvidia.com/mig.config"] = "all-1g.5gb";
    },
  },
  {
    rule: "FD-GPU-013",
    what: "instances of a GPU are time-sliced",
    stage: "dev",
    change: (environment: CompliantEnvironment): void => {
      const labels = at(resourceOf(environment, "aws_eks_node_group", "Notebooks"), "labels") as Block;
      labels["nvidia.com/device-plugin.config"] = "time-slicing-4";
    },
  },
  changed("FD-GPU-014", "a disk is small", template("GpuPool-l40s", "block_device_mappings.ebs.volume_size"), 50),
  changed(
    "FD-GPU-015",
    "the operator installs the device plugin too",
    ["helm_release", "GpuOperator", "values"],
    ['{"devicePlugin":{"enabled":true},"driver":{"enabled":false},"toolkit":{"enabled":false}}'],
  ),
  {
    rule: "FD-GPU-016",
    what: "a pool is time-sliced",
    given: (environment: CompliantEnvironment): void =>
      put(resourceOf(environment, "helm_release", "NvidiaDevicePlugin"), "values", [SHARED]),
    change: (environment: CompliantEnvironment): void => {
      const labels = at(resourceOf(environment, "aws_eks_node_group", "GpuPool-l40s"), "labels") as Block;
      labels["nvidia.com/device-plugin.config"] = "time-slicing-4";
    },
  },
  changed("FD-GPU-017", "a type has four GPUs", group("GpuPool-l40s", "instance_types"), [
    "g6e.2xlarge",
    "g6e.12xlarge",
  ]),
  changed("FD-GPU-018", "the taint of a Neuron pool is taken away", group("Inferentia", "taint"), undefined),
  changed("FD-GPU-019", "a CPU pool may start GPUs", group("CpuPool-batch", "instance_types"), [
    "c7i.4xlarge",
    "g6.4xlarge",
  ]),
  changed("FD-GPU-020", "GPUs are newer than the driver", group("GpuPool-l40s", "instance_types"), ["g7.2xlarge"]),
  ofNodePool("FD-GPU-021", "Karpenter's GPU nodes have no taint", "spec.template.spec.taints", []),
  ofNodePool("FD-GPU-022", "Karpenter's GPUs have no limit", "spec.limits", { cpu: 256 }),
  ofNodePool("FD-GPU-023", "idle GPU nodes stay", "spec.disruption.consolidateAfter", "Never"),
  ofNodePool("FD-GPU-023", "GPU nodes never expire", "spec.template.spec.expireAfter", "Never"),
];
