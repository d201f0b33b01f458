import { latencyBuckets } from "../../catalog";
import type { EnvironmentDraft, Finding } from "../draft";
import { isKnown } from "../wording";
import type { ValuePath } from "../value-path";
import { checkAlerts } from "./alerts";
import { checkLogRetention } from "./log-retention";
import { checkMonitoredModels } from "./monitored-models";
import { checkTimeZone } from "./time-zone";

const PATH = ["observability"] as const;

/** The observability layer: what it needs is there, and everything in it names what exists. */
export function* checkObservability(draft: EnvironmentDraft): Generator<Finding> {
  const { observability } = draft;
  if (observability === undefined || observability.enabled === false) return;
  yield* checkLayers(draft);
  yield* checkAlerts(draft);
  yield* checkGrafana(draft);
  const { logs } = observability;
  if (logs?.backend === "cloudwatch" && isKnown(logs.retentionDays)) {
    yield* checkLogRetention([...PATH, "logs", "retentionDays"], logs.retentionDays);
  }
  yield* checkRemoteWrite(draft);
  yield* checkServices(draft);
  yield* checkMonitoredModels(draft);
  for (const [name, model] of Object.entries(observability.models ?? {})) {
    yield* checkTimeZone([...PATH, "models", name, "timeZone"], model?.timeZone);
  }
}

/** The layer's secrets, certificates and definitions come from the controllers. */
function* checkLayers({ controllers, observability, data }: EnvironmentDraft): Generator<Finding> {
  if (controllers?.enabled === false) {
    const rule = "must be false while controllers.enabled is false, which it stands on";
    yield { path: [...PATH, "enabled"], rule, got: observability?.enabled };
  } else if (controllers?.externalSecrets === false) {
    const rule = "must be false while controllers.externalSecrets is false, which brings its secrets";
    yield { path: [...PATH, "enabled"], rule, got: observability?.enabled };
  }
  const days = data?.stores?.logs?.expireAfterDays;
  for (const part of ["logs", "tracing"] as const) {
    const kept = observability?.[part]?.retentionDays;
    const stored = part === "logs" ? observability?.logs?.backend === "loki" : observability?.tracing?.enabled;
    if (days === undefined || kept === undefined || stored !== true || kept <= days) continue;
    const rule = `must be at most data.stores.logs.expireAfterDays (${days}), after which S3 deletes them`;
    yield { path: [...PATH, part, "retentionDays"], rule, got: kept };
  }
}

/** Samples are signed for the region of the environment, and the role is for a workspace of its account. */
function* checkRemoteWrite({ observability, region }: EnvironmentDraft): Generator<Finding> {
  const url = observability?.metrics?.remoteWrite?.url;
  if (url === undefined || region === undefined || url.startsWith(`https://aps-workspaces.${region}.`)) return;
  const path = [...PATH, "metrics", "remoteWrite", "url"];
  yield { path, rule: `must be of a workspace in the region of the environment (${region})`, got: url };
}

/** Whether a request was fast enough is read off a histogram, which knows the bounds of its buckets alone. */
function* checkServices({ observability }: EnvironmentDraft): Generator<Finding> {
  for (const [name, service] of Object.entries(observability?.services ?? {})) {
    const { engine, latency } = service ?? {};
    if (engine === undefined || latency?.seconds === undefined) continue;
    const bounds = latencyBuckets(engine);
    if (bounds.includes(latency.seconds)) continue;
    const path = [...PATH, "services", name, "latency", "seconds"];
    const rule = `must be an upper bound of a bucket of ${engine}`;
    yield { path, rule, got: latency.seconds, allowed: bounds.join(", ") };
  }
}

function* checkGrafana({ observability, controllers }: EnvironmentDraft): Generator<Finding> {
  const { host, certificateArn, signIn } = observability?.grafana ?? {};
  const path: ValuePath = [...PATH, "grafana"];
  if (host !== undefined && certificateArn === undefined) {
    yield { path: [...path, "certificateArn"], rule: "must be given with host: Grafana answers over TLS alone" };
  }
  if (host === undefined && certificateArn !== undefined) {
    yield { path: [...path, "certificateArn"], rule: "must be left out without host", got: certificateArn };
  }
  if (host !== undefined && controllers?.loadBalancer === false) {
    const rule = "must be left out while controllers.loadBalancer is false, which makes its load balancer";
    yield { path: [...path, "host"], rule, got: host };
  }
  if (signIn !== undefined && host === undefined) {
    yield { path: [...path, "signIn"], rule: "must be left out without host, where people come back to" };
  }
}
