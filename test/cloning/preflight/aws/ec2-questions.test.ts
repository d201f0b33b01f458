import { ec2Questions } from "../../../../cloning/preflight/aws/ec2-questions";
import { awsFailure, type Answers, recordedClients } from "./recorded-clients";

const ask = (answers: Answers) => ec2Questions(recordedClients(answers).ec2);
const Tags = [{ Key: "Project", Value: "atlas" }];
const tags = { Project: "atlas" };

test("zones, with what every account calls them", async () => {
  const AvailabilityZones = [
    { ZoneName: "us-east-1a", ZoneId: "use1-az6", State: "available" },
    { ZoneName: "us-east-1e", ZoneId: "use1-az3", State: "impaired" },
  ];
  expect(await ask({ DescribeAvailabilityZonesCommand: { AvailabilityZones } }).zones()).toEqual([
    { name: "us-east-1a", id: "use1-az6", available: true },
    { name: "us-east-1e", id: "use1-az3", available: false },
  ]);
});

test("instances from all pages, with how they were bought", async () => {
  const CpuOptions = { CoreCount: 4, ThreadsPerCore: 2 };
  const pages: Record<string, object> = {
    first: { Reservations: [{ Instances: [{ InstanceType: "g6.2xlarge", CpuOptions, Tags }] }], NextToken: "second" },
    second: {
      Reservations: [
        { Instances: [{ InstanceType: "g6.2xlarge", InstanceLifecycle: "spot" }] },
        { Instances: [{ InstanceType: "p5.48xlarge", InstanceLifecycle: "capacity-block" }] },
      ],
    },
  };
  const asked: unknown[] = [];
  const DescribeInstancesCommand = (input: Record<string, unknown>) => {
    asked.push(input.Filters);
    return pages[(input.NextToken as string | undefined) ?? "first"]!;
  };
  expect(await ask({ DescribeInstancesCommand }).instances()).toEqual([
    { instanceType: "g6.2xlarge", capacity: "on-demand", vcpu: 8, tags },
    { instanceType: "g6.2xlarge", capacity: "spot", vcpu: 0, tags: {} },
    { instanceType: "p5.48xlarge", capacity: "capacity-block", vcpu: 0, tags: {} },
  ]);
  expect(asked[0]).toEqual([{ Name: "instance-state-name", Values: ["pending", "running"] }]);
});

test("offerings by zone, of the types asked for", async () => {
  const DescribeInstanceTypeOfferingsCommand = (input: Record<string, unknown>) => {
    expect(input).toMatchObject({
      LocationType: "availability-zone",
      Filters: [{ Name: "instance-type", Values: ["g6.xlarge"] }],
    });
    return { InstanceTypeOfferings: [{ InstanceType: "g6.xlarge", Location: "us-east-1a" }] };
  };
  expect(await ask({ DescribeInstanceTypeOfferingsCommand }).offerings(["g6.xlarge"])).toEqual([
    { instanceType: "g6.xlarge", zone: "us-east-1a" },
  ]);
});

test("capacity reservations and capacity blocks", async () => {
  const CapacityReservations = [
    {
      CapacityReservationId: "cr-1",
      ReservationType: "capacity-block",
      InstanceType: "p5.48xlarge",
      AvailabilityZone: "us-east-1a",
      State: "scheduled",
      TotalInstanceCount: 4,
      AvailableInstanceCount: 3,
      OwnerId: "111111111111",
    },
    { CapacityReservationId: "cr-2" },
  ];
  expect(await ask({ DescribeCapacityReservationsCommand: { CapacityReservations } }).reservations()).toEqual([
    {
      ...{ id: "cr-1", kind: "capacity-block", instanceType: "p5.48xlarge", zone: "us-east-1a" },
      ...{ state: "scheduled", total: 4, available: 3, owner: "111111111111" },
    },
    { id: "cr-2", kind: "on-demand", instanceType: "", zone: "", state: "", total: 0, available: 0, owner: "" },
  ]);
});

test("VPCs with all ranges that are theirs", async () => {
  const CidrBlockAssociationSet = [
    { CidrBlock: "10.0.0.0/16", CidrBlockState: { State: "associated" } },
    { CidrBlock: "100.64.0.0/16", CidrBlockState: { State: "associated" } },
    { CidrBlock: "10.9.0.0/16", CidrBlockState: { State: "disassociated" } },
  ];
  const Vpcs = [{ VpcId: "vpc-1", CidrBlock: "10.0.0.0/16", CidrBlockAssociationSet, Tags }];
  expect(await ask({ DescribeVpcsCommand: { Vpcs } }).vpcs()).toEqual([
    { id: "vpc-1", ranges: ["10.0.0.0/16", "100.64.0.0/16"], tags },
  ]);
});

test("NAT gateways with the zones of their subnets", async () => {
  const answers = {
    DescribeNatGatewaysCommand: { NatGateways: [{ SubnetId: "s-1", Tags }, { SubnetId: "s-2" }] },
    DescribeSubnetsCommand: { Subnets: [{ SubnetId: "s-1", AvailabilityZone: "us-east-1a" }] },
  };
  expect(await ask(answers).natGateways()).toEqual([
    { zone: "us-east-1a", tags },
    { zone: "", tags: {} },
  ]);
});

test("what else counts against a quota, by its tags", async () => {
  const aws = ask({
    DescribeInternetGatewaysCommand: { InternetGateways: [{ Tags }] },
    DescribeVpcEndpointsCommand: { VpcEndpoints: [{ Tags }] },
    DescribeAddressesCommand: { Addresses: [{ Tags }, {}] },
    DescribeVolumesCommand: { Volumes: [{ Size: 200, Tags }] },
  });
  expect(await aws.internetGateways()).toEqual([{ tags }]);
  expect(await aws.gatewayEndpoints()).toEqual([{ tags }]);
  expect(await aws.addresses()).toEqual([{ tags }, { tags: {} }]);
  expect(await aws.gp3Volumes()).toEqual([{ gib: 200, tags }]);
});

test.each([
  ["zones", "ec2:DescribeAvailabilityZones", "DescribeAvailabilityZonesCommand"],
  ["instances", "ec2:DescribeInstances", "DescribeInstancesCommand"],
  ["reservations", "ec2:DescribeCapacityReservations", "DescribeCapacityReservationsCommand"],
  ["vpcs", "ec2:DescribeVpcs", "DescribeVpcsCommand"],
  ["internetGateways", "ec2:DescribeInternetGateways", "DescribeInternetGatewaysCommand"],
  ["gatewayEndpoints", "ec2:DescribeVpcEndpoints", "DescribeVpcEndpointsCommand"],
  ["addresses", "ec2:DescribeAddresses", "DescribeAddressesCommand"],
  ["natGateways", "ec2:DescribeNatGateways", "DescribeNatGatewaysCommand"],
  ["gp3Volumes", "ec2:DescribeVolumes", "DescribeVolumesCommand"],
] as const)("%s that may not be asked for say which permission they need", async (name, action, command) => {
  const aws = ask({ [command]: awsFailure("UnauthorizedOperation", 403, "You are not authorized.") });
  await expect(aws[name]()).rejects.toMatchObject({
    action,
    refusal: "denied",
    detail: "UnauthorizedOperation: You are not authorized.",
  });
});
