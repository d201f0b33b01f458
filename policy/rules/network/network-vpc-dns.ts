import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";

const vpc = (about: object) => ({
  terraform: { resource: { aws_vpc: { vpc: { cidr_block: "10.24.0.0/16", ...about } } } },
});

/** AWS resolves names by default and gives none: `enable_dns_hostnames` is false when it is not there. */
export const networkVpcDns = resourceRule({
  id: "FD-NET-018",
  slug: "network-vpc-dns",
  title: "A VPC resolves the private names of clusters and services",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "Without it nodes cannot find the private endpoint of EKS, and endpoints of services are asked over the internet.",
  fix: "Set `enable_dns_hostnames` to true and leave `enable_dns_support` on.",
  types: ["aws_vpc"],
  judge: (resource) =>
    allOf(
      must(resource.at("enable_dns_support"), (on) => String(on ?? true) === "true", "must be true"),
      must(resource.at("enable_dns_hostnames"), (on) => String(on ?? false) === "true", "must be true"),
    ),
  examples: {
    failing: vpc({}),
    passing: vpc({ enable_dns_hostnames: true }),
    unknown: vpc({ enable_dns_hostnames: "${var.names}" }),
  },
});
