import { at, objectOf, put, removeResource, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const WORLD = "0.0.0.0/0";

/** Lets everyone in at one port of the interface endpoints. */
function open(environment: CompliantEnvironment, port: number): void {
  const rule = resourceOf(environment, "aws_vpc_security_group_ingress_rule", "FromCidr10-24");
  Object.assign(rule, { cidr_ipv4: WORLD, from_port: port, to_port: port });
}

/** Puts a rule to the security group of the database. */
function openDatabaseGroup({ stacks }: CompliantEnvironment, about: Block): void {
  const rules = (stacks["atlas-prod-data"]!.resource ??= {});
  const name = Object.keys(rules.aws_security_group!).find((one) => one.startsWith("Database"))!;
  put(rules, "aws_vpc_security_group_ingress_rule.New", {
    description: "Metrics",
    security_group_id: `\${aws_security_group.${name}.id}`,
    ip_protocol: "tcp",
    ...about,
  });
}

const opens = (rule: string, port: number, what: string): Mutant => ({
  rule,
  what,
  change: (environment) => open(environment, port),
});

export const mutants: readonly Mutant[] = [
  opens("FD-NET-001", 22, "everyone reaches SSH"),
  opens("FD-NET-002", 3389, "everyone reaches Remote Desktop"),
  {
    rule: "FD-NET-003",
    what: "everyone reaches all ports",
    change: (environment: CompliantEnvironment): void => {
      const rule = resourceOf(environment, "aws_vpc_security_group_ingress_rule", "FromCidr10-24");
      Object.assign(rule, { cidr_ipv4: WORLD, ip_protocol: "-1" });
    },
  },
  {
    rule: "FD-NET-003",
    what: "everyone reaches all ports of a group with rules in it",
    change: (environment) =>
      put(resourceOf(environment, "aws_security_group", "Endpoints"), "ingress", [
        { description: "All", protocol: "tcp", from_port: 0, to_port: 65_535, ipv6_cidr_blocks: ["::/0"] },
      ]),
  },
  {
    rule: "FD-NET-004",
    what: "everyone reaches the database",
    change: (environment) => openDatabaseGroup(environment, { from_port: 5432, to_port: 5432, cidr_ipv4: WORLD }),
  },
  opens("FD-NET-005", 80, "everyone reaches port 80 of what is no load balancer"),
  {
    rule: "FD-NET-006",
    what: "the nodes send anything anywhere",
    change: (environment: CompliantEnvironment): void => {
      const rule = resourceOf(environment, "aws_vpc_security_group_egress_rule", "Efa");
      delete rule.referenced_security_group_id;
      rule.cidr_ipv4 = WORLD;
    },
  },
  {
    rule: "FD-NET-007",
    what: "nobody knows what a rule is for",
    change: (environment) =>
      put(resourceOf(environment, "aws_vpc_security_group_ingress_rule", "Database"), "description", undefined),
  },
  {
    rule: "FD-NET-008",
    what: "a group is left over",
    change: ({ stacks }) =>
      put(stacks["atlas-prod-network"]!, "resource.aws_security_group.New", {
        description: "Left over",
        vpc_id: "vpc-1",
      }),
  },
  {
    rule: "FD-NET-009",
    what: "members of the default group reach each other",
    change: (environment) =>
      put(resourceOf(environment, "aws_default_security_group"), "ingress", [
        { protocol: "-1", self: true, from_port: 0, to_port: 0 },
      ]),
  },
  {
    rule: "FD-NET-010",
    what: "flow logs are gone",
    change: (environment) => removeResource(environment, "aws_flow_log"),
  },
  {
    rule: "FD-NET-011",
    what: "a subnet gives public addresses",
    change: (environment) =>
      put(resourceOf(environment, "aws_subnet", "PublicSubnetA"), "map_public_ip_on_launch", true),
  },
  {
    rule: "FD-NET-012",
    what: "an ACL lets everyone in at SSH",
    change: (environment: CompliantEnvironment): void => {
      const [first] = at(resourceOf(environment, "aws_network_acl"), "ingress") as Block[];
      Object.assign(first!, { from_port: 20, to_port: 25 });
    },
  },
  {
    rule: "FD-NET-013",
    what: "everyone may use an endpoint",
    change: (environment) => put(resourceOf(environment, "aws_vpc_endpoint", "DynamoDb"), "policy", undefined),
  },
  {
    rule: "FD-NET-014",
    what: "everyone reaches the exporter of the database",
    change: (environment) => openDatabaseGroup(environment, { from_port: 9187, to_port: 9187, cidr_ipv4: WORLD }),
  },
  {
    rule: "FD-NET-015",
    what: "a service is on the internet",
    change: (environment: CompliantEnvironment): void => {
      const { annotations } = objectOf(environment, "Service", "router").metadata as { annotations: Block };
      annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"] = "internet-facing";
    },
  },
  {
    rule: "FD-NET-015",
    what: "an ingress is on the internet",
    change: (environment: CompliantEnvironment): void => {
      const { annotations } = objectOf(environment, "Ingress", "console").metadata as { annotations: Block };
      annotations["alb.ingress.kubernetes.io/scheme"] = "internet-facing";
    },
  },
  {
    rule: "FD-NET-016",
    what: "the private subnets have a route to the internet",
    change: (environment: CompliantEnvironment): void => {
      const { gateway_id: gateway } = resourceOf(environment, "aws_route", "PublicDefault");
      const route = resourceOf(environment, "aws_route", "PrivateDefaultRouteA");
      delete route.nat_gateway_id;
      route.gateway_id = gateway;
    },
  },
  {
    rule: "FD-NET-017",
    what: "S3 is reached through NAT",
    change: (environment) => removeResource(environment, "aws_vpc_endpoint", "S3Endpoint"),
  },
  {
    rule: "FD-NET-018",
    what: "private names are not resolved",
    change: (environment) => put(resourceOf(environment, "aws_vpc"), "enable_dns_hostnames", false),
  },
];
