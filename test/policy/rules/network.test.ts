import type { Example } from "../../../policy/engine/rule";
import { networkRules } from "../../../policy/rules/network";
import { networkAclAdminPorts } from "../../../policy/rules/network/network-acl-admin-ports";
import { networkEgressNotAll } from "../../../policy/rules/network/network-egress-not-all";
import { networkEndpointPolicy } from "../../../policy/rules/network/network-endpoint-policy";
import { networkFlowLogs } from "../../../policy/rules/network/network-flow-logs";
import { networkGroupsAttached } from "../../../policy/rules/network/network-groups-attached";
import { networkHttpNotPublic } from "../../../policy/rules/network/network-http-not-public";
import { networkNoPathToWorkloads } from "../../../policy/rules/network/network-no-path-to-workloads";
import { networkNoPublicAddresses } from "../../../policy/rules/network/network-no-public-addresses";
import { networkPortsNotAllPublic } from "../../../policy/rules/network/network-ports-not-all-public";
import { networkPrivateSubnets } from "../../../policy/rules/network/network-private-subnets";
import { networkRulesDescribed } from "../../../policy/rules/network/network-rules-described";
import { networkServicesNotPublic } from "../../../policy/rules/network/network-services-not-public";
import { networkSshNotPublic } from "../../../policy/rules/network/network-ssh-not-public";
import { judgeExample } from "../../../policy/run/judge-example";
import { answersOf } from "./answers-of";

const group = (...ingress: readonly object[]) => ({
  aws_security_group: {
    nodes: {
      description: "Nodes",
      ingress: ingress.map((rule) => ({ description: "Rule", protocol: "tcp", ...rule })),
    },
  },
});
const at = (from: number, to = from) => ({ from_port: from, to_port: to });

/** Ids of the rules about ports that find something. */
function found(resources: Readonly<Record<string, unknown>>): readonly string[] {
  return networkRules
    .filter(({ id }) => id <= "FD-NET-006" || id === "FD-NET-014")
    .filter((rule) => answersOf(rule, resources as never).some((answer) => answer.startsWith("fail")))
    .map(({ id }) => id);
}

describe("what a security group opens", () => {
  test.each([
    [at(22), ["FD-NET-001"]],
    [at(3389), ["FD-NET-002"]],
    [at(0, 65_535), ["FD-NET-003"]],
    [at(1, 65_535), ["FD-NET-003"]],
    [at(0, 1024), ["FD-NET-001"]],
    [at(3000, 6000), ["FD-NET-002"]],
    [at(6379), ["FD-NET-004"]],
    [at(80), ["FD-NET-005"]],
    [at(443), []],
    [{ ...at(0), protocol: "-1" }, ["FD-NET-003"]],
    [{ ...at(8), protocol: "icmp" }, []],
    [{ from_port: "22", to_port: "22" }, ["FD-NET-001"]],
  ])("to everyone on %j is one finding", (ports, expected) => {
    expect(found(group({ ...ports, cidr_blocks: ["0.0.0.0/0"] }))).toEqual(expected);
    expect(found(group({ ...ports, ipv6_cidr_blocks: ["::/0"] }))).toEqual(expected);
    expect(found(group({ ...ports, cidr_blocks: ["10.0.0.0/8", "198.51.100.0/24"] }))).toEqual([]);
  });

  test("two halves of the internet are the whole", () => {
    expect(answersOf(networkSshNotPublic, group({ ...at(22), cidr_blocks: ["0.0.0.0/1", "128.0.0.0/1"] }))).toEqual([
      'fail: `ingress[0].cidr_blocks[0]` must not let everyone in on port 22, got "0.0.0.0/1"',
      'fail: `ingress[0].cidr_blocks[1]` must not let everyone in on port 22, got "128.0.0.0/1"',
    ]);
  });

  test("the range of a network of the same code is no open one, one from outside may be", () => {
    const vpc = { aws_vpc: { main: { cidr_block: "10.24.0.0/16" } } };
    expect(
      answersOf(networkSshNotPublic, { ...vpc, ...group({ ...at(22), cidr_blocks: ["${aws_vpc.main.cidr_block}"] }) }),
    ).toEqual(["pass"]);
    expect(answersOf(networkSshNotPublic, group({ ...at(22), cidr_blocks: "${var.ranges}" }))).toEqual([
      "unknown: `ingress[0].cidr_blocks` must not let everyone in on port 22, got ${var.ranges}",
    ]);
  });

  test("a rule of its own is judged as one in a group", () => {
    const rule = { type: "ingress", security_group_id: "sg-1", protocol: "tcp", ...at(22), cidr_blocks: ["0.0.0.0/0"] };
    expect(found({ aws_security_group_rule: { in: rule } })).toEqual(["FD-NET-001"]);
    expect(found({ aws_security_group_rule: { out: { ...rule, type: "egress", ...at(0, 65_535) } } })).toEqual([
      "FD-NET-006",
    ]);
  });

  test("ports that are known only later are reported once", () => {
    const later = group({ from_port: "${var.port}", to_port: "${var.port}", cidr_blocks: ["0.0.0.0/0"] });
    expect(answersOf(networkPortsNotAllPublic, later)).toEqual([
      'unknown: `ingress[0].cidr_blocks[0]` must not let everyone in on ports known only after apply, got "0.0.0.0/0"',
    ]);
    expect(answersOf(networkSshNotPublic, later)).toEqual(["pass"]);
  });

  test("port 80 of a load balancer may be open", () => {
    const http = group({ ...at(80), cidr_blocks: ["0.0.0.0/0"] });
    const balancer = { aws_lb: { main: { security_groups: ["${aws_security_group.nodes.id}"] } } };
    expect(answersOf(networkHttpNotPublic, { ...http, ...balancer })).toEqual(["not applicable"]);
  });

  test("egress to one range is not egress to everyone", () => {
    const egress = (range: string) => ({
      aws_security_group: { nodes: { egress: { protocol: -1, ...at(0), cidr_blocks: [range] } } },
    });
    expect(answersOf(networkEgressNotAll, egress("10.0.0.0/8"))).toEqual(["pass"]);
    expect(answersOf(networkEgressNotAll, egress("0.0.0.0/0"))).toEqual([
      'fail: `egress.cidr_blocks[0]` must not let all ports out to everyone, got "0.0.0.0/0"',
    ]);
  });

  test("every rule in a group says what it is for", () => {
    expect(
      answersOf(networkRulesDescribed, {
        aws_security_group: { nodes: { description: "Nodes", ingress: [{ description: "" }] } },
      }),
    ).toEqual(['fail: `ingress[0].description` must be set, got ""']);
  });
});

describe("a path from the internet to a workload", () => {
  const rule = (range: string) => ({
    aws_security_group: { db: { description: "Database" } },
    aws_security_group_rule: {
      in: {
        type: "ingress",
        security_group_id: "${aws_security_group.db.id}",
        protocol: "tcp",
        ...at(9187),
        cidr_blocks: [range],
      },
    },
  });
  const database = { aws_db_instance: { main: { vpc_security_group_ids: ["${aws_security_group.db.id}"] } } };

  test("is found through the group that the workload is in", () => {
    expect(answersOf(networkNoPathToWorkloads, { ...rule("0.0.0.0/0"), ...database })).toEqual([
      'fail: `cidr_blocks[0]` must not let everyone reach aws_db_instance.main on port 9187, got "0.0.0.0/0"',
    ]);
  });

  test("is none through a group that only a load balancer is in", () => {
    const balancer = { aws_lb: { main: { security_groups: ["${aws_security_group.db.id}"] } } };
    expect(answersOf(networkNoPathToWorkloads, { ...rule("0.0.0.0/0"), ...balancer })).toEqual(["not applicable"]);
  });

  test("is found through the group that EKS makes for a cluster", () => {
    const resources = {
      aws_eks_cluster: { main: { name: "atlas" } },
      aws_vpc_security_group_ingress_rule: {
        in: {
          security_group_id: "${aws_eks_cluster.main.vpc_config[0].cluster_security_group_id}",
          ip_protocol: "tcp",
          ...at(10250),
          cidr_ipv4: "0.0.0.0/0",
        },
      },
    };
    expect(answersOf(networkNoPathToWorkloads, resources)).toEqual([
      'fail: `cidr_ipv4` must not let everyone reach aws_eks_cluster.main on port 10250, got "0.0.0.0/0"',
    ]);
  });
});

describe("subnets", () => {
  const network = (more: object) => ({
    aws_subnet: { a: { cidr_block: "10.0.0.0/24" } },
    aws_eks_node_group: { cpu: { subnet_ids: ["${aws_subnet.a.id}"] } },
    ...more,
  });

  test("a route in the table itself counts", () => {
    const table = { route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-0a1b2c3d" }] };
    const association = { a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.a.id}" } };
    expect(
      answersOf(
        networkPrivateSubnets,
        network({ aws_route_table: { a: table }, aws_route_table_association: association }),
      ),
    ).toEqual(["fail: `subnet_ids[0]` must be a private subnet: aws_subnet.a has a route to the internet"]);
  });

  test("one without a table here has routes that are not known here", () => {
    expect(answersOf(networkPrivateSubnets, network({}))).toEqual([
      "unknown: `subnet_ids[0]` must be a private subnet, and its route table is not known here: ${aws_subnet.a.id}",
    ]);
  });

  test("of one that is made elsewhere nothing is said", () => {
    expect(answersOf(networkPrivateSubnets, { aws_eks_node_group: { cpu: { subnet_ids: ["subnet-1"] } } })).toEqual([
      "not applicable",
    ]);
  });

  test.each([
    ["a variable", "${var.subnets}"],
    ["the output of a module", "${module.vpc.private_subnets}"],
    ["a data source that looks for a VPC made elsewhere", "${data.aws_subnets.private.ids}"],
  ])("nor of those of %s", (_what, ids) => {
    const data = { aws_subnets: { private: { filter: [{ name: "vpc-id", values: ["${var.vpc}"] }] } } };
    expect(answersOf(networkPrivateSubnets, { aws_eks_node_group: { cpu: { subnet_ids: ids } } }, { data })).toEqual([
      "not applicable",
    ]);
  });

  test("beside one that is known, those of a variable are unknown", () => {
    const table = {
      aws_route_table: { a: { route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-1" }] } },
      aws_route_table_association: {
        a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.a.id}" },
      },
    };
    const nodes = { aws_eks_node_group: { cpu: { subnet_ids: ["${aws_subnet.a.id}", "${var.other}"] } } };
    expect(answersOf(networkPrivateSubnets, network({ ...table, ...nodes }))).toEqual([
      "unknown: `subnet_ids[1]` must be a private subnet, and its routes are not known here: ${var.other}",
    ]);
  });

  test("default subnets give public addresses unless told otherwise", () => {
    expect(
      answersOf(networkNoPublicAddresses, { aws_default_subnet: { a: { availability_zone: "us-east-1a" } } }),
    ).toEqual(["fail: `map_public_ip_on_launch` must be false: AWS sets it on default subnets"]);
  });
});

describe("ACLs", () => {
  const acl = (...ingress: readonly object[]) => ({ aws_network_acl: { a: { ingress } } });
  const open = { rule_no: 200, action: "allow", protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" };
  const deny = { rule_no: 100, action: "deny", protocol: "tcp", ...at(22), cidr_block: "0.0.0.0/0" };

  test("a denial with a lower number comes first", () => {
    expect(answersOf(networkAclAdminPorts, acl(open, deny))).toEqual(["fail: must not let everyone in on port 3389"]);
    expect(answersOf(networkAclAdminPorts, acl(open, { ...deny, rule_no: 300 }))).toEqual([
      "fail: must not let everyone in on port 22",
      "fail: must not let everyone in on port 3389",
    ]);
  });

  test("a rule of its own says `rule_action`", () => {
    const rule = { rule_number: 100, rule_action: "allow", protocol: "tcp", ...at(22), cidr_block: "0.0.0.0/0" };
    expect(answersOf(networkAclAdminPorts, { aws_network_acl_rule: { a: rule } })).toEqual([
      "fail: must not let everyone in on port 22",
    ]);
    expect(answersOf(networkAclAdminPorts, { aws_network_acl_rule: { a: { ...rule, egress: true } } })).toEqual([
      "not applicable",
    ]);
  });
});

describe("networks", () => {
  test("a flow log of accepted connections only does not do", () => {
    const resources = (type: string) => ({
      aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
      aws_flow_log: { main: { vpc_id: "${aws_vpc.main.id}", traffic_type: type } },
    });
    expect(answersOf(networkFlowLogs, resources("REJECT"))).toEqual(["pass"]);
    expect(answersOf(networkFlowLogs, resources("ACCEPT"))).toEqual([
      'fail: `traffic_type` must be one of "ALL", "REJECT", got "ACCEPT"',
    ]);
  });

  test("an endpoint may have its policy beside it", () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" }],
    });
    const beside = { aws_vpc_endpoint_policy: { s3: { vpc_endpoint_id: "${aws_vpc_endpoint.s3.id}", policy } } };
    expect(answersOf(networkEndpointPolicy, { aws_vpc_endpoint: { s3: {} } })).toEqual([
      "fail: `policy` must be set: without one everyone may do anything through it",
    ]);
    expect(answersOf(networkEndpointPolicy, { aws_vpc_endpoint: { s3: {} }, ...beside })).toEqual(["pass"]);
  });
});

describe("services and ingresses", () => {
  const service = (annotations: object, spec: object = {}) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "router", namespace: "serving", annotations },
    spec: { type: "LoadBalancer", ...spec },
  });
  const ingress = (annotations: object) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "ui", annotations },
  });
  const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";
  const PUBLIC = { "alb.ingress.kubernetes.io/scheme": "internet-facing" };

  test.each([
    ["in the cluster", service({}, { type: "ClusterIP" }), "not applicable"],
    ["of the cloud provider", service({}), "fail"],
    ["of the cloud provider, internal", service({ [`${PREFIX}-internal`]: "true" }), "pass"],
    ["of the controller", service({ [`${PREFIX}-type`]: "external" }), "pass"],
    [
      "of the controller, public",
      service({ [`${PREFIX}-scheme`]: "internet-facing" }, { loadBalancerClass: "service.k8s.aws/nlb" }),
      "fail",
    ],
    ["public for one range", service({}, { loadBalancerSourceRanges: ["203.0.113.0/24"] }), "pass"],
    [
      "public for everyone among others",
      service({}, { loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] }),
      "fail",
    ],
    ["of an ingress in the network", ingress({}), "not applicable"],
    ["of a public ingress", ingress(PUBLIC), "fail"],
    [
      "of a public ingress for one range",
      ingress({ ...PUBLIC, "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24, 198.51.100.7/32" }),
      "pass",
    ],
    [
      "of a public ingress with groups of its own",
      ingress({ ...PUBLIC, "alb.ingress.kubernetes.io/security-groups": "sg-1" }),
      "pass",
    ],
  ])("a load balancer %s", (_what, object, expected) => {
    const { findings, counts } = judgeExample(networkServicesNotPublic, { objects: [object] });
    const outcome = findings[0]?.outcome ?? (counts.pass > 0 ? "pass" : "not applicable");
    expect(outcome).toBe(expected);
  });
});

describe("a group with nothing in it", () => {
  const state = (key: string) => ({ bucket: "state", key, region: "us-east-1" });
  const owner = {
    terraform: { backend: { s3: state("network") } },
    resource: { aws_security_group: { nodes: { description: "Nodes" } } },
    output: { "nodes-id": { value: "${aws_security_group.nodes.id}" } },
  };
  const reader = (resource: object) => ({
    resource: resource as never,
    data: { terraform_remote_state: { network: { backend: "s3", config: state("network") } } },
  });
  const id = "${data.terraform_remote_state.network.outputs.nodes-id}";
  const outcomes = (stacks: Example["stacks"]) =>
    judgeExample(networkGroupsAttached, { stacks }).findings.map(({ outcome, message }) => `${outcome}: ${message}`);

  test("is unknown where an output hands it to others", () => {
    expect(outcomes({ owner })).toEqual([
      "unknown: nothing here is in it, and who reads the output `nodes-id` is not known here",
    ]);
  });

  test("counts by what reads the output, where that is judged too", () => {
    expect(outcomes({ owner, reader: reader({ aws_instance: { a: { vpc_security_group_ids: [id] } } }) })).toEqual([]);
    const rule = { aws_vpc_security_group_ingress_rule: { a: { security_group_id: id, ip_protocol: "-1" } } };
    expect(outcomes({ owner, reader: reader(rule) })).toEqual(["fail: nothing is in it"]);
  });

  test("is left over where the output is of something else", () => {
    const output = { "vpc-id": { value: "vpc-1" } };
    expect(outcomes({ owner: { ...owner, output } })).toEqual(["fail: nothing is in it"]);
  });
});
