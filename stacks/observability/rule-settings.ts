import type { EnvironmentConfig } from "../../config";
import { ALERT_THRESHOLDS, type ModelThresholds, type RuleSettings } from "../../constructs";

/** Layers above this one that have metrics of their own. */
export interface LayersAbove {
  /** MLflow. */
  readonly tracking: boolean;
  /** Argo Workflows. */
  readonly workflows: boolean;
}

/** What the rules of an environment are made from; `models`: those whose data is watched. */
export function ruleSettings(
  config: EnvironmentConfig,
  above: LayersAbove,
  models: readonly ModelThresholds[],
): RuleSettings {
  const { observability, budgets } = config;
  return {
    components: { ...componentsOf(config), ...above },
    thresholds: { ...ALERT_THRESHOLDS, ...given(observability.alerts.thresholds) },
    services: Object.entries(observability.services).map(([service, objective]) => ({ service, ...objective })),
    models,
    monthlyBudgetUsd: budgets.monthlyUsd,
    poolBudgetsUsd: budgets.pools,
  };
}

function componentsOf({
  observability,
  controllers,
  nodePools,
  cluster,
  data,
}: EnvironmentConfig): Omit<RuleSettings["components"], keyof LayersAbove> {
  const startsGpus = Object.keys(nodePools.karpenter).length > 0;
  return {
    gpus: Object.keys(nodePools.gpu).length > 0 || startsGpus,
    karpenter: cluster.karpenter,
    queues: controllers.queues,
    keda: controllers.keda,
    certManager: controllers.certManager,
    externalSecrets: controllers.externalSecrets,
    database: observability.databases && data.database.enabled,
    cache: observability.databases && data.cache.enabled,
    cost: observability.cost,
    logs: observability.logs.backend === "loki",
    tracing: observability.tracing.enabled,
  };
}

/** What is left out must not hide a default. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
