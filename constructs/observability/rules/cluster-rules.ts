import { clusterRecordingRules } from "./cluster-recording-rules";
import { CONTROL_PLANE_ALERTS } from "./private/control-plane-alerts";
import { nodeAlerts } from "./private/node-alerts";
import { WORKLOAD_ALERTS } from "./private/workload-alerts";
import type { RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** What any cluster needs: its nodes, its workloads and volumes, its API server and its DNS. */
export function clusterRules(settings: RuleSettings): readonly RuleGroup[] {
  return [
    ...clusterRecordingRules(),
    { name: "cluster-node-alerts", recording: [], alerts: nodeAlerts(settings) },
    { name: "cluster-workloads", recording: [], alerts: WORKLOAD_ALERTS },
    { name: "cluster-control-plane", recording: [], alerts: CONTROL_PLANE_ALERTS },
  ];
}
