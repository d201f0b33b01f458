import type { Complement } from "../mutants/mutant";

/** An interface endpoint in one zone, which development does without. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_vpc_endpoint: {
        Sts: {
          vpc_id: "vpc-0123456789abcdef0",
          service_name: "com.amazonaws.us-east-1.sts",
          vpc_endpoint_type: "Interface",
          private_dns_enabled: true,
          security_group_ids: ["sg-0123456789abcdef0"],
          subnet_ids: ["subnet-0123456789abcdef0"],
          policy:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"333333333333"}}}]}',
        },
      },
    },
  },
};
