import type { EnvironmentIdentity } from "../../core/naming";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import { partitionOf } from "../../core/partition";

/** ARNs of what an environment owns in IAM and S3, known from its name alone. */
export class OwnedArns {
  private readonly start: string;
  private readonly iam: string;

  constructor(private readonly identity: EnvironmentIdentity) {
    this.start = `arn:${partitionOf(identity.region)}`;
    this.iam = `${this.start}:iam::${identity.account}`;
  }

  /** Roles of the environment; those of its pipelines are among them. */
  get roles(): string {
    return `${this.iam}:role/${this.prefix}-*`;
  }

  /** Roles of the environment's pipelines. */
  get pipelineRoles(): string {
    return `${this.iam}:role/${this.prefix}-ci-*`;
  }

  /** Roles that AWS makes for its services. */
  get linkedRoles(): string {
    return `${this.iam}:role/aws-service-role/*`;
  }

  /** Policies of the environment. */
  get policies(): string {
    return `${this.iam}:policy/${this.prefix}-*`;
  }

  /** The policy that bounds the environment's roles. */
  get boundary(): string {
    return `${this.iam}:policy/${boundaryName(this.identity)}`;
  }

  /** Instance profiles: each holds a role, and it is the role that counts. */
  get instanceProfiles(): string {
    return `${this.iam}:instance-profile/*`;
  }

  /** Identity providers of EKS clusters; their ids are EKS's to choose. */
  get clusterProviders(): string {
    return `${this.iam}:oidc-provider/oidc.eks.*`;
  }

  /** Identity providers of the account: which of them are the environment's own, their names do not tell. */
  get providers(): string {
    return `${this.iam}:oidc-provider/*`;
  }

  /** CloudFormation stacks of the environment. */
  get stacks(): string {
    return `${this.start}:cloudformation:${this.identity.region}:${this.identity.account}:stack/${this.prefix}-*`;
  }

  /** Secrets of the environment. */
  get secrets(): string {
    const { account, region, project, stage } = this.identity;
    return `${this.start}:secretsmanager:${region}:${account}:secret:${project}/${stage}/*`;
  }

  /** Buckets by name or pattern, and the objects in them. */
  buckets(...names: readonly string[]): string[] {
    return names.flatMap((name) => [this.bucket(name), `${this.bucket(name)}/*`]);
  }

  /** One bucket. */
  bucket(name: string): string {
    return `${this.start}:s3:::${name}`;
  }

  /** The environment's states in a bucket. */
  states(bucketName: string): string {
    return `${this.bucket(bucketName)}/${this.identity.project}/${this.identity.stage}/*`;
  }

  /** What names of the environment begin with. */
  get prefix(): string {
    return `${this.identity.project}-${this.identity.stage}`;
  }
}

/** Name of the policy that bounds the roles of an environment. */
export function boundaryName({ project, stage }: EnvironmentIdentity): string {
  return resourceName([project, stage, "boundary"], { max: NAME_LIMITS.iamPolicy });
}
