import type { GrafanaDataSources } from "../grafana-options";
import { DATA_SOURCES } from "./data-source-uids";

/** What Grafana knows of one data source. */
interface DataSource {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
  readonly access: "proxy";
  readonly url: string;
  readonly editable: false;
  readonly isDefault?: true;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

/** The file from which Grafana takes its data sources; what is no longer in it goes. */
export function dataSourcesFile(sources: GrafanaDataSources): Record<string, unknown> {
  const { alertmanagerUrl, lokiUrl, tempoUrl } = sources;
  return {
    apiVersion: 1,
    prune: true,
    datasources: [
      prometheus(sources),
      ...(alertmanagerUrl === undefined ? [] : [alertmanager(alertmanagerUrl)]),
      ...(lokiUrl === undefined ? [] : [loki(lokiUrl, tempoUrl !== undefined)]),
      ...(tempoUrl === undefined ? [] : [tempo(tempoUrl, lokiUrl !== undefined)]),
    ],
  };
}

function prometheus({ prometheusUrl, scrapeIntervalSeconds = 30, tempoUrl }: GrafanaDataSources): DataSource {
  const traces = { exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: DATA_SOURCES.tempo }] };
  return {
    ...common("Prometheus", "prometheus", prometheusUrl),
    isDefault: true,
    jsonData: {
      httpMethod: "POST",
      manageAlerts: true,
      prometheusType: "Prometheus",
      timeInterval: `${scrapeIntervalSeconds}s`,
      ...(tempoUrl !== undefined && traces),
    },
  };
}

function alertmanager(url: string): DataSource {
  const jsonData = { implementation: "prometheus", handleGrafanaManagedAlerts: false };
  return { ...common("Alertmanager", "alertmanager", url), jsonData };
}

function loki(url: string, traces: boolean): DataSource {
  const toTrace = {
    name: "trace",
    matcherRegex: '"?trace_?[iI][dD]"?[=:]\\s*"?([0-9a-f]{32})',
    // Grafana puts variables of its own environment in for a single dollar sign.
    url: "$${__value.raw}",
    datasourceUid: DATA_SOURCES.tempo,
  };
  return {
    ...common("Loki", "loki", url),
    jsonData: { maxLines: 1000, ...(traces && { derivedFields: [toTrace] }) },
  };
}

function tempo(url: string, logs: boolean): DataSource {
  const tracesToLogsV2 = {
    datasourceUid: DATA_SOURCES.loki,
    spanStartTimeShift: "-5m",
    spanEndTimeShift: "5m",
    filterByTraceID: true,
    tags: [
      { key: "k8s.namespace.name", value: "namespace" },
      { key: "k8s.pod.name", value: "pod" },
    ],
  };
  return {
    ...common("Tempo", "tempo", url),
    jsonData: {
      nodeGraph: { enabled: true },
      ...(logs && { tracesToLogsV2 }),
    },
  };
}

function common(name: string, type: keyof typeof DATA_SOURCES, url: string): Omit<DataSource, "jsonData"> {
  return { name, type, uid: DATA_SOURCES[type], access: "proxy", url, editable: false };
}
