/** Uids of the data sources in Grafana: what dashboards and links name them by. */
export const DATA_SOURCES = {
  prometheus: "prometheus",
  alertmanager: "alertmanager",
  loki: "loki",
  tempo: "tempo",
} as const;
