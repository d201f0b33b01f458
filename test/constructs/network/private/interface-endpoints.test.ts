import { type VpcProps, Vpc } from "../../../../constructs/network/vpc";
import { IDENTITY, failure } from "../../../support/fixtures";
import { synthesize, testStack } from "../../../support/synth";

const MINIMAL: VpcProps = {
  identity: IDENTITY,
  cidrBlock: "10.20.0.0/16",
  zones: ["eu-central-1a", "eu-central-1b"],
  flowLogs: "none",
};
const NEEDED = ["ec2", "ecr.api", "ecr.dkr", "eks-auth", "sts"];
const vpcWith = (props: Partial<VpcProps>) => synthesize((stack) => new Vpc(stack, "Vpc", { ...MINIMAL, ...props }));
const refused = (props: Partial<VpcProps>) =>
  failure(() => new Vpc(testStack(), "Vpc", { ...MINIMAL, ...props })).message;
const at = (name: string) => `Vpc/InterfaceEndpoints/${name}`;
const namesOf = (out: ReturnType<typeof synthesize>) =>
  Object.keys(out.resources("aws_vpc_endpoint")).filter((path) => path.includes("/InterfaceEndpoints/"));

const PRINCIPALS = {
  Sid: "PrincipalsOfOwnAccounts",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
};

describe("Interface endpoints of a Vpc", () => {
  const out = vpcWith({ interfaceEndpoints: ["ecr.api", "sts", "ssmmessages"], podCidr: "100.64.0.0/16" });

  test("give a service an address in each private subnet, under the name it has outside", () => {
    expect(out.resource("aws_vpc_endpoint", at("EcrApi"))).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-central-1.ecr.api",
      subnet_ids: ["${aws_subnet.Vpc_PrivateSubnetA_43FE330F.id}", "${aws_subnet.Vpc_PrivateSubnetB_6F9407CD.id}"],
      security_group_ids: [expect.stringMatching(/^\$\{aws_security_group\.Vpc_InterfaceEndpoints_SecurityGroup_/)],
      private_dns_enabled: true,
      policy: expect.any(String),
      tags: { Name: "atlas-dev-ecr.api" },
    });
  });

  test("share one security group, which lets in HTTPS from the ranges of the VPC and nothing out", () => {
    expect(out.resource("aws_security_group")).toEqual({
      name_prefix: "atlas-dev-endpoints-",
      description: "Interface endpoints of AWS services",
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      tags: { Name: "atlas-dev-endpoints" },
      lifecycle: { create_before_destroy: true },
    });
    const rules = Object.values(out.resources("aws_vpc_security_group_ingress_rule"));
    expect(
      rules.map(({ cidr_ipv4, ip_protocol, from_port, to_port }) => [cidr_ipv4, ip_protocol, from_port, to_port]),
    ).toEqual([
      ["10.20.0.0/16", "tcp", 443, 443],
      ["100.64.0.0/16", "tcp", 443, 443],
    ]);
    expect(out.counts()).not.toHaveProperty("aws_vpc_security_group_egress_rule");
  });

  test("let only principals of the own account through", () => {
    expect(out.policy("aws_vpc_endpoint", at("EcrApi"))).toEqual({ Version: "2012-10-17", Statement: [PRINCIPALS] });
  });

  test("let pods exchange web identity tokens, which nobody signs, for roles of the own account", () => {
    expect(out.policy("aws_vpc_endpoint", at("Sts"))).toEqual({
      Version: "2012-10-17",
      Statement: [
        PRINCIPALS,
        {
          Sid: "UnsignedCallsForOwnRoles",
          Effect: "Allow",
          Principal: "*",
          Action: "sts:AssumeRoleWithWebIdentity",
          Resource: "arn:aws:iam::111111111111:role/*",
        },
      ],
    });
  });

  test("have no policy where the service does not know of any", () => {
    expect(out.resource("aws_vpc_endpoint", at("Ssmmessages"))).not.toHaveProperty("policy");
  });

  test("keep their addresses whatever their order", () => {
    const turned = vpcWith({ interfaceEndpoints: ["ssmmessages", "sts", "ecr.api"], podCidr: "100.64.0.0/16" });

    expect(turned.addresses("aws_vpc_endpoint")).toEqual(out.addresses("aws_vpc_endpoint"));
    expect(out.addresses("aws_security_group")).toEqual({
      "Vpc/InterfaceEndpoints/SecurityGroup": "aws_security_group.Vpc_InterfaceEndpoints_SecurityGroup_0F6D4C1C",
    });
  });

  test("let further accounts through, the own one always", () => {
    const shared = vpcWith({ interfaceEndpoints: ["sts"], endpointAccounts: ["222222222222", "111111111111"] });
    const accounts = ["111111111111", "222222222222"];

    expect(shared.policy("aws_vpc_endpoint", at("Sts"))).toMatchObject({
      Statement: [
        { Condition: { StringEquals: { "aws:PrincipalAccount": accounts } } },
        { Resource: accounts.map((account) => `arn:aws:iam::${account}:role/*`) },
      ],
    });
    expect(shared.policy("aws_vpc_endpoint", "Vpc/DynamoDbEndpoint")).toMatchObject({
      Statement: [{ Condition: { StringEquals: { "aws:PrincipalAccount": accounts } } }],
    });
  });

  test("are called as the services are in China", () => {
    const zones = ["cn-north-1a", "cn-north-1b"];
    const china = vpcWith({
      identity: { ...IDENTITY, region: "cn-north-1" },
      zones,
      interfaceEndpoints: ["sts", "kms"],
    });

    expect(["Sts", "Kms"].map((name) => china.resource("aws_vpc_endpoint", at(name)).service_name)).toEqual([
      "cn.com.amazonaws.cn-north-1.sts",
      "com.amazonaws.cn-north-1.kms",
    ]);
    expect(china.policy("aws_vpc_endpoint", at("Sts"))).toMatchObject({
      Statement: [{}, { Resource: "arn:aws-cn:iam::111111111111:role/*" }],
    });
  });
});

describe("A Vpc without NAT", () => {
  test("has the endpoints that private nodes need", () => {
    const out = vpcWith({ nat: "none" });

    expect(namesOf(out)).toEqual(["Ec2", "EcrApi", "EcrDkr", "EksAuth", "Sts"].map(at));
  });

  test("may have more", () => {
    expect(namesOf(vpcWith({ nat: "none", interfaceEndpoints: [...NEEDED, "logs"] }))).toHaveLength(6);
  });

  test("refuses a list that lacks some, and says which", () => {
    expect(refused({ nat: "none", interfaceEndpoints: ["ec2", "ecr.api", "kms"] })).toBe(
      '`interfaceEndpoints` must hold what private nodes need where `nat` is "none", and lacks ecr.dkr, eks-auth, sts, got ["ec2","ecr.api","kms"]\n  in test/Vpc',
    );
  });
});

describe("A Vpc refuses", () => {
  test.each([
    ["a misspelt service", "ecr-api", 'must be a service of the catalogue of VPC endpoints (did you mean "ecr.api"?)'],
    ["a service far from any", "quantum-ledger", "must be a service of the catalogue of VPC endpoints"],
    [
      "S3, which it reaches already",
      "s3",
      "must not be s3 or dynamodb: every VPC reaches these through gateway endpoints, which cost nothing",
    ],
  ])("%s", (_, service, rule) => {
    expect(refused({ interfaceEndpoints: ["ec2", service] })).toBe(
      `\`interfaceEndpoints[1]\` ${rule}, got "${service}"\n  in test/Vpc`,
    );
  });

  test("a service that has no endpoint in the region", () => {
    const zones = ["ap-east-2a", "ap-east-2b"];

    expect(refused({ identity: { ...IDENTITY, region: "ap-east-2" }, zones, interfaceEndpoints: ["eks"] })).toBe(
      '`interfaceEndpoints[0]` must be a service that has an interface endpoint in ap-east-2, got "eks"\n  in test/Vpc',
    );
  });

  test("a service named twice, and accounts that are none", () => {
    expect(refused({ interfaceEndpoints: ["kms", "kms"], endpointAccounts: ["222222222222", "22"] })).toBe(
      '`interfaceEndpoints[1]` must be named once, got "kms"\n' +
        '`endpointAccounts[1]` must be an AWS account id of 12 digits, got "22"\n  in test/Vpc',
    );
  });
});
