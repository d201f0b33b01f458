import { mustBeOneOf } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { alertRule } from "./private/example-alerting";

const SEVERITIES = ["critical", "warning", "info", "none"];

export const alertsHaveSeverity = objectRule({
  id: "FD-OBS-004",
  slug: "alerts-have-severity",
  title: "Every alert says how soon somebody must look",
  severity: "medium",
  packs: ["mlops"],
  why: "Alerts are routed by their severity. One without it, or with a word of its own, falls to whoever takes the rest.",
  fix: "Set `labels.severity` of the alert to `critical`, `warning` or `info`.",
  kinds: ["PrometheusRule"],
  judge: (object) => {
    const alerts = object.each("spec.groups.rules").filter((rule) => !rule.at("alert").absent);
    if (alerts.length === 0) return notApplicable();
    return allOf(alerts.map((alert) => mustBeOneOf(alert.at("labels.severity"), SEVERITIES)));
  },
  examples: {
    failing: { objects: [alertRule({})] },
    passing: { objects: [alertRule({ labels: { severity: "warning" } })] },
  },
});
