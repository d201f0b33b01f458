import { mustBeSet, mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { judgeValue } from "./private/release-values";
import { chartNameOf } from "./private/releases";

/** Where each chart says what Prometheus writes to. */
const STORAGE: Readonly<Record<string, string>> = {
  "kube-prometheus-stack": "prometheus.prometheusSpec.storageSpec.volumeClaimTemplate",
  prometheus: "server.persistentVolume.enabled",
};

/** Prometheus' own chart has a volume unless told otherwise, the stack has none. */
export const helmMetricsPersistent = resourceRule({
  id: "FD-HELM-010",
  slug: "helm-metrics-persistent",
  title: "In production, Prometheus writes to a volume",
  severity: "medium",
  packs: ["mlops"],
  why: "Without one all series are gone with the pod, at every upgrade of its node: the week before an incident is just what is missing after it.",
  fix: "Set `prometheus.prometheusSpec.storageSpec.volumeClaimTemplate` with an encrypted storage class.",
  types: ["helm_release"],
  judge: (release, { environment }) => {
    const chart = chartNameOf(release) ?? "";
    const path = STORAGE[chart];
    if (environment.stage !== "prod" || path === undefined) return notApplicable();
    return judgeValue(release, path, (value) => (chart === "prometheus" ? mustNotBe(value, false) : mustBeSet(value)));
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "kube-prometheus-stack" }, {}) },
    passing: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        {
          prometheus: {
            prometheusSpec: { storageSpec: { volumeClaimTemplate: { spec: { storageClassName: "gp3" } } } },
          },
        },
      ),
    },
    unknown: { terraform: helmRelease({ chart: "kube-prometheus-stack", values: ["${file(var.values)}"] }) },
  },
});
