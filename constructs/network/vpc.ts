import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as VpcResource } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";
import { vpcEndpointsWithoutNat } from "../../catalog";
import { Cidr } from "../core/cidr";
import { ValidationError } from "../core/errors";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import type { FlowLogOptions } from "./flow-log-options";
import type { NatMode } from "./nat-mode";
import { type EndpointAudience, ownAccountsPolicy } from "./private/endpoint-policy";
import { FlowLogs, flowLogGroupName } from "./private/flow-logs";
import { InterfaceEndpoints } from "./private/interface-endpoints";
import { type ZoneSubnets, definePrivateRoutes, definePublicRoutes } from "./private/routing";
import {
  checkEndpointAccounts,
  checkFlowLogs,
  checkInterfaceEndpoints,
  checkNat,
  checkPodRange,
  checkVpcRange,
  checkZones,
} from "./private/vpc-checks";
import { checkVpcAttributes } from "./private/vpc-attribute-checks";
import { type ZoneRanges, podSubnetLayout, subnetLayout } from "./subnet-layout";

/** A network that other constructs are placed in. */
export interface IVpc {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** First IPv4 range of the VPC. */
  readonly cidrBlock: string;
  /** Further IPv4 ranges of the VPC, such as that of pods; may be empty. */
  readonly secondaryCidrBlocks: readonly string[];
  /** Availability zones by name, in the order of the subnets. */
  readonly zones: readonly string[];
  /** Ids of the private subnets, one for each zone, in the order of `zones`. */
  readonly privateSubnetIds: readonly string[];
  /** Ids of the public subnets, one for each zone, in the order of `zones`. */
  readonly publicSubnetIds: readonly string[];
  /** Ids of the subnets for pods only, one for each zone in the order of `zones`, or none at all. */
  readonly podSubnetIds: readonly string[];
  /**
   * Id of the private subnet in a zone.
   *
   * @throws ValidationError `UNKNOWN_ZONE` when the VPC has no subnets there
   */
  privateSubnetIdFor(zone: string): string;
}

/** What a `Vpc` is made of. */
export interface VpcProps {
  /** The environment the VPC belongs to. */
  readonly identity: EnvironmentIdentity;
  /**
   * IPv4 range, /16 to /22, starting at its first address. Neither range nor place of a subnet can change later without
   * replacing it and all that is in it.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidrBlock: string;
  /**
   * Names of two or three availability zones of the region. The position of a zone decides its addresses: add a third at
   * the end, and the first two stay where they are. EKS needs two.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
   */
  readonly zones: readonly string[];
  /**
   * Second IPv4 range, /16 to /20, with a subnet for pods in each zone: clusters then need not share the addresses of
   * `cidrBlock` with what the company routes. A part of 100.64.0.0/10, or of the private range that `cidrBlock` lies in. It can
   * be added later, but neither changed nor removed while pods run in it.
   *
   * The VPC CNI (1.18 or later) finds the subnets by their tag `kubernetes.io/role/cni` and places a node's further network
   * interfaces where most addresses are free. A node's first interface, and the pods on it, stay in the private subnet.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html
   * @default - none: pods take addresses of the private subnets
   */
  readonly podCidr?: string;
  /**
   * How private and pod subnets reach the internet.
   *
   * @default "single"
   */
  readonly nat?: NatMode;
  /**
   * AWS services that are reached inside the VPC, by short name such as `ecr.api`: each costs money by zone and hour. The
   * catalogue of VPC endpoints knows them and what each is for. S3 and DynamoDB are always reached inside, at no price.
   *
   * @default - none with NAT; without, what private EKS nodes need: ec2, ecr.api, ecr.dkr, eks-auth, sts
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Ids of further AWS accounts whose principals may use the endpoints. Others are held out, so that nobody carries data out
   * with credentials brought along; a role of another account that pods take on needs its account here.
   *
   * @default - none: principals of the own account only
   */
  readonly endpointAccounts?: readonly string[];
  /**
   * What the VPC records of its connections; `"none"` gives up knowing who talked to whom.
   *
   * @default - all connections, kept for 90 days
   */
  readonly flowLogs?: FlowLogOptions | "none";
  /**
   * Key that encrypts the flow logs. CloudWatch Logs must be allowed to use it for `Vpc.flowLogGroupArn(identity)`.
   *
   * @default - none: required unless `flowLogs` is `"none"`
   */
  readonly logKey?: IKey;
}

/** An existing VPC. */
export interface VpcAttributes {
  /** Id of the VPC, `vpc-…`. */
  readonly vpcId: string;
  /** First IPv4 range of the VPC. */
  readonly cidrBlock: string;
  /**
   * Its further IPv4 ranges.
   *
   * @default - none
   */
  readonly secondaryCidrBlocks?: readonly string[];
  /** Names of its availability zones. */
  readonly zones: readonly string[];
  /** Ids of its private subnets, one for each zone, in the order of `zones`. */
  readonly privateSubnetIds: readonly string[];
  /** Ids of its public subnets, one for each zone, in the order of `zones`. */
  readonly publicSubnetIds: readonly string[];
  /**
   * Ids of its subnets for pods only, one for each zone, in the order of `zones`.
   *
   * @default - none: pods run in the private subnets
   */
  readonly podSubnetIds?: readonly string[];
}

abstract class VpcBase extends Construct implements IVpc {
  abstract readonly vpcId: string;
  abstract readonly cidrBlock: string;
  abstract readonly secondaryCidrBlocks: readonly string[];
  abstract readonly zones: readonly string[];
  abstract readonly privateSubnetIds: readonly string[];
  abstract readonly publicSubnetIds: readonly string[];
  abstract readonly podSubnetIds: readonly string[];

  privateSubnetIdFor(zone: string): string {
    const subnetId = this.privateSubnetIds[this.zones.indexOf(zone)];
    if (subnetId === undefined) {
      const rule = `must be a zone of the VPC (${this.zones.join(", ")})`;
      throw new ValidationError("UNKNOWN_ZONE", [{ prop: "zone", rule, got: zone }], this);
    }
    return subnetId;
  }
}

/**
 * A network over two or three zones: in each a large private subnet for nodes and pods, a small public one for load balancers
 * and NAT, and, where asked for, one for pods only. S3, DynamoDB and chosen AWS services are reached inside the network, its
 * connections are recorded, and the default security group lets nothing through. Public subnets give no public addresses to
 * what is started in them.
 *
 * @example
 * const logKey = new Key(this, "LogKey", { identity, purpose: "network-logs" });
 * logKey.allowCloudWatchLogs(Vpc.flowLogGroupArn(identity));
 * const vpc = new Vpc(this, "Vpc", {
 *   identity: { project: "atlas", stage: "dev", account: "111111111111", region: "eu-central-1" },
 *   cidrBlock: "10.20.0.0/16",
 *   zones: ["eu-central-1a", "eu-central-1b"],
 *   logKey,
 * });
 */
export class Vpc extends VpcBase {
  /**
   * A VPC that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_VPC_ATTRIBUTES` when an id or range cannot be one, or there is not one subnet of each kind
   * for each zone
   */
  static fromVpcAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    return new ImportedVpc(scope, id, attributes);
  }

  /**
   * ARN of the log group of an environment's flow logs, known before either exists: what the key must be allowed to encrypt.
   *
   * @throws ValidationError `INVALID_NAME` when project or stage cannot be part of a name
   */
  static flowLogGroupArn(identity: EnvironmentIdentity): string {
    const { account, region } = identity;
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${flowLogGroupName(identity)}`;
  }

  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly secondaryCidrBlocks: readonly string[];
  readonly zones: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  readonly podSubnetIds: readonly string[];
  private readonly name: string;

  /** @throws ValidationError `INVALID_VPC_PROPS` */
  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const { identity, cidrBlock, zones, nat = "single", podCidr } = props;
    this.name = `${identity.project}-${identity.stage}`;

    this.validateProps(props);

    const vpc = new VpcResource(this, "Resource", {
      cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: this.name },
    });
    this.vpcId = vpc.id;
    this.closeDefaultSecurityGroup();
    const cluster = resourceName([identity.project, identity.stage], { max: NAME_LIMITS.eksCluster });
    const subnets = subnetLayout(Cidr.of(cidrBlock), zones).map((ranges) => this.defineSubnets(ranges, cluster));
    const network = { vpcId: this.vpcId, name: this.name };
    const publicTable = definePublicRoutes(this, network, subnets);
    const privateTables = definePrivateRoutes(this, network, subnets, nat);
    const podSubnets = podCidr === undefined ? [] : this.definePodSubnets(podCidr, zones, privateTables);

    this.cidrBlock = cidrBlock;
    this.secondaryCidrBlocks = podCidr === undefined ? [] : [podCidr];
    this.zones = [...zones];
    this.privateSubnetIds = subnets.map((zone) => zone.privateSubnet.id);
    this.publicSubnetIds = subnets.map((zone) => zone.publicSubnet.id);
    this.podSubnetIds = podSubnets.map((subnet) => subnet.id);
    this.defineGatewayEndpoints(audienceOf(props), [publicTable, ...privateTables]);
    this.defineInterfaceEndpoints(props);
    this.defineFlowLogs(props);
  }

  /** Empty lists, not missing ones: Terraform then also takes out rules that somebody adds by hand. */
  private closeDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: this.vpcId,
      ingress: [],
      egress: [],
      tags: { Name: `${this.name}-closed` },
    });
  }

  /** Karpenter looks for the subnets of its nodes by the tag `karpenter.sh/discovery`, so only private ones carry it. */
  private defineSubnets({ zone, privateRange, publicRange }: ZoneRanges, cluster: string): ZoneSubnets {
    const letter = letterOf(zone);
    const common = { vpcId: this.vpcId, availabilityZone: zone, mapPublicIpOnLaunch: false };
    return {
      letter,
      privateSubnet: new Subnet(this, `PrivateSubnet${letter}`, {
        ...common,
        cidrBlock: privateRange.toString(),
        tags: {
          Name: this.nameOf("private", letter),
          "kubernetes.io/role/internal-elb": "1",
          "karpenter.sh/discovery": cluster,
        },
      }),
      publicSubnet: new Subnet(this, `PublicSubnet${letter}`, {
        ...common,
        cidrBlock: publicRange.toString(),
        tags: { Name: this.nameOf("public", letter), "kubernetes.io/role/elb": "1" },
      }),
    };
  }

  /** Pods leave through the private route table of their zone, as nodes do. */
  private definePodSubnets(podCidr: string, zones: readonly string[], tables: readonly RouteTable[]): Subnet[] {
    const range = new VpcIpv4CidrBlockAssociation(this, "PodRange", { vpcId: this.vpcId, cidrBlock: podCidr });
    return podSubnetLayout(Cidr.of(podCidr), zones).map(({ zone, podRange }, position) => {
      const letter = letterOf(zone);
      const subnet = new Subnet(this, `PodSubnet${letter}`, {
        vpcId: this.vpcId,
        availabilityZone: zone,
        mapPublicIpOnLaunch: false,
        cidrBlock: podRange.toString(),
        tags: { Name: this.nameOf("pods", letter), "kubernetes.io/role/cni": "1" },
        dependsOn: [range],
      });
      const table = tables[position] as RouteTable;
      const association = { routeTableId: table.id, subnetId: subnet.id };
      new RouteTableAssociation(this, `PodRouteTableAssociation${letter}`, association);
      return subnet;
    });
  }

  /**
   * S3 keeps the policy that AWS gives: through the endpoint come image layers, which ECR serves from a bucket of AWS under
   * signatures of AWS, and packages and public data sets, which nobody signs. A policy by account would stop them all.
   */
  private defineGatewayEndpoints(audience: EndpointAudience, tables: readonly RouteTable[]): void {
    const common = {
      vpcId: this.vpcId,
      vpcEndpointType: "Gateway",
      routeTableIds: tables.map((table) => table.id),
    };
    const { region } = audience.identity;
    new VpcEndpoint(this, "S3Endpoint", {
      ...common,
      serviceName: `com.amazonaws.${region}.s3`,
      tags: { Name: `${this.name}-s3` },
    });
    new VpcEndpoint(this, "DynamoDbEndpoint", {
      ...common,
      serviceName: `com.amazonaws.${region}.dynamodb`,
      policy: ownAccountsPolicy(audience),
      tags: { Name: `${this.name}-dynamodb` },
    });
  }

  private defineInterfaceEndpoints(props: VpcProps): void {
    const services = interfaceEndpointsOf(props);
    if (services.length === 0) return;
    new InterfaceEndpoints(this, "InterfaceEndpoints", {
      ...audienceOf(props),
      name: this.name,
      vpcId: this.vpcId,
      subnetIds: this.privateSubnetIds,
      ranges: [this.cidrBlock, ...this.secondaryCidrBlocks].map((range) => Cidr.of(range)),
      services,
    });
  }

  private defineFlowLogs({ identity, flowLogs = {}, logKey }: VpcProps): void {
    if (flowLogs === "none" || logKey === undefined) return;
    new FlowLogs(this, "FlowLogs", { ...flowLogs, identity, vpcId: this.vpcId, key: logKey });
  }

  private nameOf(role: string, letter: string): string {
    return `${this.name}-${role}-${letter.toLowerCase()}`;
  }

  private validateProps(props: VpcProps): void {
    const { identity, cidrBlock, zones, nat = "single", podCidr, endpointAccounts = [], flowLogs = {}, logKey } = props;
    const { region } = identity;
    const checks = checkIdentity(new PropChecks(this, "INVALID_VPC_PROPS"), identity);
    checkVpcRange(checks, cidrBlock);
    checkZones(checks, zones, region);
    checkPodRange(checks, podCidr, cidrBlock);
    checkNat(checks, nat);
    checkInterfaceEndpoints(checks, interfaceEndpointsOf(props), { nat, region });
    checkEndpointAccounts(checks, endpointAccounts);
    checkFlowLogs(checks, flowLogs, logKey);
    checks.throwIfAny();
  }
}

class ImportedVpc extends VpcBase {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly secondaryCidrBlocks: readonly string[];
  readonly zones: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  readonly podSubnetIds: readonly string[];

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    const { vpcId, cidrBlock, secondaryCidrBlocks = [], zones, podSubnetIds = [] } = attributes;
    const checks = new PropChecks(this, "INVALID_VPC_ATTRIBUTES");
    checkVpcAttributes(checks, { ...attributes, secondaryCidrBlocks, podSubnetIds });
    checks.throwIfAny();

    this.vpcId = vpcId;
    this.cidrBlock = cidrBlock;
    this.secondaryCidrBlocks = [...secondaryCidrBlocks];
    this.zones = [...zones];
    this.privateSubnetIds = [...attributes.privateSubnetIds];
    this.publicSubnetIds = [...attributes.publicSubnetIds];
    this.podSubnetIds = [...podSubnetIds];
  }
}

/** `A` for `eu-central-1a`: construct ids follow the zone, never its position, so that they survive a change of the list. */
function letterOf(zone: string): string {
  return zone.slice(-1).toUpperCase();
}

function interfaceEndpointsOf({ interfaceEndpoints, nat }: VpcProps): readonly string[] {
  return interfaceEndpoints ?? (nat === "none" ? vpcEndpointsWithoutNat() : []);
}

function audienceOf({ identity, endpointAccounts = [] }: VpcProps): EndpointAudience {
  return { identity, accounts: endpointAccounts };
}
