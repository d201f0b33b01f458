import { clusterDashboard } from "./cluster";
import { databasesDashboard } from "./databases";
import { gpuCostDashboard } from "./gpu-cost";
import { gpuFleetDashboard } from "./gpu-fleet";
import { mlflowDashboard } from "./mlflow";
import { modelDriftDashboard } from "./model-drift";
import { modelServiceDashboard } from "./model-service";
import { monitoringDashboard } from "./monitoring";
import { pipelinesDashboard } from "./pipelines";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

/**
 * All dashboards of an environment, sorted by name; those about parts that it does not have are left out.
 *
 * @example
 * platformDashboards({ ...ruleSettings, environment: "atlas/prod", runbooks, alerts }).map(({ name }) => name);
 */
export function platformDashboards(settings: DashboardSettings): readonly PlatformDashboard[] {
  const { gpus, cost, tracking, database, cache } = settings.components;
  return [
    clusterDashboard(settings),
    ...(database || cache ? [databasesDashboard(settings)] : []),
    ...(gpus || cost ? [gpuCostDashboard(settings)] : []),
    ...(gpus ? [gpuFleetDashboard(settings)] : []),
    ...(tracking ? [mlflowDashboard(settings)] : []),
    ...(settings.models.length > 0 ? [modelDriftDashboard(settings)] : []),
    modelServiceDashboard(settings),
    monitoringDashboard(settings),
    pipelinesDashboard(settings),
  ];
}
