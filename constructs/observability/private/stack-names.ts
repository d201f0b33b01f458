/** What the names of the stack's objects start with; the release is named as its chart is. */
export const FULL_NAME = "kps";

/** Names of the services, and of what else is asked by its name. */
export const NAMES = {
  prometheus: `${FULL_NAME}-prometheus`,
  alertmanager: `${FULL_NAME}-alertmanager`,
  operator: `${FULL_NAME}-operator`,
  kubeStateMetrics: `${FULL_NAME}-kube-state-metrics`,
  nodeExporter: `${FULL_NAME}-node-exporter`,
} as const;

/** Labels by which the pods of each part are told apart. */
export const POD_LABELS = {
  prometheus: { "app.kubernetes.io/name": "prometheus", "operator.prometheus.io/name": NAMES.prometheus },
  alertmanager: { "app.kubernetes.io/name": "alertmanager", alertmanager: NAMES.alertmanager },
} as const;
