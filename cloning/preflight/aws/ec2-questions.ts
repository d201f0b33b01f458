import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  type EC2Client,
  type Instance,
  type Tag,
  paginateDescribeCapacityReservations,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";
import type { InstanceFact, PreflightAws, ReservationFact, Tags } from "../preflight-aws";
import { allPages } from "./pages";
import { question } from "./question";

type Ec2Questions = Pick<
  PreflightAws,
  | "zones"
  | "instances"
  | "offerings"
  | "reservations"
  | "vpcs"
  | "internetGateways"
  | "gatewayEndpoints"
  | "addresses"
  | "natGateways"
  | "gp3Volumes"
>;

/** The questions that EC2 answers. */
export function ec2Questions(client: EC2Client): Ec2Questions {
  return { ...machineQuestions(client), ...networkQuestions(client) };
}

function machineQuestions(
  client: EC2Client,
): Pick<Ec2Questions, "zones" | "instances" | "offerings" | "reservations" | "gp3Volumes"> {
  return {
    zones: () =>
      question("ec2:DescribeAvailabilityZones", async () => {
        const { AvailabilityZones = [] } = await client.send(new DescribeAvailabilityZonesCommand({}));
        return AvailabilityZones.map(({ ZoneName = "", ZoneId = "", State }) => ({
          name: ZoneName,
          id: ZoneId,
          available: State === "available",
        }));
      }),
    instances: () =>
      question("ec2:DescribeInstances", async () => {
        const Filters = [{ Name: "instance-state-name", Values: ["pending", "running"] }];
        const reservations = await allPages(paginateDescribeInstances({ client }, { Filters }), (p) => p.Reservations);
        return reservations.flatMap(({ Instances = [] }) => Instances.map(instanceFact));
      }),
    offerings: (instanceTypes) =>
      question("ec2:DescribeInstanceTypeOfferings", async () => {
        const Filters = [{ Name: "instance-type", Values: [...instanceTypes] }];
        const query = { LocationType: "availability-zone" as const, Filters };
        const pages = paginateDescribeInstanceTypeOfferings({ client }, query);
        const found = await allPages(pages, (p) => p.InstanceTypeOfferings);
        return found.map(({ InstanceType = "", Location = "" }) => ({ instanceType: InstanceType, zone: Location }));
      }),
    reservations: () =>
      question("ec2:DescribeCapacityReservations", async () => {
        const pages = paginateDescribeCapacityReservations({ client }, {});
        return (await allPages(pages, (p) => p.CapacityReservations)).map(reservationFact);
      }),
    gp3Volumes: () =>
      question("ec2:DescribeVolumes", async () => {
        const Filters = [{ Name: "volume-type", Values: ["gp3"] }];
        const volumes = await allPages(paginateDescribeVolumes({ client }, { Filters }), (p) => p.Volumes);
        return volumes.map(({ Size = 0, Tags: tags }) => ({ gib: Size, tags: tagsOf(tags) }));
      }),
  };
}

function networkQuestions(
  client: EC2Client,
): Pick<Ec2Questions, "vpcs" | "internetGateways" | "gatewayEndpoints" | "addresses" | "natGateways"> {
  return {
    vpcs: () =>
      question("ec2:DescribeVpcs", async () => {
        const vpcs = await allPages(paginateDescribeVpcs({ client }, {}), (p) => p.Vpcs);
        return vpcs.map(({ VpcId = "", CidrBlockAssociationSet = [], CidrBlock, Tags: tags }) => {
          const associated = CidrBlockAssociationSet.filter(
            ({ CidrBlockState }) => CidrBlockState?.State === "associated",
          );
          const ranges = [CidrBlock, ...associated.map((association) => association.CidrBlock)];
          return { id: VpcId, ranges: [...new Set(ranges)].filter((range) => range !== undefined), tags: tagsOf(tags) };
        });
      }),
    internetGateways: () =>
      question("ec2:DescribeInternetGateways", async () => {
        const pages = paginateDescribeInternetGateways({ client }, {});
        return (await allPages(pages, (p) => p.InternetGateways)).map(tagged);
      }),
    gatewayEndpoints: () =>
      question("ec2:DescribeVpcEndpoints", async () => {
        const Filters = [{ Name: "vpc-endpoint-type", Values: ["Gateway"] }];
        const pages = paginateDescribeVpcEndpoints({ client }, { Filters });
        return (await allPages(pages, (p) => p.VpcEndpoints)).map(tagged);
      }),
    addresses: () =>
      question("ec2:DescribeAddresses", async () => {
        const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
        return Addresses.map(tagged);
      }),
    natGateways: async () => {
      const gateways = await question("ec2:DescribeNatGateways", () => {
        const Filter = [{ Name: "state", Values: ["pending", "available"] }];
        return allPages(paginateDescribeNatGateways({ client }, { Filter }), (p) => p.NatGateways);
      });
      const subnets = await question("ec2:DescribeSubnets", () =>
        allPages(paginateDescribeSubnets({ client }, {}), (p) => p.Subnets),
      );
      const zones = new Map(subnets.map(({ SubnetId, AvailabilityZone = "" }) => [SubnetId, AvailabilityZone]));
      return gateways.map(({ SubnetId, Tags: tags }) => ({ zone: zones.get(SubnetId) ?? "", tags: tagsOf(tags) }));
    },
  };
}

function instanceFact({ InstanceType, InstanceLifecycle, CpuOptions, Tags: tags }: Instance): InstanceFact {
  const { CoreCount = 0, ThreadsPerCore = 1 } = CpuOptions ?? {};
  const lifecycles = { spot: "spot", "capacity-block": "capacity-block" } as const;
  const capacity = lifecycles[InstanceLifecycle as keyof typeof lifecycles] ?? "on-demand";
  return { instanceType: InstanceType ?? "", capacity, vcpu: CoreCount * ThreadsPerCore, tags: tagsOf(tags) };
}

function reservationFact(found: {
  CapacityReservationId?: string;
  ReservationType?: string;
  InstanceType?: string;
  AvailabilityZone?: string;
  State?: string;
  TotalInstanceCount?: number;
  AvailableInstanceCount?: number;
  OwnerId?: string;
}): ReservationFact {
  return {
    id: found.CapacityReservationId ?? "",
    kind: found.ReservationType === "capacity-block" ? "capacity-block" : "on-demand",
    instanceType: found.InstanceType ?? "",
    zone: found.AvailabilityZone ?? "",
    state: found.State ?? "",
    total: found.TotalInstanceCount ?? 0,
    available: found.AvailableInstanceCount ?? 0,
    owner: found.OwnerId ?? "",
  };
}

function tagged({ Tags: tags }: { readonly Tags?: Tag[] }): { tags: Tags } {
  return { tags: tagsOf(tags) };
}

function tagsOf(tags: readonly Tag[] = []): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
