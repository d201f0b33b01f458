import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { vpcEndpointServiceName } from "../../../catalog";
import type { Cidr } from "../../core/cidr";
import { Connections, Port } from "../../core/connections";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import { type EndpointAudience, interfaceEndpointPolicy } from "./endpoint-policy";

/** What the interface endpoints of a network are made of. */
export interface InterfaceEndpointsProps extends EndpointAudience {
  /** Name of the network, which their names start with. */
  readonly name: string;
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Ids of the subnets that get an address of each endpoint, one for each zone. */
  readonly subnetIds: readonly string[];
  /** Ranges whose addresses may reach the endpoints. */
  readonly ranges: readonly Cidr[];
  /** Short names of the services. */
  readonly services: readonly string[];
}

/** Addresses inside the network for AWS services, under the names these have outside, behind one security group. */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { name, vpcId, subnetIds, services, identity } = props;
    const securityGroupId = this.defineSecurityGroup(props);
    for (const service of services) {
      new VpcEndpoint(this, idOf(service), {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: vpcEndpointServiceName(service, identity.region),
        subnetIds: [...subnetIds],
        securityGroupIds: [securityGroupId],
        privateDnsEnabled: true,
        policy: interfaceEndpointPolicy(service, props),
        tags: { Name: `${name}-${service}` },
      });
    }
  }

  private defineSecurityGroup({ identity, vpcId, ranges }: InterfaceEndpointsProps): string {
    const name = resourceName([identity.project, identity.stage, "endpoints"], { max: LONGEST_PREFIX });
    const group = new SecurityGroup(this, "SecurityGroup", {
      namePrefix: `${name}-`,
      description: "Interface endpoints of AWS services",
      vpcId,
      tags: { Name: name },
      // What carries the group can only let go of it when its successor stands.
      lifecycle: { createBeforeDestroy: true },
    });
    const connections = new Connections({ scope: this, securityGroupIds: [group.id] });
    for (const range of ranges) connections.allowFrom(range, Port.tcp(443), "The network reaches AWS services");
    return group.id;
  }
}

/** The provider appends a hyphen and 26 characters of its own to make the name unique. */
const LONGEST_PREFIX = NAME_LIMITS.securityGroup - 27;

/** `EcrApi` for `ecr.api`: ids follow the service, never its place in the list. */
function idOf(service: string): string {
  return service
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
