import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { allOf, pass } from "../../engine/verdict";

const template = (networkInterface: object): TerraformJson => ({
  resource: { aws_launch_template: { nodes: { network_interfaces: [networkInterface] } } },
});

/** Where nothing is stated the subnet decides, which is judged with subnets. */
export const nodeNoPublicIp = resourceRule({
  id: "FD-NODE-003",
  slug: "node-no-public-ip",
  title: "Nodes have no public address",
  severity: "high",
  packs: ["baseline", "cis-eks"],
  why: "A node with a public address is one wrong security group rule away from having its kubelet, or a pod's port, on the internet.",
  fix: "Set `associate_public_ip_address` to false, or leave it out, and place nodes in private subnets.",
  sameAs: { checkov: ["CKV_AWS_88"], trivy: ["AWS-0009"] },
  types: ["aws_launch_template", "aws_launch_configuration", "aws_instance"],
  judge: (resource) => {
    const own = resource.at("associate_public_ip_address");
    const interfaces = resource.each("network_interfaces").map((one) => one.at("associate_public_ip_address"));
    return allOf(
      pass(),
      [own, ...interfaces].map((value) => mustNotBe(value, true)),
    );
  },
  examples: {
    failing: { terraform: template({ associate_public_ip_address: "true" }) },
    passing: { terraform: template({ associate_public_ip_address: "false" }) },
    unknown: { terraform: template({ associate_public_ip_address: "${var.public}" }) },
  },
});
