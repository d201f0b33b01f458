import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { receiversFor, tellsSomebody } from "./private/alert-routes";
import { faultOf, judgeAlertmanager } from "./private/alertmanager-config";
import { alerting, RECEIVERS } from "./private/example-alerting";

/** Severities of alerts that somebody must hear of; `info` may stay on dashboards. */
const SEVERITIES = ["critical", "warning"] as const;

export const alertsReachSomebody = resourceRule({
  id: "FD-OBS-001",
  slug: "alerts-reach-somebody",
  title: "In production, alerts of every severity reach somebody",
  severity: "high",
  packs: ["mlops"],
  why: "An alert that goes to no receiver fires on a page that nobody has open. The chart's own configuration sends everything there.",
  fix: 'Route `severity="critical"` and `severity="warning"` in `alertmanager.config.route` to receivers with a `slack_configs`, `pagerduty_configs` or the like.',
  types: ["helm_release"],
  judge: (release, { environment }) =>
    environment.stage === "prod"
      ? judgeAlertmanager(release, (config) => allOf(SEVERITIES.map((severity) => judgeSeverity(config, severity))))
      : notApplicable(),
  examples: {
    failing: {
      terraform: alerting({
        route: { receiver: "nobody", routes: [{ receiver: "chat", matchers: ['severity="critical"'] }] },
        receivers: RECEIVERS,
      }),
    },
    passing: { terraform: alerting({ route: { receiver: "chat" }, receivers: RECEIVERS }) },
    unknown: { terraform: alerting({ route: { receiver: "${var.receiver}" }, receivers: RECEIVERS }) },
  },
});

function judgeSeverity(config: Value, severity: string): Verdict {
  const names = receiversFor(config, { alertname: "AnyAlert", severity });
  const about = { attribute: config.path, key: severity };
  if (names === undefined) return unknown(`where alerts of severity ${severity} go is known only after apply`, about);
  if (names.some((name) => tellsSomebody(config, name))) return pass();
  const where = names.length === 0 ? "no receiver at all" : `${names.join(", ")}, which tells nobody`;
  return faultOf(config, `alerts of severity ${severity} must reach somebody, and go to ${where}`, severity);
}
