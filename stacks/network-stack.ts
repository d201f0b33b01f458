import type { Construct } from "constructs";
import { type IVpc, Vpc } from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** The network of an environment. It changes least and everything else is placed in it. */
export class NetworkStack extends BaseStack {
  /** The network, for the layers above. */
  readonly vpc: IVpc;

  constructor(scope: Construct, props: BaseStackProps) {
    super(scope, "network", props);
    const { network } = props.config;

    this.vpc = new Vpc(this, "Vpc", {
      identity: this.identity,
      cidrBlock: network.cidr,
      zones: network.zones,
      nat: network.nat,
    });
  }
}
