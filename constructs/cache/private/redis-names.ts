import type { EnvironmentIdentity } from "../../core/naming";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import { partitionOf } from "../../core/partition";

/** Who a user of a cache is: authenticated by IAM, by a password, or the `default` user that Redis OSS demands. */
export type UserRole = "iam" | "password" | "default";

/** Names of a cache and of what belongs to it. */
export class RedisNames {
  /** Id of the replication group: `<project>-<stage>-<cache>`. */
  readonly cache: string;
  /** Id of the user group. */
  readonly userGroup: string;
  /** Name of the final snapshot. */
  readonly finalSnapshot: string;

  constructor(
    private readonly identity: EnvironmentIdentity,
    private readonly cacheName: string,
  ) {
    this.cache = this.named();
    this.userGroup = this.named("users");
    this.finalSnapshot = `${this.cache}-final`;
  }

  /** Id of a user. IAM demands that it is the user's name too. */
  user(role: UserRole): string {
    return this.named(role);
  }

  /** Name of the parameter group. It holds the family: a new one must stand before the old one can go. */
  parameterGroup(family: string): string {
    return `${this.cache}-${family}`;
  }

  /** Name of the secret with the password: `<project>/<stage>/redis/<cache>`. */
  get secret(): string {
    const { project, stage } = this.identity;
    return `${project}/${stage}/redis/${this.cacheName}`;
  }

  /** Name of a log group, or the pattern of all with `*`. Below `/aws/vendedlogs/` one policy serves any number of groups. */
  logGroup(logType: string): string {
    return `/aws/vendedlogs/elasticache/${this.cache}/${logType}`;
  }

  /** ARN of a log group, or the pattern of all with `*`. */
  logGroupArn(logType: string): string {
    const { account, region } = this.identity;
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${this.logGroup(logType)}`;
  }

  private named(...suffix: readonly string[]): string {
    const { project, stage } = this.identity;
    return resourceName([project, stage, this.cacheName, ...suffix], { max: NAME_LIMITS.elastiCache });
  }
}
