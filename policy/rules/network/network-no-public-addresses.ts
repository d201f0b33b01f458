import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { fail } from "../../engine/verdict";

const subnet = (about: object) => ({
  terraform: { resource: { aws_subnet: { nodes: { vpc_id: "vpc-1", cidr_block: "10.24.0.0/20", ...about } } } },
});

/** Public subnets need it as little: load balancers and NAT gateways get their addresses without. */
export const networkNoPublicAddresses = resourceRule({
  id: "FD-NET-011",
  slug: "network-no-public-addresses",
  title: "A subnet gives no public addresses to what is started in it",
  severity: "high",
  packs: ["baseline"],
  why: "A node that is started in the wrong subnet is then on the internet with every port that a group leaves open.",
  fix: "Leave `map_public_ip_on_launch` out, or set it to false.",
  sameAs: { checkov: ["CKV_AWS_130"], trivy: ["AWS-0164"] },
  types: ["aws_subnet", "aws_default_subnet"],
  judge: (resource) => {
    const given = resource.at("map_public_ip_on_launch");
    if (resource.type === "aws_default_subnet" && given.absent)
      return fail("`map_public_ip_on_launch` must be false: AWS sets it on default subnets", { attribute: given.path });
    return mustNotBe(given, true);
  },
  examples: {
    failing: subnet({ map_public_ip_on_launch: true }),
    passing: subnet({ map_public_ip_on_launch: false }),
    unknown: subnet({ map_public_ip_on_launch: "${var.public}" }),
  },
});
