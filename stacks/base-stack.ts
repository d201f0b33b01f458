import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { type EnvironmentIdentity, Key, PermissionsBoundary, standardTags } from "../constructs";
import { backendOverrides, type DeploymentTarget, providerOverrides } from "./deployment-target";

/** The layers of an environment, in the order of their dependencies. */
export type Layer = "network" | "data" | "cluster" | "controllers" | "observability";

/** The oldest provider the plans are proven with, and the first major version nothing here was tried on. */
const AWS_PROVIDER_WINDOW = ">= 5.100.0, < 7.0.0";

/** What every stack of an environment is given. */
export interface BaseStackProps {
  /** The environment, checked and with every default filled in. */
  readonly config: EnvironmentConfig;
  /** AWS, or the sandbox on this machine. */
  readonly target: DeploymentTarget;
}

/**
 * One layer of one environment: its provider, its state and its tags.
 *
 * The stack id is `<project>-<stage>-<layer>`, the state key `<project>/<stage>/<layer>.tfstate` in the environment's
 * state bucket, locked by S3 itself.
 */
export abstract class BaseStack extends TerraformStack {
  /** Whom the resources belong to; handed to every construct as a value. */
  protected readonly identity: EnvironmentIdentity;
  /** Tags of every resource; the provider sets them by itself but for what AWS starts on a resource's behalf. */
  protected readonly standardTags: Record<string, string>;
  /** Whether pipelines deploy the environment. All its roles then carry the boundary that the network layer defines. */
  protected readonly usesPipelines: boolean;
  private readonly target: DeploymentTarget;

  constructor(scope: Construct, layer: Layer, props: BaseStackProps) {
    const { config, target } = props;
    const id = `${config.project}-${config.stage}-${layer}`;
    super(scope, id);

    const { project, stage, account, region, owner, expiresOn } = config;
    this.identity = { project, stage, account, region };
    this.standardTags = standardTags({ project, stage, owner, layer, expiresOn, extra: config.tags });
    this.target = target;
    this.usesPipelines = config.ci.github !== undefined || config.ci.gitlab !== undefined;

    this.defineProvider("Aws", region);
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_WINDOW);

    new S3Backend(this, {
      bucket: config.state.bucket,
      key: `${project}/${stage}/${layer}.tfstate`,
      region,
      encrypt: true,
      allowedAccountIds: [account],
      ...backendOverrides(target, account, id),
    });
    // The backend class of CDKTF 0.21 predates S3-native locking.
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    if (this.usesPipelines && layer !== "network") this.boundRoles(PermissionsBoundary.policyArnOf(this.identity));
  }

  /** Defines the AWS provider for a region; all but the stack's own need an alias. */
  protected defineProvider(id: string, region: string, alias?: string): AwsProvider {
    const { account } = this.identity;
    return new AwsProvider(this, id, {
      region,
      alias,
      allowedAccountIds: [account],
      defaultTags: [{ tags: this.standardTags }],
      ...providerOverrides(this.target, account, this.node.id),
    });
  }

  /** Defines a key with the deletion window and protection of the environment, in its region or another. */
  protected defineKey(
    id: string,
    purpose: string,
    { data, protection }: EnvironmentConfig,
    elsewhere?: { readonly provider: AwsProvider; readonly region: string },
  ): Key {
    return new Key(this, id, {
      identity: { ...this.identity, ...(elsewhere && { region: elsewhere.region }) },
      provider: elsewhere?.provider,
      purpose,
      deletionWindowDays: data.keyDeletionWindowDays,
      deletionProtection: protection.deletion,
    });
  }

  /** Puts a permissions boundary around every role of this stack. */
  protected boundRoles(policyArn: string): void {
    Aspects.of(this).add({
      visit: (construct) => {
        if (construct instanceof IamRole) construct.permissionsBoundary = policyArn;
      },
    });
  }
}
