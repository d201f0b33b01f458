import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { releaseValues } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

export const metricsRemoteWriteTls = resourceRule({
  id: "FD-OBS-012",
  slug: "metrics-remote-write-tls",
  title: "Samples leave Prometheus over TLS",
  severity: "medium",
  packs: ["mlops"],
  why: "What Prometheus sends elsewhere names every workload, and comes with credentials that anybody on the way could use.",
  fix: "Write the address of `prometheus.prometheusSpec.remoteWrite` with https://.",
  types: ["helm_release"],
  judge: (release) => {
    if (chartNameOf(release) !== "kube-prometheus-stack") return notApplicable();
    const urls = releaseValues(release)
      .root.each("prometheus.prometheusSpec.remoteWrite")
      .map((target) => target.at("url"));
    if (urls.length === 0) return notApplicable();
    return allOf(
      urls.map((url) => must(url, (literal) => String(literal).startsWith("https://"), "must start with https://")),
    );
  },
  examples: {
    failing: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        { prometheus: { prometheusSpec: { remoteWrite: [{ url: "http://metrics.example.com/write" }] } } },
      ),
    },
    passing: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        { prometheus: { prometheusSpec: { remoteWrite: [{ url: "https://metrics.example.com/write" }] } } },
      ),
    },
    unknown: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        { prometheus: { prometheusSpec: { remoteWrite: [{ url: "${var.address}" }] } } },
      ),
    },
  },
});
