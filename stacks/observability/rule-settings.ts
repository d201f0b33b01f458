import type { EnvironmentConfig } from "../../config";
import { ALERT_THRESHOLDS, type INodePool, type ModelThresholds, type RuleSettings } from "../../constructs";

/** Layers above this one that have metrics of their own. */
export interface LayersAbove {
  /** MLflow. */
  readonly tracking: boolean;
  /** Argo Workflows. */
  readonly workflows: boolean;
}

/** What there is to measure beside what the environment says. */
export interface Measured {
  /** Pools whose nodes run, or may be started. */
  readonly pools: readonly Pick<INodePool, "kind">[];
  /** Layers above. */
  readonly above: LayersAbove;
  /** Models whose data is watched. */
  readonly models: readonly ModelThresholds[];
}

/** What the rules of an environment are made from. */
export function ruleSettings(config: EnvironmentConfig, { pools, above, models }: Measured): RuleSettings {
  const { observability, budgets } = config;
  return {
    components: { ...componentsOf(config), ...above, gpus: pools.some(({ kind }) => kind === "gpu") },
    thresholds: { ...ALERT_THRESHOLDS, ...given(observability.alerts.thresholds) },
    services: Object.entries(observability.services).map(([service, objective]) => ({ service, ...objective })),
    models,
    monthlyBudgetUsd: budgets.monthlyUsd,
    poolBudgetsUsd: budgets.pools,
    databaseMaxConnections: observability.databaseMaxConnections,
  };
}

function componentsOf({
  observability,
  controllers,
  cluster,
  data,
}: EnvironmentConfig): Omit<RuleSettings["components"], keyof LayersAbove | "gpus"> {
  return {
    karpenter: cluster.karpenter,
    queues: controllers.queues,
    keda: controllers.keda,
    certManager: controllers.certManager,
    externalSecrets: controllers.externalSecrets,
    database: observability.databases && data.database.enabled,
    cache: observability.databases && data.cache.enabled,
    cost: observability.cost.enabled,
    logs: observability.logs.backend === "loki",
    tracing: observability.tracing.enabled,
  };
}

/** What is left out must not hide a default. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
