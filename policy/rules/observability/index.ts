import type { Rule } from "../../engine/rule";
import { alertmanagerPersistent } from "./alertmanager-persistent";
import { alertsDeadMansSwitch } from "./alerts-dead-mans-switch";
import { alertsHaveRunbook } from "./alerts-have-runbook";
import { alertsHaveSeverity } from "./alerts-have-severity";
import { alertsNoLiteralSecret } from "./alerts-no-literal-secret";
import { alertsReachSomebody } from "./alerts-reach-somebody";
import { gpuExporterOnGpuNodes } from "./gpu-exporter-on-gpu-nodes";
import { grafanaNoAnonymous } from "./grafana-no-anonymous";
import { logsExpire } from "./logs-expire";
import { logsInObjectStorage } from "./logs-in-object-storage";
import { metricsRemoteWriteTls } from "./metrics-remote-write-tls";
import { monitorsAllSeen } from "./monitors-all-seen";

/** Rules for metrics, alerts, dashboards and logs. */
export const observabilityRules: readonly Rule[] = [
  alertsReachSomebody,
  alertsDeadMansSwitch,
  alertsNoLiteralSecret,
  alertsHaveSeverity,
  alertsHaveRunbook,
  monitorsAllSeen,
  alertmanagerPersistent,
  grafanaNoAnonymous,
  logsInObjectStorage,
  logsExpire,
  gpuExporterOnGpuNodes,
  metricsRemoteWriteTls,
];
