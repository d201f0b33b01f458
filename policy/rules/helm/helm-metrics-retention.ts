import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { judgeValue } from "./private/release-values";
import { chartNameOf } from "./private/releases";

/** Where each chart says how long series are kept, and the days that it takes when nothing is said. */
const RETENTION: Readonly<Record<string, { readonly path: string; readonly days: number }>> = {
  "kube-prometheus-stack": { path: "prometheus.prometheusSpec.retention", days: 10 },
  prometheus: { path: "server.retention", days: 15 },
};

export const helmMetricsRetention = resourceRule({
  id: "FD-HELM-011",
  slug: "helm-metrics-retention",
  title: "Prometheus keeps its series long enough",
  severity: "low",
  packs: ["mlops"],
  why: "Drift and slow leaks show over weeks, and a comparison with the model before needs the series of its time.",
  fix: "Set the retention, for example `prometheus.prometheusSpec.retention: 30d`, and a volume that holds as much.",
  types: ["helm_release"],
  judge: (release, { thresholds: { minMetricsRetentionDays } }) => {
    const known = RETENTION[chartNameOf(release) ?? ""];
    if (known === undefined) return notApplicable();
    return judgeValue(release, known.path, (value) =>
      must(
        value,
        (literal) => daysOf(literal === undefined ? `${known.days}d` : String(literal)) >= minMetricsRetentionDays,
        `must be at least ${minMetricsRetentionDays}d`,
      ),
    );
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "prometheus" }, { server: { retention: "2d" } }) },
    passing: { terraform: helmRelease({ chart: "prometheus" }, { server: { retention: "30d" } }) },
    unknown: { terraform: helmRelease({ chart: "prometheus" }, { server: { retention: "${var.retention}" } }) },
  },
});

const HOURS: Readonly<Record<string, number>> = {
  ms: 1 / 3_600_000,
  s: 1 / 3600,
  m: 1 / 60,
  h: 1,
  d: 24,
  w: 168,
  y: 8760,
};

/** Days of a duration of Prometheus, such as `1d12h`; a bare number counts seconds. */
function daysOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdwy])?/g)];
  return parts.reduce((hours, [, amount, unit = "s"]) => hours + Number(amount) * (HOURS[unit] ?? 0), 0) / 24;
}
