import { Vpc as VpcResource } from "@cdktf/provider-aws/lib/vpc";
import type { VpcAttributes, VpcProps } from "../../../constructs/network/vpc";
import type { NatMode } from "../../../constructs/network/nat-mode";
import { Vpc } from "../../../constructs/network/vpc";
import { IDENTITY, failure } from "../../support/fixtures";
import { resolved, synthesize, testStack } from "../../support/synth";

const [A, B, C] = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const MINIMAL: VpcProps = { identity: IDENTITY, cidrBlock: "10.20.0.0/16", zones: [A, B], flowLogs: "none" };
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

  test("has a private and a public subnet in each zone, tagged for load balancers and Karpenter, without public addresses", () => {
    const subnet = (zone: string, range: string, tags: object) => ({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      availability_zone: zone,
      cidr_block: range,
      map_public_ip_on_launch: false,
      tags,
    });
    const internal = { "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": "atlas-dev" };
    const external = { "kubernetes.io/role/elb": "1" };

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

  test.each([
    ["S3", "Vpc/S3Endpoint", "s3"],
    ["DynamoDB", "Vpc/DynamoDbEndpoint", "dynamodb"],
  ])("reaches %s inside the network from every subnet", (_, path, service) => {
    const { route_table_ids: tables, policy: _policy, ...endpoint } = out.resource("aws_vpc_endpoint", path);

    expect(endpoint).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      vpc_endpoint_type: "Gateway",
      service_name: `com.amazonaws.eu-central-1.${service}`,
      tags: { Name: `atlas-dev-${service}` },
    });
    expect((tables as string[]).map(nameIn)).toEqual([
      "Vpc_PublicRouteTable",
      "Vpc_PrivateRouteTableA",
      "Vpc_PrivateRouteTableB",
    ]);
  });

  test("lets only principals of its account reach DynamoDB, and leaves S3 to image layers and public data too", () => {
    expect(out.policy("aws_vpc_endpoint", "Vpc/DynamoDbEndpoint")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PrincipalsOfOwnAccounts",
          Effect: "Allow",
          Principal: "*",
          Action: "*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
        },
      ],
    });
    expect(out.resource("aws_vpc_endpoint", "Vpc/S3Endpoint")).not.toHaveProperty("policy");
  });

  test("has no endpoint that costs money, and no range for pods", () => {
    expect(Object.keys(out.resources("aws_vpc_endpoint"))).toEqual(["Vpc/DynamoDbEndpoint", "Vpc/S3Endpoint"]);
    expect(out.counts()).not.toHaveProperty("aws_vpc_ipv4_cidr_block_association");
    expect(out.counts()).toMatchObject({ aws_subnet: 4 });
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

describe("Vpc with a range for pods", () => {
  const out = vpcWith({ podCidr: "100.64.0.0/16", zones: [A, B, C] });

  test("takes the range as its second", () => {
    expect(out.resource("aws_vpc_ipv4_cidr_block_association", "Vpc/PodRange")).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      cidr_block: "100.64.0.0/16",
    });
  });

  test("has a subnet for pods in each zone, which the VPC CNI finds by its tag, and Karpenter does not", () => {
    expect(out.resource("aws_subnet", "Vpc/PodSubnetB")).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      availability_zone: B,
      cidr_block: "100.64.64.0/18",
      map_public_ip_on_launch: false,
      tags: { Name: "atlas-dev-pods-b", "kubernetes.io/role/cni": "1" },
      depends_on: ["aws_vpc_ipv4_cidr_block_association.Vpc_PodRange_FCF6CB8C"],
    });
    expect(["A", "C"].map((letter) => out.resource("aws_subnet", `Vpc/PodSubnet${letter}`).cidr_block)).toEqual([
      "100.64.0.0/18",
      "100.64.128.0/18",
    ]);
  });

  test("lets pods leave as the nodes of their zone do", () => {
    const tables = ["A", "B", "C"].map((letter) =>
      nameIn(out.resource("aws_route_table_association", `Vpc/PodRouteTableAssociation${letter}`).route_table_id),
    );

    expect(tables).toEqual(["Vpc_PrivateRouteTableA", "Vpc_PrivateRouteTableB", "Vpc_PrivateRouteTableC"]);
    expect(out.counts()).toMatchObject({ aws_route_table: 4 });
  });

  test("leaves all other subnets as they were, and tags none of them for pods", () => {
    const before = vpcWith({ zones: [A, B, C] });

    expect(out.resources("aws_subnet")).toMatchObject(before.resources("aws_subnet"));
    expect(JSON.stringify(before.resources("aws_subnet"))).not.toContain("role/cni");
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

  test("keeps the addresses of what pods run in", () => {
    const out = vpcWith({ podCidr: "100.64.0.0/16" });

    expect(out.addresses("aws_vpc_ipv4_cidr_block_association")).toEqual({
      "Vpc/PodRange": "aws_vpc_ipv4_cidr_block_association.Vpc_PodRange_FCF6CB8C",
    });
    expect(out.addresses("aws_subnet")).toMatchObject({
      "Vpc/PodSubnetA": "aws_subnet.Vpc_PodSubnetA_A9E0FA62",
      "Vpc/PodSubnetB": "aws_subnet.Vpc_PodSubnetB_9BEB7DD3",
    });
  });

  test.each([undefined, "100.64.0.0/16"])(
    "changes no subnet when a zone is added at the end (pods in %p)",
    (podCidr) => {
      const [before, after] = [vpcWith({ podCidr }), vpcWith({ podCidr, zones: [A, B, C] })];

      expect(after.resources("aws_subnet")).toMatchObject(before.resources("aws_subnet"));
    },
  );

  test("keeps the gateway of the first zone when each zone gets its own", () => {
    const [before, after] = [vpcWith({ nat: "single" }), vpcWith({ nat: "per-zone" })];

    expect(after.resources("aws_nat_gateway")).toMatchObject(before.resources("aws_nat_gateway"));
  });
});

describe("Vpc as others see it", () => {
  const vpc = new Vpc(testStack(), "Vpc", { ...MINIMAL, zones: [A, B, C] });

  test("says its ranges and zones as they were given", () => {
    const withPods = new Vpc(testStack(), "Vpc", { ...MINIMAL, podCidr: "100.64.0.0/16" });

    expect([vpc.cidrBlock, vpc.zones]).toEqual(["10.20.0.0/16", [A, B, C]]);
    expect([vpc.secondaryCidrBlocks, withPods.secondaryCidrBlocks]).toEqual([[], ["100.64.0.0/16"]]);
  });

  test("has as many subnets for pods as zones, or none", () => {
    const stack = testStack();
    const { podSubnetIds } = new Vpc(stack, "Vpc", { ...MINIMAL, podCidr: "100.64.0.0/16" });

    expect(vpc.podSubnetIds).toEqual([]);
    expect(resolved(stack, podSubnetIds).map(nameIn)).toEqual(["Vpc_PodSubnetA", "Vpc_PodSubnetB"]);
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

  test.each([
    ["a range for pods that is none", "100.64.0.0", "must be an IPv4 range such as 10.0.0.0/16"],
    ["one that starts elsewhere", "100.64.1.0/16", "must start at the first address of its range (100.64.0.0/16)"],
    ["one wider than AWS allows", "100.64.0.0/15", "must be a range from /16 to /20"],
    ["one too small for the pods of a zone", "100.64.0.0/21", "must be a range from /16 to /20"],
    ["one that the VPC has already", "10.20.16.0/20", "must not overlap `cidrBlock` (10.20.0.0/16)"],
    [
      "public addresses",
      "44.0.0.0/16",
      "must lie in 10.0.0.0/8 or 100.64.0.0/10, which AWS allows beside 10.20.0.0/16",
    ],
    [
      "another private range",
      "172.30.0.0/16",
      "must lie in 10.0.0.0/8 or 100.64.0.0/10, which AWS allows beside 10.20.0.0/16",
    ],
  ])("%s", (_, podCidr, rule) => {
    expect(refused({ podCidr })).toEqual({
      code: "INVALID_VPC_PROPS",
      message: `\`podCidr\` ${rule}, got "${podCidr}"\n  in test/Vpc`,
    });
  });

  test.each([
    ["10.0.0.0/16", "10.1.0.0/16", undefined],
    ["10.1.0.0/16", "10.0.0.0/16", "must not lie in 10.0.0.0/16, which AWS refuses beside 10.1.0.0/16"],
    ["10.2.0.0/16", "10.0.0.0/16", undefined],
    ["172.16.0.0/16", "172.17.0.0/16", undefined],
    ["172.16.0.0/16", "172.31.0.0/20", "must not lie in 172.31.0.0/16, which AWS refuses beside 172.16.0.0/16"],
    ["172.16.0.0/16", "172.20.0.0/16", "must not overlap 172.20.0.0/16, the range of Kubernetes services"],
    ["192.168.0.0/20", "192.168.16.0/20", undefined],
    [
      "192.168.0.0/20",
      "10.0.0.0/16",
      "must lie in 192.168.0.0/16 or 100.64.0.0/10, which AWS allows beside 192.168.0.0/20",
    ],
    ["100.64.0.0/16", "100.65.0.0/16", undefined],
    ["100.64.0.0/16", "10.0.0.0/16", "must lie in 100.64.0.0/10, which AWS allows beside 100.64.0.0/16"],
    ["192.168.0.0/20", "100.127.240.0/20", undefined],
  ])("what AWS refuses beside %s, and no more: %s", (cidrBlock, podCidr, rule) => {
    if (rule === undefined) {
      expect(vpcWith({ cidrBlock, podCidr }).counts()).toMatchObject({ aws_vpc_ipv4_cidr_block_association: 1 });
    } else {
      expect(refused({ cidrBlock, podCidr }).message).toBe(`\`podCidr\` ${rule}, got "${podCidr}"\n  in test/Vpc`);
    }
  });

  test("a way to the internet that it does not know", () => {
    expect(refused({ nat: "double" as NatMode }).message).toBe(
      '`nat` must be one of none, single, per-zone, got "double"\n  in test/Vpc',
    );
  });

  test("everything that is wrong at once", () => {
    const identity = { ...IDENTITY, account: "1" };
    const props = { identity, cidrBlock: "10.0.0.0/8", zones: [A], podCidr: "x", endpointAccounts: ["2"] };
    const flowLogs = { retentionDays: 2 };

    expect(refused({ ...props, interfaceEndpoints: ["kms", "kms"], flowLogs }).message.split("\n")).toEqual([
      '`identity.account` must be an AWS account id of 12 digits, got "1"',
      '`cidrBlock` must be a range from /16 to /22, got "10.0.0.0/8"',
      '`zones` must hold 2 or 3 zones, got ["eu-central-1a"]',
      '`podCidr` must be an IPv4 range such as 10.0.0.0/16, got "x"',
      '`interfaceEndpoints[1]` must be named once, got "kms"',
      '`endpointAccounts[0]` must be an AWS account id of 12 digits, got "2"',
      '`logKey` must be given, to encrypt the flow logs; only `flowLogs: "none"` does without, got nothing',
      expect.stringMatching(/^`flowLogs.retentionDays` must be a period that CloudWatch Logs offers .*, got 2$/),
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
  const importing = (changed: Partial<VpcAttributes>) =>
    failure(() => Vpc.fromVpcAttributes(testStack(), "Shared", { ...attributes, ...changed }));

  test("has what it was given, and defines nothing", () => {
    const out = synthesize((stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, "Shared", attributes);
      expect(vpc).toMatchObject({ ...attributes, secondaryCidrBlocks: [], podSubnetIds: [] });
      expect(vpc.privateSubnetIdFor(B)).toBe("subnet-2");
    });

    expect(out.counts()).toEqual({});
  });

  test("knows of further ranges and subnets for pods when told", () => {
    const pods = { secondaryCidrBlocks: ["100.64.0.0/16"], podSubnetIds: ["subnet-5", "subnet-6"] };

    expect(Vpc.fromVpcAttributes(testStack(), "Shared", { ...attributes, ...pods })).toMatchObject(pods);
  });

  test("takes references for ids and ranges", () => {
    const stack = testStack();
    const { id, cidrBlock } = new VpcResource(stack, "Known", { cidrBlock: "10.0.0.0/16" });
    const vpc = Vpc.fromVpcAttributes(stack, "Shared", { ...attributes, vpcId: id, cidrBlock });

    expect(resolved(stack, [vpc.vpcId, vpc.cidrBlock])).toEqual([
      expect.stringMatching(/^\$\{aws_vpc\.Known\w*\.id\}$/),
      expect.stringMatching(/^\$\{aws_vpc\.Known\w*\.cidr_block\}$/),
    ]);
  });

  test("refuses lists of subnets that do not match the zones", () => {
    expect(importing({ privateSubnetIds: ["subnet-1"], publicSubnetIds: [], podSubnetIds: ["subnet-5"] })).toEqual({
      code: "INVALID_VPC_ATTRIBUTES",
      message:
        '`privateSubnetIds` must hold one id for each of the 2 zones, got ["subnet-1"]\n' +
        "`publicSubnetIds` must hold one id for each of the 2 zones, got []\n" +
        '`podSubnetIds` must hold one id for each of the 2 zones, got ["subnet-5"]\n  in test/Shared',
    });
  });

  test("refuses ids, ranges and zones that cannot be any", () => {
    const wrong = {
      vpcId: "subnet-1",
      cidrBlock: "10.0.0.0",
      secondaryCidrBlocks: ["100.64.0.0/16", "100.65.1.0/16"],
      zones: [A, A],
      privateSubnetIds: ["subnet-1", "vpc-2"],
      publicSubnetIds: ["subnet-3", "subnet-3"],
    };

    expect(importing(wrong).message.split("\n")).toEqual([
      '`vpcId` must be the id of a VPC, vpc-…, got "subnet-1"',
      '`cidrBlock` must be an IPv4 range such as 10.0.0.0/16, got "10.0.0.0"',
      '`secondaryCidrBlocks[1]` must start at the first address of its range (100.65.0.0/16), got "100.65.1.0/16"',
      '`zones[1]` must be named once, got "eu-central-1a"',
      '`privateSubnetIds[1]` must be the id of a subnet, subnet-…, got "vpc-2"',
      '`publicSubnetIds[1]` must be named once, got "subnet-3"',
      "  in test/Shared",
    ]);
  });

  test("refuses to have no zones", () => {
    expect(importing({ zones: [], privateSubnetIds: [], publicSubnetIds: [] }).message).toBe(
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
