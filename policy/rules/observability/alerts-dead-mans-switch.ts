import { resourceRule } from "../../engine/rule";
import { notApplicable, pass, unknown } from "../../engine/verdict";
import { destinationsOf, tellsSomebody } from "./private/alert-routes";
import { faultOf, judgeAlertmanager } from "./private/alertmanager-config";
import { alerting, RECEIVERS } from "./private/example-alerting";

/** A heartbeat service that waits longer than this raises the alarm when the night is over. */
const MOST_MINUTES = 15;

/** The alert that always fires. Without a severity, it falls through the routes by severity. */
const ALWAYS = { alertname: "Watchdog", severity: "info" };

export const alertsDeadMansSwitch = resourceRule({
  id: "FD-OBS-002",
  slug: "alerts-dead-mans-switch",
  title: "In production, a heartbeat says every 15 minutes that alerts work",
  severity: "medium",
  packs: ["mlops"],
  why: "A Prometheus that is down raises no alert. A service outside the cluster that hears the alert `Watchdog` every few minutes, and raises the alarm when it hears nothing, tells peace from silence. That the receiver is such a service cannot be read from the configuration; that it hears of `Watchdog` often enough can.",
  fix: 'Route `alertname="Watchdog"` to a receiver of a heartbeat service, with a `repeat_interval` and a `group_interval` of at most 15 minutes.',
  types: ["helm_release"],
  judge: (release, { environment }) =>
    environment.stage === "prod"
      ? judgeAlertmanager(release, (config) => {
          const ends = destinationsOf(config, ALWAYS);
          if (ends === undefined) return unknown("where `Watchdog` goes is known only after apply");
          const heard = ends.filter(({ receiver }) => tellsSomebody(config, receiver));
          if (heard.some(({ everySeconds = Infinity }) => everySeconds <= MOST_MINUTES * 60)) return pass();
          if (heard.some(({ everySeconds }) => everySeconds === undefined)) {
            return unknown("how often `Watchdog` is repeated is known only after apply");
          }
          const fault =
            heard.length === 0 ? "tells nobody" : `is repeated less often than every ${MOST_MINUTES} minutes`;
          return faultOf(
            config,
            `the alert \`Watchdog\` must reach a heartbeat service, and ${fault}`,
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
    passing: {
      terraform: alerting({
        route: {
          receiver: "nobody",
          routes: [{ receiver: "chat", matchers: ['alertname="Watchdog"'], repeat_interval: "5m" }],
        },
        receivers: RECEIVERS,
      }),
    },
    unknown: { terraform: alerting({ route: { receiver: "${var.receiver}" }, receivers: RECEIVERS }) },
  },
});
