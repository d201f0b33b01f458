import type { Construct } from "constructs";
import { type IVpc, type Key, PermissionsBoundary, Vpc } from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** The network of an environment. It changes least and everything else is placed in it. */
export class NetworkStack extends BaseStack {
  /** The network, for the layers above. */
  readonly vpc: IVpc;

  constructor(scope: Construct, props: BaseStackProps) {
    super(scope, "network", props);
    const { cidr, zones, podCidr, nat, interfaceEndpoints, flowLogs } = props.config.network;

    this.vpc = new Vpc(this, "Vpc", {
      identity: this.identity,
      cidrBlock: cidr,
      zones,
      podCidr,
      nat,
      interfaceEndpoints,
      ...(flowLogs.enabled ? { flowLogs, logKey: this.defineLogKey(props) } : { flowLogs: "none" }),
    });
    if (this.usesPipelines) this.defineBoundary(props);
  }

  private defineLogKey({ config }: BaseStackProps): Key {
    const key = this.defineKey("Key", "network", config);
    key.allowCloudWatchLogs(Vpc.flowLogGroupArn(this.identity));
    return key;
  }

  /** In the first layer, since the roles of all layers carry it. */
  private defineBoundary({ config }: BaseStackProps): void {
    const { region, data, state } = config;
    const boundary = new PermissionsBoundary(this, "Boundary", {
      identity: this.identity,
      stateBucketName: state.bucket,
      regions: [region, ...(data.replicationRegion === undefined ? [] : [data.replicationRegion])],
    });
    this.boundRoles(boundary.policyArn);
  }
}
