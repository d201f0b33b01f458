import type { TerraformJson } from "../../../engine/rule";

/** A rule of a security group that lets TCP in on one port. */
export function ingress(port: number, range: string): { readonly terraform: TerraformJson } {
  const rule = { security_group_id: "sg-1", ip_protocol: "tcp", from_port: port, to_port: port, cidr_ipv4: range };
  return { terraform: { resource: { aws_vpc_security_group_ingress_rule: { in: rule } } } };
}
