import { mustBe } from "../../engine/expect";
import type { Resource } from "../../engine/subject";
import { resourceRule } from "../../engine/rule";
import type { Verdict } from "../../engine/verdict";
import { allOf, notApplicable, pass } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { judgeValue, releaseValues } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

/** What Prometheus takes up, by the beginning of the values that say so. */
const SELECTORS = ["serviceMonitorSelector", "podMonitorSelector", "ruleSelector", "probeSelector"] as const;
const SPEC = "prometheus.prometheusSpec";
const SUFFIX = "NilUsesHelmValues";

export const monitorsAllSeen = resourceRule({
  id: "FD-OBS-006",
  slug: "monitors-all-seen",
  title: "Prometheus takes up monitors and rules of every release",
  severity: "medium",
  packs: ["mlops"],
  why: "By default the chart's Prometheus sees only objects with the label of its own release: monitors of the GPU exporter, of model servers and of teams are accepted, and nothing is scraped.",
  fix: "Set `prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues` and its like for pods, rules and probes to false, or give selectors of your own.",
  types: ["helm_release"],
  judge: (release) => {
    if (chartNameOf(release) !== "kube-prometheus-stack") return notApplicable();
    if (releaseValues(release).root.at("prometheus.enabled").boolean === false) return notApplicable();
    return allOf(SELECTORS.map((selector) => judgeSelector(release, selector)));
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "kube-prometheus-stack" }, {}) },
    passing: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        { prometheus: { prometheusSpec: Object.fromEntries(SELECTORS.map((name) => [`${name}${SUFFIX}`, false])) } },
      ),
    },
    unknown: { terraform: helmRelease({ chart: "kube-prometheus-stack", values: ["${file(var.values)}"] }) },
  },
});

function judgeSelector(release: Resource, selector: string): Verdict {
  const own = releaseValues(release).root.at(`${SPEC}.${selector}`);
  if (own.keys.length > 0) return pass();
  return judgeValue(release, `${SPEC}.${selector}${SUFFIX}`, (value) => mustBe(value, false));
}
