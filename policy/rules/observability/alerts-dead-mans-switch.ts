import { resourceRule } from "../../engine/rule";
import { notApplicable, pass, unknown } from "../../engine/verdict";
import { receiversFor, tellsSomebody } from "./private/alert-routes";
import { faultOf, judgeAlertmanager } from "./private/alertmanager-config";
import { alerting, RECEIVERS } from "./private/example-alerting";

/** The alert that always fires. Without a severity, it falls through the routes by severity. */
const ALWAYS = { alertname: "Watchdog", severity: "info" };

export const alertsDeadMansSwitch = resourceRule({
  id: "FD-OBS-002",
  slug: "alerts-dead-mans-switch",
  title: "In production, somebody outside notices when alerts stop coming",
  severity: "medium",
  packs: ["mlops"],
  why: "A Prometheus that is down raises no alert. Only a service outside that hears the alert `Watchdog` every few minutes, and raises the alarm when it hears nothing, tells peace from silence.",
  fix: 'Route `alertname="Watchdog"` to a receiver of a heartbeat service, with a short `repeat_interval`.',
  types: ["helm_release"],
  judge: (release, { environment }) =>
    environment.stage === "prod"
      ? judgeAlertmanager(release, (config) => {
          const names = receiversFor(config, ALWAYS);
          if (names === undefined) return unknown("where `Watchdog` goes is known only after apply");
          if (names.some((name) => tellsSomebody(config, name))) return pass();
          return faultOf(
            config,
            "the alert `Watchdog` must reach a heartbeat service, and tells nobody",
            ALWAYS.alertname,
          );
        })
      : notApplicable(),
  examples: {
    failing: {
      terraform: alerting({
        route: { receiver: "chat", routes: [{ receiver: "nobody", matchers: ['alertname="Watchdog"'] }] },
        receivers: RECEIVERS,
      }),
    },
    passing: { terraform: alerting({ route: { receiver: "chat" }, receivers: RECEIVERS }) },
    unknown: { terraform: alerting({ route: { receiver: "${var.receiver}" }, receivers: RECEIVERS }) },
  },
});
