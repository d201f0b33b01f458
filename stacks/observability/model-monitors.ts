import type { Construct } from "constructs";
import type { EnvironmentConfig, MonitoredModelConfig } from "../../config";
import {
  type ICluster,
  type INamespace,
  type INodePool,
  type IPushGateway,
  type IRetrainingTrigger,
  type MonitoredTask,
  ModelMonitor,
  type ModelThresholds,
  PushGateway,
} from "../../constructs";
import type { Stores } from "../data/stores";
import type { ITerraformDependable } from "cdktf";

/** What the monitors are made of. */
export interface ModelMonitorsProps {
  /** The environment. */
  readonly config: EnvironmentConfig;
  /** The cluster they run in. */
  readonly cluster: ICluster;
  /** Their namespace. */
  readonly namespace: INamespace;
  /** Pool they run on. */
  readonly pool: INodePool | undefined;
  /** Stores with data, and with reports. */
  readonly stores: Stores;
  /** What models are trained anew by. */
  readonly triggers: readonly IRetrainingTrigger[];
  /** What must stand before. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Defines a job for each model that is watched, and where they leave their series; returns from when on people are told. */
export function defineModelMonitors(scope: Construct, props: ModelMonitorsProps): readonly ModelThresholds[] {
  const { cluster, namespace, pool, dependsOn } = props;
  const models = Object.entries(props.config.observability.models);
  if (models.length === 0) return [];
  const pushGateway = new PushGateway(scope, "PushGateway", { cluster, namespace, pool, dependsOn });
  return models.map(([model, config]) => defineMonitor(scope, model, config, { ...props, pushGateway }));
}

function defineMonitor(
  scope: Construct,
  model: string,
  config: MonitoredModelConfig,
  props: ModelMonitorsProps & { readonly pushGateway: IPushGateway },
): ModelThresholds {
  const { stores, triggers, cluster, namespace, pool, pushGateway } = props;
  const { task, positiveLabel, reference, current, retrain, team, ...settings } = config;
  const monitor = new ModelMonitor(scope, `ModelMonitor-${model}`, {
    ...settings,
    ...{ cluster, namespace, pool, pushGateway, model },
    ownerNamespace: ownerNamespace(props.config, team),
    task: monitoredTask(task, positiveLabel),
    reference: { ...reference, store: stores[reference.store] },
    current: { ...current, store: stores[current.store] },
    reports: { store: stores.artifacts },
    retrain: triggers.find(({ triggerName }) => triggerName === retrain),
  });
  return monitor.thresholds;
}

/** Alertmanager knows a team by all its namespaces: any of them will do. */
function ownerNamespace({ teams }: EnvironmentConfig, team: string | undefined): string | undefined {
  return team === undefined ? undefined : teams[team]?.namespaces[0];
}

function monitoredTask(task: MonitoredModelConfig["task"], positiveLabel: string | undefined): MonitoredTask {
  return task === "classification" ? { kind: task, positiveLabel } : { kind: task };
}

/** What models are trained anew by, as the environment names it. */
export function retrainingTriggers({ observability }: EnvironmentConfig): readonly IRetrainingTrigger[] {
  return Object.entries(observability.retraining).map(([triggerName, { url }]) => ({
    triggerName,
    webhookUrl: url,
    token: undefined,
  }));
}
