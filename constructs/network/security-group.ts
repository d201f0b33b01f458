import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Connections, type IConnectable } from "../core/connections";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { IVpc } from "./vpc";

/** A security group, which others can be allowed to reach. */
export interface ISecurityGroup extends IConnectable {
  /** Id of the security group. */
  readonly securityGroupId: string;
}

/** What a `SecurityGroup` is made of. */
export interface SecurityGroupProps {
  /** The environment the group belongs to. */
  readonly identity: EnvironmentIdentity;
  /** The network the group is in. */
  readonly vpc: IVpc;
  /** What the group protects, in kebab-case, such as `database`: the last part of its name `<project>-<stage>-<purpose>`. */
  readonly purpose: string;
  /** Who carries the group, for people: 1 to 255 letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`. It cannot be changed later. */
  readonly description: string;
}

/** An existing security group. */
export interface SecurityGroupAttributes {
  /** Id of the security group, `sg-…`. */
  readonly securityGroupId: string;
}

/**
 * A security group that lets nothing in and nothing out until `connections` says so.
 *
 * @example
 * const group = new SecurityGroup(this, "SecurityGroup", { identity, vpc, purpose: "database", description: "PostgreSQL" });
 * group.connections.allowFrom(cluster, Port.tcp(5432), "Pods reach PostgreSQL");
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /** A security group that is defined elsewhere. */
  static fromSecurityGroupAttributes(
    scope: Construct,
    id: string,
    { securityGroupId }: SecurityGroupAttributes,
  ): ISecurityGroup {
    const imported = new Construct(scope, id);
    return {
      securityGroupId,
      connections: new Connections({ scope: imported, securityGroupIds: [securityGroupId] }),
    };
  }

  readonly securityGroupId: string;
  readonly connections: Connections;

  /** @throws ValidationError `INVALID_SECURITY_GROUP_PROPS` */
  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { identity, vpc, purpose, description } = props;

    const words = "must be lower-case letters and digits, in words joined by single hyphens";
    const text = "must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*";
    checkIdentity(new PropChecks(this, "INVALID_SECURITY_GROUP_PROPS"), identity)
      .require(PURPOSE.test(purpose), "purpose", words, purpose)
      .require(DESCRIPTION.test(description), "description", text, description)
      .throwIfAny();

    const name = resourceName([identity.project, identity.stage, purpose], { max: LONGEST_PREFIX });
    const group = new SecurityGroupResource(this, "Resource", {
      namePrefix: `${name}-`,
      description,
      vpcId: vpc.vpcId,
      tags: { Name: name },
      // What carries the group can only let go of it when its successor stands.
      lifecycle: { createBeforeDestroy: true },
    });

    this.securityGroupId = group.id;
    this.connections = new Connections({ scope: this, securityGroupIds: [group.id] });
  }
}

const PURPOSE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DESCRIPTION = /^[\w .\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
/** The provider appends a hyphen and 26 characters of its own to make the name unique. */
const LONGEST_PREFIX = NAME_LIMITS.securityGroup - 27;
