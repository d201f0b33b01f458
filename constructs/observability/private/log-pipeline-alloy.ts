import type { LokiPipelineOptions } from "../log-pipeline-options";
import { DEBUG_LINE, FIRST_LINE } from "./log-pipeline-lines";
import { REDACTED, SECRET_EXPRESSIONS } from "./log-pipeline-redaction";

type AlloyOptions = Pick<LokiPipelineOptions, "cluster" | "redactSecrets" | "dropDebug">;

/** Label of what comes from the API server, not from a container. */
export const EVENTS_JOB = "kubernetes-events";

/** Reads the logs of the pods on its own node and writes them to Loki. */
export function podLogsConfig(options: AlloyOptions, pushUrl: string): string {
  return [DISCOVERY, TARGETS, SOURCE, podProcess(options), write(options, pushUrl)].join("\n\n") + "\n";
}

/** Writes the events of all namespaces to Loki: for one replica, or each would write all of them. */
export function eventsConfig(options: AlloyOptions, pushUrl: string): string {
  return [EVENTS, eventsProcess(options), write(options, pushUrl)].join("\n\n") + "\n";
}

/** A text as Alloy spells it, which is as JSON does. */
const text = (value: string) => JSON.stringify(value);

/** Without the field selector each node would watch all pods of the cluster. */
const DISCOVERY = `discovery.kubernetes "pods" {
  role = "pod"

  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("K8S_NODE_NAME")
  }
}`;

/**
 * Few labels, each with few values, make few streams, which is what Loki is fast with. The name of the pod comes along as
 * metadata of the entry. The kubelet's folders are called `<namespace>_<pod>_<uid>`.
 */
const TARGETS = `discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

${[
  relabel(["__meta_kubernetes_namespace"], "namespace"),
  relabel(["__meta_kubernetes_pod_container_name"], "container"),
  relabel(["__meta_kubernetes_pod_node_name"], "node"),
  relabel(["__meta_kubernetes_pod_name"], "pod"),
  relabel(["__meta_kubernetes_pod_container_name"], "app"),
  relabel(["__meta_kubernetes_pod_label_app"], "app", { regex: "(.+)" }),
  relabel(["__meta_kubernetes_pod_label_app_kubernetes_io_name"], "app", { regex: "(.+)" }),
  relabel(["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"], "__path__", {
    separator: "/",
    replacement: "/var/log/pods/*$1/*.log",
  }),
].join("\n\n")}
}`;

const SOURCE = `loki.source.file "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.pods.receiver]

  file_match {
    enabled     = true
    sync_period = "10s"
  }
}`;

const EVENTS = `loki.source.kubernetes_events "events" {
  job_name   = ${text(EVENTS_JOB)}
  log_format = "json"
  forward_to = [loki.process.events.receiver]
}`;

/** Lines are joined while the labels still tell one container of one pod from another. */
function podProcess(options: AlloyOptions): string {
  const stages = [
    stage("cri"),
    stage("multiline", { firstline: text(FIRST_LINE), max_lines: "512", max_wait_time: text("3s") }),
    ...dropped(options),
    ...redacted(options),
    stage("structured_metadata", { values: `{ pod = "" }` }),
    stage("label_drop", { values: `["filename", "stream"]` }),
  ];
  return processOf("pods", stages);
}

function eventsProcess(options: AlloyOptions): string {
  return processOf("events", [...redacted(options), stage("label_drop", { values: `["instance"]` })]);
}

function dropped({ dropDebug = false }: AlloyOptions): readonly string[] {
  return dropDebug ? [stage("drop", { expression: text(DEBUG_LINE), drop_counter_reason: text("debug") })] : [];
}

function redacted({ redactSecrets = true }: AlloyOptions): readonly string[] {
  if (!redactSecrets) return [];
  return SECRET_EXPRESSIONS.map((expression) =>
    stage("replace", { expression: text(expression), replace: text(REDACTED) }),
  );
}

function processOf(name: string, stages: readonly string[]): string {
  const lines = [`loki.process "${name}" {`, "  forward_to = [loki.write.loki.receiver]", "", stages.join("\n\n"), "}"];
  return lines.join("\n");
}

/** While Loki does not answer, the agent reads no further, and goes on where it stopped: the files wait for it. */
function write({ cluster }: AlloyOptions, url: string): string {
  return `loki.write "loki" {
  endpoint {
    url                 = ${text(url)}
    max_backoff_period  = "1m"
    max_backoff_retries = 1000
  }

  external_labels = { cluster = ${text(cluster.plainName)} }
}`;
}

function stage(name: string, args: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(args);
  if (entries.length === 0) return `  stage.${name} { }`;
  const width = Math.max(...entries.map(([key]) => key.length));
  const lines = entries.map(([key, value]) => `    ${key.padEnd(width)} = ${value}`);
  return [`  stage.${name} {`, ...lines, "  }"].join("\n");
}

function relabel(sources: readonly string[], target: string, more: Readonly<Record<string, string>> = {}): string {
  const entries = { target_label: text(target), ...mapped(more) };
  const args = Object.entries({ source_labels: `[${sources.map(text).join(", ")}]`, ...entries });
  const lines = args.map(([key, value]) => `    ${key.padEnd(13)} = ${value}`);
  return ["  rule {", ...lines, "  }"].join("\n");
}

function mapped(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]));
}
