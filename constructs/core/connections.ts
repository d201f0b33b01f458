import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { Cidr } from "./cidr";
import { ValidationError } from "./errors";
import { PropChecks } from "./prop-checks";

/** Anything with security groups, which others can be allowed to reach. */
export interface IConnectable {
  /** Who may reach it, and whom it may reach. */
  readonly connections: Connections;
}

/** The protocol and ports of a connection. */
export class Port {
  /** One TCP port, 0 to 65535. */
  static tcp(port: number): Port {
    return Port.tcpRange(port, port);
  }

  /**
   * All TCP ports from `from` to `to`, both included.
   *
   * @throws ValidationError `INVALID_PORT`
   */
  static tcpRange(from: number, to: number): Port {
    const allowed = "must be a whole number from 0 to 65535";
    new PropChecks(undefined, "INVALID_PORT")
      .require(isPort(from), "from", allowed, from)
      .require(isPort(to), "to", allowed, to)
      .require(!isPort(from) || !isPort(to) || from <= to, "to", `must be at least \`from\` (${from})`, to)
      .throwIfAny();
    return new Port("tcp", from === to ? `Tcp${from}` : `Tcp${from}To${to}`, from, to);
  }

  /** Every protocol and port. */
  static allTraffic(): Port {
    return new Port("-1", "AllTraffic");
  }

  private constructor(
    /** Protocol as EC2 names it: `tcp`, or `-1` for all. */
    readonly protocol: string,
    /** Name of the port inside construct ids. */
    readonly label: string,
    /** First port, undefined for all traffic. */
    readonly fromPort?: number,
    /** Last port, undefined for all traffic. */
    readonly toPort?: number,
  ) {}
}

/** What a set of connections belongs to. */
export interface ConnectionsProps {
  /** The construct that owns the security groups; the rules are defined in it, under ids made of the peer and the port. */
  readonly scope: Construct;
  /** Ids of the security groups, at least one. Each member carries all of them, so rules go to the first only. */
  readonly securityGroupIds: readonly string[];
}

/**
 * Network access of a construct, as rules of its security group.
 *
 * @example
 * database.connections.allowFrom(cluster, Port.tcp(5432), "Pods reach PostgreSQL");
 */
export class Connections {
  /** Ids of the security groups that each member carries. */
  readonly securityGroupIds: readonly string[];
  /** Id of the group that holds the rules. */
  readonly primaryGroupId: string;
  /** The owner's place below its stack, as a name inside the ids of rules. */
  readonly label: string;
  private readonly scope: Construct;

  /** @throws ValidationError `INVALID_CONNECTIONS` when there is no security group */
  constructor(props: ConnectionsProps) {
    const { scope, securityGroupIds } = props;
    const [primaryGroupId] = securityGroupIds;
    if (primaryGroupId === undefined) {
      const rule = "must hold at least one id";
      throw new ValidationError(
        "INVALID_CONNECTIONS",
        [{ prop: "securityGroupIds", rule, got: securityGroupIds }],
        scope,
      );
    }
    const [stack = "", ...path] = scope.node.path.split("/");
    this.scope = scope;
    this.label = path.join("") || stack;
    this.primaryGroupId = primaryGroupId;
    this.securityGroupIds = [...securityGroupIds];
  }

  /** Lets the peer in. Allowing the same twice defines one rule. */
  allowFrom(peer: IConnectable | Cidr, port: Port, description: string): void {
    this.defineOnce(`From${labelOf(peer)}${port.label}`, (id) => {
      const rule = { ...peerOf(peer), ...ruleOf(port, description) };
      return new VpcSecurityGroupIngressRule(this.scope, id, { securityGroupId: this.primaryGroupId, ...rule });
    });
  }

  /**
   * Lets this reach the peer: a rule for what leaves here and, where the peer has security groups, one for what enters there.
   * Both are defined in this construct's scope, so that of two stacks only this one depends on the other.
   */
  allowTo(peer: IConnectable | Cidr, port: Port, description: string): void {
    const rule = ruleOf(port, description);
    this.defineOnce(`To${labelOf(peer)}${port.label}`, (id) => {
      const own = { securityGroupId: this.primaryGroupId, ...peerOf(peer) };
      return new VpcSecurityGroupEgressRule(this.scope, id, { ...own, ...rule });
    });
    if (peer instanceof Cidr) return;
    this.defineOnce(`Into${labelOf(peer)}${port.label}`, (id) => {
      const theirs = {
        securityGroupId: peer.connections.primaryGroupId,
        referencedSecurityGroupId: this.primaryGroupId,
      };
      return new VpcSecurityGroupIngressRule(this.scope, id, { ...theirs, ...rule });
    });
  }

  private defineOnce(id: string, define: (id: string) => Construct): void {
    if (!this.scope.node.tryFindChild(id)) define(id);
  }
}

interface RuleConfig {
  readonly ipProtocol: string;
  readonly description: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

function ruleOf(port: Port, description: string): RuleConfig {
  return { ipProtocol: port.protocol, fromPort: port.fromPort, toPort: port.toPort, description };
}

function peerOf(
  peer: IConnectable | Cidr,
): { readonly cidrIpv4: string } | { readonly referencedSecurityGroupId: string } {
  return peer instanceof Cidr
    ? { cidrIpv4: peer.toString() }
    : { referencedSecurityGroupId: peer.connections.primaryGroupId };
}

function labelOf(peer: IConnectable | Cidr): string {
  return peer instanceof Cidr ? `Cidr${peer.toString().replace(/[./]/g, "-")}` : peer.connections.label;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65535;
}
