import type { Complement } from "../mutants/mutant";

/** An autoscaling group of its own, beside EKS's node groups. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_autoscaling_group: {
        Workers: {
          min_size: 0,
          max_size: 4,
          launch_template: { id: "${aws_launch_template.Workers.id}", version: "$Latest" },
          vpc_zone_identifier: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
          tag: [{ key: "Project", value: "atlas", propagate_at_launch: true }],
        },
      },
      aws_launch_template: {
        Workers: {
          block_device_mappings: [
            {
              device_name: "/dev/xvda",
              ebs: {
                encrypted: "true",
                kms_key_id: "arn:aws:kms:us-east-1:333333333333:key/0123abcd-0123-0123-0123-0123456789ab",
                volume_size: 200,
                volume_type: "gp3",
              },
            },
          ],
          metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
        },
      },
    },
  },
};
