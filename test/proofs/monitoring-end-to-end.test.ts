import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EnvironmentConfig } from "../../config";
import { runCommand } from "../../toolchain/run-command";
import { freePort, PrometheusServer } from "../../tools/preview/prometheus-server";
import { fullConfig, fullObservability } from "../support/full-platform";
import { GeneratedExporter, type ServedTarget, textFormat } from "../support/generated-exporter";
import { inSeconds, shortened, waitsInSeconds } from "../support/minutes-as-seconds";
import { monitoringLayer } from "../support/monitoring-layer";
import { provenPrograms } from "../support/monitoring-programs";
import { type Notification, Notified } from "../support/notified";
import { synthesizedStack } from "../support/platform";
import { RunningProgram } from "../support/running-program";
import { discoveredName, type DiscoveredLabels, scrapeConfigurations } from "../support/scrape-configuration";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(120_000);

/** What counts bad requests looks at full minutes, so that one has to pass. */
const WITHIN_MS = 80_000;

/**
 * A minute of the platform is a second here: the programs that are scraped live sixty times as fast, and what waits (`for`,
 * intervals of groups and scrapes, waits between notifications) is sixty times shorter in the copies that are loaded. The
 * expressions are those of the stack, windows and all.
 */
const SPEED = 60;

/** Where the runbooks of the environment are. */
const RUNBOOKS = "https://github.com/example-org/ml-platform/blob/main/docs/runbooks";

/** Receivers of kinds that can be led to this machine. All else is as the environment has it. */
function provenConfig(): EnvironmentConfig {
  const config = fullConfig();
  const { alerts } = config.observability;
  return {
    ...config,
    teams: { ...config.teams, serving: { namespaces: ["serving"], quotas: {} } },
    observability: {
      ...config.observability,
      alerts: {
        ...alerts,
        receivers: {
          "platform-chat": { slack: { channel: "#ml-platform" } },
          "serving-hook": { webhook: { url: "https://incidents.example.com/serving", bearerToken: true } },
          heartbeat: { webhook: { url: "https://heartbeat.example.com/dead-man", bearerToken: true } },
        },
        severities: { critical: ["platform-chat"], warning: ["platform-chat"], info: [] },
        teams: { serving: { critical: ["serving-hook"], warning: ["serving-hook"] } },
        deadMansSwitch: "heartbeat",
      },
    },
  };
}

const folder = temporaryFolder();
const config = provenConfig();
const layer = monitoringLayer(fullObservability(config).stack);
let exporter: GeneratedExporter;
let notified: Notified;
let gateway: RunningProgram;
let gatewayAddress: string;
let alertmanager: RunningProgram;
let alertmanagerAddress: string;
let prometheus: PrometheusServer;

beforeAll(async () => {
  [exporter, notified] = await Promise.all([GeneratedExporter.start(SPEED), Notified.start()]);
  await startGateway();
  await startAlertmanager();
  await startPrometheus();
});
afterAll(async () => {
  await prometheus?.stop();
  await alertmanager?.stop();
  await gateway?.stop();
  await Promise.all([exporter?.stop(), notified?.stop()]);
});

function write(path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function startGateway(): Promise<void> {
  const { pushgateway } = await provenPrograms();
  gatewayAddress = `127.0.0.1:${await freePort()}`;
  const args = [`--web.listen-address=${gatewayAddress}`];
  gateway = await RunningProgram.start(pushgateway, args, `http://${gatewayAddress}/-/ready`);
  await pushDrift(0.1);
}

/** What a run of the model monitor pushes. */
async function pushDrift(driftShare: number): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const labels = { model: "ranker" };
  const text = textFormat([
    { name: "flightdeck_model_drift_share", labels, value: driftShare },
    { name: "flightdeck_model_rows", labels: { ...labels, dataset: "current" }, value: 18_000 },
    { name: "flightdeck_model_last_run_timestamp_seconds", labels, value: now },
    { name: "flightdeck_model_last_success_timestamp_seconds", labels, value: now },
  ]);
  const address = `http://${gatewayAddress}/metrics/job/model-monitor/model/ranker`;
  const { ok } = await fetch(address, { method: "PUT", body: text });
  expect(ok).toBe(true);
}

/** The configuration of the stack; files of secrets and addresses lead to this machine. */
async function startAlertmanager(): Promise<void> {
  const { alertmanager: program, amtool } = await provenPrograms();
  for (const [name, text] of Object.entries(layer.templates)) write(`alertmanager/config/${name}`, text);
  write("alertmanager/secrets/alert-receivers/platform-chat-url", `${notified.address}/slack`);
  write("alertmanager/secrets/alert-receivers/serving-hook-token", "serving-token");
  write("alertmanager/secrets/alert-receivers/heartbeat-token", "heartbeat-token");
  const text = JSON.stringify(waitsInSeconds(layer.alertmanager))
    .replaceAll("/etc/alertmanager/", `${join(folder, "alertmanager")}/`)
    .replace(/"url":"https?:\/\/[^/"]+/g, `"url":"${notified.address}`);
  const file = write("alertmanager.yml", text);
  const { status, stderr } = await runCommand(amtool, ["check-config", file], { env: process.env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  alertmanagerAddress = `127.0.0.1:${await freePort()}`;
  const flags = {
    "config.file": file,
    "storage.path": join(folder, "alertmanager-data"),
    "web.listen-address": alertmanagerAddress,
    "cluster.listen-address": "",
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  alertmanager = await RunningProgram.start(program, args, `http://${alertmanagerAddress}/-/ready`);
}

async function startPrometheus(): Promise<void> {
  const { prometheus: program } = await provenPrograms();
  const rules = write("rules.json", JSON.stringify({ groups: inSeconds(layer.rules) }));
  const configuration = {
    global: { scrape_interval: "1s", evaluation_interval: "1s", external_labels: layer.externalLabels },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanagerAddress] }] }] },
    scrape_configs: scrapes(),
  };
  const file = write("prometheus.yml", JSON.stringify(configuration));
  // Alerts are sent again every minute: until Prometheus knows its Alertmanager, what it sends is lost.
  const flags = { "rules.alert.resend-delay": "1s" };
  const data = join(folder, "prometheus-data");
  prometheus = await PrometheusServer.start({ program, configuration: file, data, flags });
}

/**
 * GPUs, model servers and the push gateway are scraped as their monitors say; all else, whose monitors are in charts, under the
 * names of their jobs.
 */
function scrapes(): readonly Readonly<Record<string, unknown>>[] {
  const { monitors } = layer;
  const of = (job: string): ServedTarget[] => exporter.targets.filter(({ target }) => target.job === job);
  const monitored = ["model-servers", "dcgm-exporter", "model-monitor"];
  const others = exporter.targets.filter(({ target }) => !monitored.includes(target.job));
  const configurations = [
    ...scrapeConfigurations(monitors["model-servers"], of("model-servers").map(discoveredServer)),
    ...scrapeConfigurations(monitors["dcgm-exporter"], of("dcgm-exporter").map(discoveredGpuNode)),
    ...scrapeConfigurations(monitors["push-gateway"], [
      {
        ...{ __address__: gatewayAddress, __meta_kubernetes_namespace: "monitoring" },
        ...{ __meta_kubernetes_service_name: "push-gateway", __meta_kubernetes_endpointslice_port_name: "http" },
        ...discovered("service", { "app.kubernetes.io/name": "push-gateway" }),
      },
    ]),
    ...others.map(({ target, address }, index) => ({
      job_name: `${target.job}/${index}`,
      static_configs: [{ targets: [address], labels: { job: target.job, ...target.labels } }],
    })),
  ];
  return configurations.map((one) => {
    const { scrape_interval: interval } = one as { readonly scrape_interval?: string };
    return interval === undefined ? one : { ...one, scrape_interval: shortened(interval, 1), scrape_timeout: "1s" };
  });
}

function discovered(kind: "pod" | "service", labels: Readonly<Record<string, string>>): DiscoveredLabels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([label, value]) => [
      [`__meta_kubernetes_${kind}_label_${discoveredName(label)}`, value],
      [`__meta_kubernetes_${kind}_labelpresent_${discoveredName(label)}`, "true"],
    ]),
  );
}

/** A pod as its labels say it; of the stable version nothing is said. */
function discoveredServer({ target, address }: ServedTarget): DiscoveredLabels {
  const { namespace = "", pod = "", model_service = "", variant = "", serving_engine = "" } = target.labels;
  return {
    ...{ __address__: address, __meta_kubernetes_namespace: namespace, __meta_kubernetes_pod_name: pod },
    ...{ __meta_kubernetes_pod_phase: "Running", __meta_kubernetes_pod_container_port_name: "metrics" },
    ...discovered("pod", {
      "flightdeck.dev/serving-engine": serving_engine,
      "flightdeck.dev/model-service": model_service,
      ...(variant === "canary" && { "flightdeck.dev/variant": variant }),
    }),
  };
}

function discoveredGpuNode({ target, address }: ServedTarget): DiscoveredLabels {
  const { node = "" } = target.labels;
  return {
    ...{
      __address__: address,
      __meta_kubernetes_namespace: "monitoring-agents",
      __meta_kubernetes_pod_phase: "Running",
    },
    ...{ __meta_kubernetes_service_name: "dcgm-exporter", __meta_kubernetes_endpointslice_port_name: "metrics" },
    ...{ __meta_kubernetes_pod_name: `dcgm-exporter-${node}`, __meta_kubernetes_pod_node_name: node },
    ...discovered("service", { "app.kubernetes.io/name": "dcgm-exporter" }),
  };
}

async function firing(alert: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const series = await prometheus.api.instant(`ALERTS{alertname="${alert}",alertstate="firing"}`, Date.now() / 1000);
  return series.map(({ labels }) => labels);
}

/** The first notification at a path whose text holds all words. */
function notification(path: string, ...words: readonly string[]): Promise<Notification> {
  return until(
    `${path} is told of ${words.join(", ")}`,
    () => {
      const found = notified.at(path).find(({ body }) => words.every((word) => JSON.stringify(body).includes(word)));
      return Promise.resolve(found);
    },
    WITHIN_MS,
  );
}

/** A route of Alertmanager, as far as waiting goes. */
interface WaitingRoute {
  readonly receiver?: string;
  readonly group_wait?: string;
  readonly routes?: readonly WaitingRoute[];
}

/** Waits of all routes to a receiver, as they are loaded: seconds. */
function groupWaits(route: WaitingRoute, receiver: string, inherited = "0s"): readonly number[] {
  const wait = route.group_wait ?? inherited;
  const own = route.receiver === receiver ? [Number.parseInt(wait)] : [];
  return [...own, ...(route.routes ?? []).flatMap((one) => groupWaits(one, receiver, wait))];
}

/** The time after which a receiver would have been told of what Alertmanager has by now, with a second for the way. */
async function untilToldOf(receiver: string): Promise<void> {
  const { route } = waitsInSeconds(layer.alertmanager) as { readonly route: WaitingRoute };
  const waits = groupWaits(route, receiver);
  expect(waits).not.toEqual([]);
  await delay((Math.max(...waits) + 1) * 1000);
}

test("what is proven is what the platform renders, but for rules of layers that are still to come", () => {
  const platform = monitoringLayer(synthesizedStack(config, "observability"));
  expect({ ...platform, rules: layer.rules }).toEqual(layer);
});

test("every program is scraped, and only what is right on all but the injected faults", async () => {
  await until("all targets are up", async () => {
    const down = await prometheus.api.instant("count(up == 0) or vector(0)", Date.now() / 1000);
    const up = await prometheus.api.instant("count(up)", Date.now() / 1000);
    const all = up[0]?.points[0]?.[1] ?? 0;
    return down[0]?.points[0]?.[1] === 0 && all === exporter.targets.length ? true : undefined;
  });
  const now = Date.now() / 1000;
  const [gpu] = await prometheus.api.instant('DCGM_FI_DEV_GPU_UTIL{pod=~"chat-canary-.*"}', now);
  expect(gpu?.labels).toMatchObject({ job: "dcgm-exporter", gpu: "2", namespace: "serving" });
  expect(gpu?.labels["instance"]).toBe(gpu?.labels["node"]);
  expect(gpu?.labels).not.toHaveProperty("exported_pod");
  const [drift] = await prometheus.api.instant("flightdeck_model_drift_share", now);
  expect(drift?.labels).toMatchObject({ job: "model-monitor", model: "ranker" });
  expect(drift?.labels).not.toHaveProperty("pod");
  const versions = await prometheus.api.instant('count by (model_service, variant) (up{job="model-servers"})', now);
  expect(versions.map(({ labels, points }) => [labels["model_service"], labels["variant"], points[0]?.[1]])).toEqual(
    expect.arrayContaining([
      ["chat", "stable", 2],
      ["chat", "canary", 1],
      ["ranker", "stable", 2],
    ]),
  );
});

test("Prometheus has every rule and none fails", async () => {
  await until("all groups were evaluated", async () => {
    const { data } = (await (await fetch(`${prometheus.address}/api/v1/rules`)).json()) as {
      readonly data: {
        readonly groups: readonly {
          readonly rules: readonly { readonly health: string; readonly lastError?: string; readonly name: string }[];
        }[];
      };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules).toHaveLength(layer.rules.flatMap((group) => group.rules).length);
    const failed = rules.filter(({ health }) => health === "err");
    expect(failed.map(({ name, lastError }) => `${name}: ${lastError}`)).toEqual([]);
    return rules.every(({ health }) => health === "ok") ? true : undefined;
  });
});

test("before anything is wrong none of the alerts in question fires, and nobody is told of them", async () => {
  const receivers = ["platform-chat", "serving-hook", "retrain-ranker-training"];
  await Promise.all(receivers.map(untilToldOf));
  const told = JSON.stringify(notified.notifications);
  for (const alert of ["GpuXidError", "ServingLatencyFastBurn", "ModelDrift"]) {
    expect(await firing(alert)).toEqual([]);
    expect(told).not.toContain(alert);
  }
});

describe("when a GPU fails, answers get slow and data drift, all at once", () => {
  beforeAll(async () => {
    exporter.faults = { xidError: true, slowAnswers: true };
    await pushDrift(0.5);
  });

  test("a GPU that falls off the bus reaches the platform's chat, with what to do", async () => {
    const { body } = await notification("/slack", "GpuXidError");
    const [alert] = await firing("GpuXidError");
    expect(alert).toMatchObject({ severity: "critical", area: "gpu", pool: "h100", gpu: "3", xid: "79" });
    expect(body).toMatchObject({
      channel: "#ml-platform",
      attachments: [
        {
          title: "CRITICAL GpuXidError - atlas/prod",
          title_link: `${RUNBOOKS}/gpu-xid-error.md`,
          text: expect.stringContaining("XID 79 on"),
        },
      ],
    });
  });

  test("answers slower than was promised reach the team of the service and nobody else", async () => {
    const { body, authorization } = await notification("/serving", "ServingLatencyFastBurn");
    expect(authorization).toBe("Bearer serving-token");
    expect(body).toMatchObject({
      status: "firing",
      receiver: "serving-hook",
      commonLabels: {
        alertname: "ServingLatencyFastBurn",
        severity: "critical",
        namespace: "serving",
        model_service: "chat",
        environment: "atlas/prod",
      },
      commonAnnotations: { runbook_url: `${RUNBOOKS}/serving-latency-fast-burn.md` },
    });
    await untilToldOf("platform-chat");
    expect(notified.at("/slack").filter((one) => JSON.stringify(one.body).includes("ServingLatency"))).toEqual([]);
  });

  test("drift starts a training, and the platform is told as well", async () => {
    const { body } = await notification("/ranker", "ModelDrift");
    expect(body).toMatchObject({
      version: "4",
      status: "firing",
      receiver: "retrain-ranker-training",
      commonLabels: { alertname: "ModelDrift", model: "ranker", retrain: "ranker-training" },
    });
    await notification("/slack", "ModelDrift");
  });

  test("what is mended is said to be over", async () => {
    await pushDrift(0.1);
    const { body } = await notification("/slack", "RESOLVED", "ModelDrift");
    expect(body).toMatchObject({ channel: "#ml-platform" });
  });
});

test("the dead man's switch is told again and again that alerts arrive", async () => {
  await until("three heartbeats", () => Promise.resolve(notified.at("/dead-man").length >= 3 ? true : undefined));
  expect(notified.at("/dead-man")[0]).toMatchObject({
    authorization: "Bearer heartbeat-token",
    body: { status: "firing", receiver: "heartbeat", commonLabels: { alertname: "Watchdog" } },
  });
});
