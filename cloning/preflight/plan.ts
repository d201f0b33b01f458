import type { EnvironmentConfig } from "../../config";
import { PlannedResources } from "./planned-resources";
import { platformNeeds } from "./platform-need";
import { type PoolDemand, poolDemands } from "./pool-demand";
import type { NameKind } from "./preflight-aws";
import type { QuotaNeed } from "./quota-need";
import { type VcpuNeeds, vcpuNeeds } from "./vcpu-need";

/** A name that the environment will take. */
export interface PlannedName {
  readonly kind: NameKind;
  readonly name: string;
}

/** All that preflight knows of an environment before it asks AWS anything. */
export interface PreflightPlan {
  readonly config: EnvironmentConfig;
  readonly pools: readonly PoolDemand[];
  readonly planned: PlannedResources;
  readonly vcpu: VcpuNeeds;
  /** Needs of all quotas, those of vCPUs first. */
  readonly needs: readonly QuotaNeed[];
  readonly names: readonly PlannedName[];
  /** Names of secrets that the environment makes without a value. */
  readonly secrets: readonly string[];
}

/** Where the name of a resource stands. */
const NAMES: readonly (readonly [kind: NameKind, type: string, argument: string])[] = [
  ["bucket", "aws_s3_bucket", "bucket"],
  ["cluster", "aws_eks_cluster", "name"],
  ["alias", "aws_kms_alias", "name"],
  ["log-group", "aws_cloudwatch_log_group", "name"],
  ["role", "aws_iam_role", "name"],
];

/**
 * Works out what an environment will need.
 *
 * @param config the environment
 * @param stacks `cdk.tf.json` of each of its stacks
 */
export function preflightPlan(config: EnvironmentConfig, stacks: readonly string[]): PreflightPlan {
  const pools = poolDemands(config);
  const planned = new PlannedResources(stacks);
  const vcpu = vcpuNeeds(pools);
  const names = NAMES.flatMap(([kind, type, argument]) =>
    planned.texts(type, argument).map((name) => ({ kind, name })),
  );
  const secrets = planned.texts("aws_secretsmanager_secret", "name");
  return { config, pools, planned, vcpu, needs: [...vcpu.needs, ...platformNeeds(planned, pools)], names, secrets };
}
