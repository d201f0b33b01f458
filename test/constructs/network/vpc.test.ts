import type { VpcProps } from "../../../constructs/network/vpc";
import { Vpc } from "../../../constructs/network/vpc";
import { IDENTITY, failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const [A, B, C] = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const MINIMAL: VpcProps = { identity: IDENTITY, cidrBlock: "10.20.0.0/16", zones: [A, B] };
const vpcWith = (props: Partial<VpcProps> = {}) =>
  synthesize((stack) => new Vpc(stack, "Vpc", { ...MINIMAL, ...props }));
const refused = (props: Partial<VpcProps>) => failure(() => new Vpc(testStack(), "Vpc", { ...MINIMAL, ...props }));

describe("Vpc with minimal props", () => {
  const out = vpcWith();

  test("resolves DNS names inside", () => {
    expect(out.resource("aws_vpc")).toEqual({
      cidr_block: "10.20.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "atlas-dev" },
    });
  });

  test("has a private and a public subnet in each zone, tagged for load balancers, without public addresses", () => {
    const subnet = (zone: string, range: string, tags: object) => ({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      availability_zone: zone,
      cidr_block: range,
      map_public_ip_on_launch: false,
      tags,
    });
    const [internal, external] = [{ "kubernetes.io/role/internal-elb": "1" }, { "kubernetes.io/role/elb": "1" }];

    expect(out.resources("aws_subnet")).toEqual({
      "Vpc/PrivateSubnetA": subnet(A, "10.20.0.0/18", { Name: "atlas-dev-private-a", ...internal }),
      "Vpc/PrivateSubnetB": subnet(B, "10.20.64.0/18", { Name: "atlas-dev-private-b", ...internal }),
      "Vpc/PublicSubnetA": subnet(A, "10.20.192.0/20", { Name: "atlas-dev-public-a", ...external }),
      "Vpc/PublicSubnetB": subnet(B, "10.20.208.0/20", { Name: "atlas-dev-public-b", ...external }),
    });
  });

  test("closes the default security group, against rules added by hand too", () => {
    expect(out.resource("aws_default_security_group")).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      ingress: [],
      egress: [],
      tags: { Name: "atlas-dev-closed" },
    });
  });

  test("leaves through one NAT gateway in the first zone", () => {
    expect(Object.keys(out.resources("aws_eip"))).toEqual(["Vpc/NatAddressA"]);
    expect(out.resource("aws_nat_gateway", "Vpc/NatGatewayA")).toEqual({
      allocation_id: "${aws_eip.Vpc_NatAddressA_46D46B13.allocation_id}",
      subnet_id: "${aws_subnet.Vpc_PublicSubnetA_6D2CD58D.id}",
      depends_on: ["aws_route.Vpc_PublicDefaultRoute_FC22D289"],
      tags: { Name: "atlas-dev-nat-a" },
    });
    expect(natOfRoutes(out)).toEqual({ A: "Vpc_NatGatewayA", B: "Vpc_NatGatewayA" });
  });

  test("routes public subnets through the internet gateway, and each private one by a table of its own", () => {
    expect(Object.keys(out.resources("aws_route_table"))).toEqual([
      "Vpc/PrivateRouteTableA",
      "Vpc/PrivateRouteTableB",
      "Vpc/PublicRouteTable",
    ]);
    expect(out.resource("aws_route", "Vpc/PublicDefaultRoute")).toMatchObject({
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.Vpc_InternetGateway_AFE6D548.id}",
    });
    const associations = Object.values(out.resources("aws_route_table_association"));
    expect(associations.map(({ route_table_id, subnet_id }) => [nameIn(route_table_id), nameIn(subnet_id)])).toEqual([
      ["Vpc_PrivateRouteTableA", "Vpc_PrivateSubnetA"],
      ["Vpc_PrivateRouteTableB", "Vpc_PrivateSubnetB"],
      ["Vpc_PublicRouteTable", "Vpc_PublicSubnetA"],
      ["Vpc_PublicRouteTable", "Vpc_PublicSubnetB"],
    ]);
  });

  test("reaches S3 inside the network from every subnet", () => {
    const { route_table_ids: tables, ...endpoint } = out.resource("aws_vpc_endpoint", "Vpc/S3Endpoint");

    expect(endpoint).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      vpc_endpoint_type: "Gateway",
      service_name: "com.amazonaws.eu-central-1.s3",
      tags: { Name: "atlas-dev-s3" },
    });
    expect((tables as string[]).map(nameIn)).toEqual([
      "Vpc_PublicRouteTable",
      "Vpc_PrivateRouteTableA",
      "Vpc_PrivateRouteTableB",
    ]);
  });
});

describe("Vpc with all props", () => {
  test("has a NAT gateway in each of three zones, and each zone leaves through its own", () => {
    const out = vpcWith({ zones: [A, B, C], nat: "per-zone" });

    expect(natOfRoutes(out)).toEqual({ A: "Vpc_NatGatewayA", B: "Vpc_NatGatewayB", C: "Vpc_NatGatewayC" });
    expect(out.counts()).toMatchObject({ aws_eip: 3, aws_nat_gateway: 3, aws_subnet: 6, aws_route_table: 4 });
  });

  test("has no way out of private subnets without NAT", () => {
    const out = vpcWith({ nat: "none" });

    expect(Object.keys(out.resources("aws_route"))).toEqual(["Vpc/PublicDefaultRoute"]);
    expect(out.counts()).not.toHaveProperty("aws_nat_gateway");
    expect(out.counts()).not.toHaveProperty("aws_eip");
  });
});

describe("Vpc over time", () => {
  test("keeps the addresses of what cannot be replaced", () => {
    const out = vpcWith();

    expect(out.addresses("aws_vpc")).toEqual({ "Vpc/Resource": "aws_vpc.Vpc_8378EB38" });
    expect(out.addresses("aws_subnet")).toEqual({
      "Vpc/PrivateSubnetA": "aws_subnet.Vpc_PrivateSubnetA_43FE330F",
      "Vpc/PrivateSubnetB": "aws_subnet.Vpc_PrivateSubnetB_6F9407CD",
      "Vpc/PublicSubnetA": "aws_subnet.Vpc_PublicSubnetA_6D2CD58D",
      "Vpc/PublicSubnetB": "aws_subnet.Vpc_PublicSubnetB_E8D955AF",
    });
    expect(out.addresses("aws_eip")).toEqual({ "Vpc/NatAddressA": "aws_eip.Vpc_NatAddressA_46D46B13" });
  });

  test("changes no subnet when a zone is added at the end", () => {
    const [before, after] = [vpcWith(), vpcWith({ zones: [A, B, C] })];

    expect(after.resources("aws_subnet")).toMatchObject(before.resources("aws_subnet"));
  });

  test("keeps the gateway of the first zone when each zone gets its own", () => {
    const [before, after] = [vpcWith({ nat: "single" }), vpcWith({ nat: "per-zone" })];

    expect(after.resources("aws_nat_gateway")).toMatchObject(before.resources("aws_nat_gateway"));
  });
});

describe("Vpc as others see it", () => {
  const vpc = new Vpc(testStack(), "Vpc", { ...MINIMAL, zones: [A, B, C] });

  test("says its range and zones as they were given", () => {
    expect([vpc.cidrBlock, vpc.zones]).toEqual(["10.20.0.0/16", [A, B, C]]);
  });

  test("finds the private subnet of a zone", () => {
    expect(vpc.privateSubnetIds).toHaveLength(3);
    expect(vpc.publicSubnetIds).toHaveLength(3);
    expect([A, B, C].map((zone) => vpc.privateSubnetIdFor(zone))).toEqual(vpc.privateSubnetIds);
  });

  test("refuses a zone it does not have", () => {
    expect(failure(() => vpc.privateSubnetIdFor("eu-central-1d"))).toEqual({
      code: "UNKNOWN_ZONE",
      message:
        '`zone` must be a zone of the VPC (eu-central-1a, eu-central-1b, eu-central-1c), got "eu-central-1d"\n  in test/Vpc',
    });
  });
});

describe("Vpc refuses", () => {
  test.each([
    ["a range that is none", "10.20.0.0", "must be an IPv4 range such as 10.0.0.0/16"],
    ["a range that starts elsewhere", "10.20.1.0/16", "must start at the first address of its range (10.20.0.0/16)"],
    ["a range wider than AWS allows", "10.20.0.0/15", "must be a range from /16 to /22"],
    ["a range too small for its subnets", "10.20.0.0/23", "must be a range from /16 to /22"],
  ])("%s", (_, cidrBlock, rule) => {
    expect(refused({ cidrBlock })).toEqual({
      code: "INVALID_VPC_PROPS",
      message: `\`cidrBlock\` ${rule}, got "${cidrBlock}"\n  in test/Vpc`,
    });
  });

  test.each(["10.20.0.0/16", "10.20.4.0/22"])("nothing at the ends of the sizes: %s", (cidrBlock) => {
    expect(vpcWith({ cidrBlock }).resource("aws_vpc")).toMatchObject({ cidr_block: cidrBlock });
  });

  test.each([
    ["one zone", [A], '`zones` must hold 2 or 3 zones, got ["eu-central-1a"]'],
    [
      "four zones",
      [A, B, C, "eu-central-1d"],
      '`zones` must hold 2 or 3 zones, got ["eu-central-1a","eu-central-1b","eu-central-1c","eu-central-1d"]',
    ],
    ["a zone named twice", [A, B, A], '`zones[2]` must be named once, got "eu-central-1a"'],
    [
      "a zone of another region",
      [A, "eu-west-1b"],
      '`zones[1]` must be a zone of eu-central-1, such as eu-central-1a, got "eu-west-1b"',
    ],
    ["a zone by its letter", [A, "b"], '`zones[1]` must be a zone of eu-central-1, such as eu-central-1a, got "b"'],
  ])("%s", (_, zones, line) => {
    expect(refused({ zones }).message).toBe(`${line}\n  in test/Vpc`);
  });

  test("everything that is wrong at once", () => {
    const identity = { ...IDENTITY, account: "1" };

    expect(refused({ identity, cidrBlock: "10.0.0.0/8", zones: [A] }).message.split("\n")).toEqual([
      '`identity.account` must be an AWS account id of 12 digits, got "1"',
      '`cidrBlock` must be a range from /16 to /22, got "10.0.0.0/8"',
      '`zones` must hold 2 or 3 zones, got ["eu-central-1a"]',
      "  in test/Vpc",
    ]);
  });
});

describe("Vpc.fromVpcAttributes", () => {
  const attributes = {
    vpcId: "vpc-1",
    cidrBlock: "10.0.0.0/16",
    zones: [A, B],
    privateSubnetIds: ["subnet-1", "subnet-2"],
    publicSubnetIds: ["subnet-3", "subnet-4"],
  };

  test("has what it was given, and defines nothing", () => {
    const out = synthesize((stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, "Shared", attributes);
      expect(vpc).toMatchObject(attributes);
      expect(vpc.privateSubnetIdFor(B)).toBe("subnet-2");
    });

    expect(out.counts()).toEqual({});
  });

  test("refuses a list of subnets that does not match the zones", () => {
    const wrong = { ...attributes, privateSubnetIds: ["subnet-1"], publicSubnetIds: [] };

    expect(failure(() => Vpc.fromVpcAttributes(testStack(), "Shared", wrong))).toEqual({
      code: "INVALID_VPC_ATTRIBUTES",
      message:
        '`privateSubnetIds` must hold one id for each of the 2 zones, got ["subnet-1"]\n' +
        "`publicSubnetIds` must hold one id for each of the 2 zones, got []\n  in test/Shared",
    });
  });

  test("refuses to have no zones", () => {
    const none = { ...attributes, zones: [], privateSubnetIds: [], publicSubnetIds: [] };

    expect(failure(() => Vpc.fromVpcAttributes(testStack(), "Shared", none)).message).toBe(
      "`zones` must hold at least one zone, got []\n  in test/Shared",
    );
  });
});

/** `Vpc_PublicSubnetA` out of `${aws_subnet.Vpc_PublicSubnetA_6D2CD58D.id}`. */
function nameIn(reference: unknown): string {
  return /\.(\w+)_[0-9A-F]{8}\./.exec(String(reference))?.[1] ?? String(reference);
}

/** The NAT gateway of each private default route, by zone letter. */
function natOfRoutes(out: ReturnType<typeof synthesize>): Record<string, string> {
  const routes = Object.entries(out.resources("aws_route")).filter(([path]) => path.includes("/PrivateDefaultRoute"));
  return Object.fromEntries(routes.map(([path, route]) => [path.slice(-1), nameIn(route.nat_gateway_id)]));
}
