import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  API_SERVER_DROPS,
  CADVISOR_DROPS,
  type DropRule,
  KUBE_STATE_DENIED,
  KUBELET_DROPS,
} from "../../../../constructs/observability/private/dropped-series";
import { ROOT } from "../../../support/platform";

const FAMILIES: readonly (readonly [name: string, of: RegExp, drops: readonly DropRule[]])[] = [
  ["cAdvisor", /\bcontainer_[a-z0-9_]+/g, CADVISOR_DROPS],
  ["the kubelets", /\b(kubelet|storage_operation|csi_operations|volume_operation)_[a-z0-9_]+/g, KUBELET_DROPS],
  ["the API server", /\b(apiserver|etcd)_[a-z0-9_]+/g, API_SERVER_DROPS],
  [
    "kube-state-metrics",
    /\bkube_[a-z0-9_]+/g,
    [{ action: "drop", sourceLabels: ["__name__"], regex: KUBE_STATE_DENIED.join("|") }],
  ],
];

function isDropped(series: string, drops: readonly DropRule[]): boolean {
  const byName = drops.filter(({ sourceLabels }) => sourceLabels.join() === "__name__");
  return byName.some(({ regex }) => new RegExp(`^(?:${regex})$`).test(series));
}

function texts(folder: string): string {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return files.map((file) => readFileSync(join(ROOT, folder, file), "utf8")).join("\n");
}

test.each(FAMILIES)("no rule and no dashboard asks for a series of %s that is dropped", (_, names, drops) => {
  const text = `${texts("constructs/observability/rules")}\n${texts("constructs/observability/dashboards")}`;
  const asked = new Set([...text.matchAll(names)].map(([name]) => name));
  expect([...asked].filter((series) => isDropped(series, drops))).toEqual([]);
});

test.each([
  ["container_memory_working_set_bytes", CADVISOR_DROPS, false],
  ["container_fs_usage_bytes", CADVISOR_DROPS, false],
  ["container_network_receive_bytes_total", CADVISOR_DROPS, false],
  ["container_blkio_device_usage_total", CADVISOR_DROPS, true],
  ["kubelet_volume_stats_used_bytes", KUBELET_DROPS, false],
  ["kubelet_pod_worker_duration_seconds_count", KUBELET_DROPS, false],
  ["kubelet_pod_worker_duration_seconds_bucket", KUBELET_DROPS, true],
  ["apiserver_request_total", API_SERVER_DROPS, false],
  ["apiserver_request_duration_seconds_bucket", API_SERVER_DROPS, false],
  ["apiserver_response_sizes_bucket", API_SERVER_DROPS, true],
])("%s is kept or dropped on purpose", (series, drops, dropped) => {
  expect(isDropped(series, drops)).toBe(dropped);
});

test("requests to the API server keep five bounds of their time", () => {
  const rule = API_SERVER_DROPS.find(({ sourceLabels }) => sourceLabels.includes("le"));
  const bounds = "0.005 0.025 0.05 0.1 0.2 0.4 0.6 0.8 1 1.25 1.5 2 3 4 5 6 8 10 15 20 30 45 60 +Inf".split(" ");
  const kept = bounds.filter((bound) => {
    const text = `apiserver_request_duration_seconds_bucket;${bound}`;
    return !new RegExp(`^(?:${rule?.regex})$`).test(text);
  });
  expect(kept).toEqual(["0.1", "1", "5", "30", "+Inf"]);
});

test("expressions are such as Prometheus reads, which knows no look-around", () => {
  const all = [...KUBELET_DROPS, ...CADVISOR_DROPS, ...API_SERVER_DROPS];
  expect(all.filter(({ regex }) => /\(\?[!=<]/.test(regex))).toEqual([]);
});
