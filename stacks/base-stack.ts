import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { type EnvironmentIdentity, standardTags } from "../constructs";
import { backendOverrides, type DeploymentTarget, providerOverrides } from "./deployment-target";

/** The layers of an environment, in the order of their dependencies. */
type Layer = "network" | "data" | "cluster";

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

  constructor(scope: Construct, layer: Layer, props: BaseStackProps) {
    const { config, target } = props;
    const id = `${config.project}-${config.stage}-${layer}`;
    super(scope, id);

    const { project, stage, account, region, owner } = config;
    this.identity = { project, stage, account, region };
    this.standardTags = standardTags({ project, stage, owner, layer, extra: config.tags });

    new AwsProvider(this, "Aws", {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: this.standardTags }],
      ...providerOverrides(target, account, id),
    });
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
  }
}
