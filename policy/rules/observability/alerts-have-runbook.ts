import { mustBeSet } from "../../engine/expect";
import { objectRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { alertRule } from "./private/example-alerting";

export const alertsHaveRunbook = objectRule({
  id: "FD-OBS-005",
  slug: "alerts-have-runbook",
  title: "An alert that wakes somebody says what to do",
  severity: "low",
  packs: ["mlops"],
  why: "At night the one who is woken is rarely the one who wrote the alert.",
  fix: "Set `annotations.runbook_url` of the alert to a page that says what it means and what to do.",
  kinds: ["PrometheusRule"],
  judge: (object) => {
    const alerts = object
      .each("spec.groups.rules")
      .filter((rule) => !rule.at("alert").absent && rule.at("labels.severity").text === "critical");
    if (alerts.length === 0) return notApplicable();
    return allOf(alerts.map((alert) => mustBeSet(alert.at("annotations.runbook_url"))));
  },
  examples: {
    failing: { objects: [alertRule({ labels: { severity: "critical" } })] },
    passing: {
      objects: [
        alertRule({ labels: { severity: "critical" }, annotations: { runbook_url: "docs/runbooks/target-down.md" } }),
      ],
    },
  },
});
