import type { Block, Complement } from "../mutants/mutant";

const DISKS = [
  {
    device_name: "/dev/xvda",
    ebs: {
      encrypted: "true",
      kms_key_id: "arn:aws:kms:us-east-1:333333333333:key/0123abcd-0123-0123-0123-0123456789ab",
      volume_size: 500,
      volume_type: "gp3",
    },
  },
];

const METADATA = { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 };

function group(template: string, about: Block): Block {
  return {
    cluster_name: "atlas-prod",
    node_role_arn: "arn:aws:iam::333333333333:role/atlas-prod-nodes",
    subnet_ids: ["subnet-0123456789abcdef0"],
    launch_template: {
      id: `\${aws_launch_template.${template}.id}`,
      version: `\${aws_launch_template.${template}.latest_version}`,
    },
    scaling_config: { min_size: 0, max_size: 1, desired_size: 0 },
    node_repair_config: { enabled: true },
    update_config: { max_unavailable: 1 },
    ...about,
  };
}

const GPU_TAINT = { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" };

/** A Capacity Block, GPUs cut into instances, Inferentia, the GPU operator and a node pool of Karpenter. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_eks_node_group: {
        Block: group("Block", {
          ami_type: "AL2023_x86_64_NVIDIA",
          capacity_type: "CAPACITY_BLOCK",
          labels: { "nvidia.com/gpu.present": "true" },
          taint: [GPU_TAINT],
        }),
        Notebooks: group("Accelerated", {
          ami_type: "AL2023_x86_64_NVIDIA",
          instance_types: ["p5.4xlarge"],
          labels: { "nvidia.com/gpu.present": "true", "nvidia.com/mig.config": "all-1g.10gb" },
          taint: [GPU_TAINT],
        }),
        Inferentia: group("Accelerated", {
          ami_type: "AL2023_x86_64_NEURON",
          instance_types: ["inf2.xlarge"],
          taint: [{ key: "aws.amazon.com/neuron", value: "true", effect: "NO_SCHEDULE" }],
        }),
      },
      aws_launch_template: {
        Accelerated: { block_device_mappings: DISKS, metadata_options: METADATA },
        Block: {
          block_device_mappings: DISKS,
          metadata_options: METADATA,
          instance_type: "p5.48xlarge",
          instance_market_options: { market_type: "capacity-block" },
          capacity_reservation_specification: {
            capacity_reservation_target: { capacity_reservation_id: "${aws_ec2_capacity_block_reservation.May.id}" },
          },
        },
      },
      aws_ec2_capacity_block_reservation: {
        May: {
          capacity_block_offering_id: "${data.aws_ec2_capacity_block_offering.May.capacity_block_offering_id}",
          instance_platform: "Linux/UNIX",
        },
      },
      helm_release: {
        GpuOperator: {
          name: "gpu-operator",
          chart: "gpu-operator",
          repository: "https://helm.ngc.nvidia.com/nvidia",
          version: "v26.7.0",
          namespace: "gpu-operator",
          create_namespace: false,
          atomic: true,
          cleanup_on_fail: true,
          max_history: 5,
          timeout: 600,
          wait: true,
          values: ['{"devicePlugin":{"enabled":false},"driver":{"enabled":false},"toolkit":{"enabled":false}}'],
        },
      },
    },
    data: {
      aws_ec2_capacity_block_offering: {
        May: { instance_type: "p5.48xlarge", instance_count: 1, capacity_duration_hours: 24 },
      },
    },
  },
  objects: [
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "l4" },
      spec: {
        template: {
          spec: {
            requirements: [{ key: "karpenter.k8s.aws/instance-gpu-name", operator: "In", values: ["l4"] }],
            taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }],
            expireAfter: "720h",
          },
        },
        limits: { "nvidia.com/gpu": 8 },
        disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "10m" },
      },
    },
  ],
};
