import { CRITICAL_PRIORITY, type ReplicaSettings, resources } from "../../components/replicas";
import type { PrometheusStackProps } from "../prometheus-stack-options";

/** Values of the operator, its webhook, and the jobs of the chart. */
export function operatorValues(
  { certManager = false, namespace: { namespaceName } }: PrometheusStackProps,
  { nodeSelector, tolerations }: ReplicaSettings,
): Record<string, unknown> {
  const place = { nodeSelector, tolerations };
  return {
    // Helm never upgrades definitions that a chart has in its folder `crds`.
    crds: { enabled: false },
    prometheusOperator: {
      ...place,
      priorityClassName: CRITICAL_PRIORITY,
      resources: resources("50m", "128Mi", "512Mi"),
      prometheusConfigReloader: { resources: resources("10m", "32Mi", "128Mi") },
      // It runs servers with rights of its own choosing for whoever asks, so nobody may ask from elsewhere.
      prometheusInstanceNamespaces: [namespaceName],
      alertmanagerInstanceNamespaces: [namespaceName],
      thanosRulerInstanceNamespaces: [namespaceName],
      kubeletEndpointsEnabled: false,
      kubeletEndpointSliceEnabled: true,
      admissionWebhooks: {
        // The operator leaves a broken rule out by itself, so nothing has to wait for it.
        failurePolicy: "Ignore",
        certManager: { enabled: certManager },
        patch: { enabled: !certManager, ...place, resources: resources("10m", "32Mi", "128Mi") },
      },
    },
  };
}
