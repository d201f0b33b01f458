import { findChart } from "../../../catalog";
import type { Block, Complement } from "../mutants/mutant";

/** A release of a chart of the catalogue. */
function release(chart: "kube-prometheus-stack" | "mlflow", namespace: string, values: Block): Block {
  const { version, repository } = findChart(chart);
  return {
    name: chart,
    namespace,
    chart,
    repository,
    version,
    values: [JSON.stringify(values)],
    timeout: 900,
    atomic: true,
    cleanup_on_fail: true,
    max_history: 5,
    create_namespace: false,
  };
}

/** Prometheus with Grafana, and MLflow. */
export const compliant: Complement = {
  terraform: {
    resource: {
      helm_release: {
        monitoring: release("kube-prometheus-stack", "monitoring", {
          grafana: { admin: { existingSecret: "grafana-admin" } },
          alertmanager: {
            alertmanagerSpec: { storage: { volumeClaimTemplate: { spec: { storageClassName: "gp3" } } } },
            config: {
              route: {
                receiver: "chat",
                routes: [{ receiver: "chat", matchers: ['alertname="Watchdog"'], repeat_interval: "5m" }],
              },
              receivers: [
                {
                  name: "chat",
                  slack_configs: [{ channel: "#alerts", api_url_file: "/etc/alertmanager/secrets/alerts/chat" }],
                },
              ],
            },
          },
          prometheus: {
            prometheusSpec: {
              serviceMonitorSelectorNilUsesHelmValues: false,
              podMonitorSelectorNilUsesHelmValues: false,
              ruleSelectorNilUsesHelmValues: false,
              probeSelectorNilUsesHelmValues: false,
              remoteWrite: [{ url: "https://metrics.example.com/api/v1/write" }],
              retention: "30d",
              storageSpec: {
                volumeClaimTemplate: {
                  spec: { storageClassName: "gp3", resources: { requests: { storage: "200Gi" } } },
                },
              },
            },
          },
        }),
        tracking: release("mlflow", "tracking", {
          image: { tag: "3.15.1" },
          artifactRoot: { s3: { enabled: true, bucket: "${aws_s3_bucket.archived_models.id}" } },
        }),
      },
    },
  },
};
