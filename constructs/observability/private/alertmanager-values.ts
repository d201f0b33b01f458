import { CRITICAL_PRIORITY, type ReplicaSettings, resources } from "../../components/replicas";
import type { PrometheusStackProps } from "../prometheus-stack-options";
import { ALERT_TEMPLATES } from "./alert-templates";
import { alertmanagerConfig } from "./alertmanager-config";
import { mountedSecrets } from "./receiver-secrets";
import { POD_LABELS } from "./stack-names";
import { spreadOverZones, volume } from "./stateful-values";

/** Silences and what was sent: some megabytes, in the smallest volume that is worth a claim. */
const STORAGE = "2Gi";
const MOST_REPLICAS = 3;

/** Three that tell each other what they have sent; two where the pool keeps no three nodes for them. */
export function alertmanagerReplicas({ highAvailability = true, pool }: PrometheusStackProps): number {
  if (!highAvailability) return 1;
  return Math.min(MOST_REPLICAS, Math.max(2, pool?.minSize ?? MOST_REPLICAS));
}

/** Values of Alertmanager. */
export function alertmanagerValues(
  props: PrometheusStackProps,
  { nodeSelector, tolerations }: ReplicaSettings,
): Record<string, unknown> {
  const { alerting, links, namespace } = props;
  const replicas = alertmanagerReplicas(props);
  return {
    config: alertmanagerConfig(alerting),
    // The chart would fill in the templates itself.
    tplConfig: false,
    templateFiles: { "flightdeck.tmpl": ALERT_TEMPLATES },
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: replicas - 1 },
    alertmanagerSpec: {
      replicas,
      retention: "120h",
      storage: volume(props, STORAGE),
      secrets: mountedSecrets(alerting),
      automountServiceAccountToken: false,
      // Objects of kind AlertmanagerConfig route as well: those of other namespaces would route past what is written here.
      alertmanagerConfigNamespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace.namespaceName } },
      resources: resources("25m", "64Mi", "256Mi"),
      ...{ nodeSelector, tolerations, priorityClassName: CRITICAL_PRIORITY },
      podAntiAffinity: replicas > 1 ? "hard" : "soft",
      topologySpreadConstraints: spreadOverZones(POD_LABELS.alertmanager),
      ...(links?.alertmanager !== undefined && { externalUrl: links.alertmanager }),
    },
  };
}
