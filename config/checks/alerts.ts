import type { EnvironmentDraft, Finding } from "../draft";
import type { AlertingConfig, EnvironmentConfig } from "../environment-config";
import type { Draft } from "../draft";
import type { ValuePath } from "../value-path";
import { duplicates } from "../wording";
import { checkTimeZone } from "./time-zone";

const PATH = ["observability", "alerts"] as const;
const KINDS = ["slack", "pagerduty", "email", "webhook"] as const;
const SEVERITIES = ["critical", "warning", "info"] as const;

type Alerts = Draft<AlertingConfig>;

/** What names of receivers start with that start a training. */
const RETRAINING_PREFIX = "retrain-";
const IN_CLUSTER = /^http:\/\/[a-z0-9-]+\.[a-z0-9-]+\.svc(\.cluster\.local)?(:\d{1,5})?(\/\S*)?$/;

/** Who is told: receivers of one kind each, each route to receivers that there are. That somebody is told at all is judged by policy. */
export function* checkAlerts({ observability, teams }: EnvironmentDraft): Generator<Finding> {
  yield* checkTriggers(observability?.retraining ?? {});
  const alerts = observability?.alerts;
  if (alerts === undefined) return;
  yield* checkReceivers(alerts);
  yield* checkRoutes(alerts, [...PATH, "severities"], alerts.severities ?? {});
  for (const [team, routes] of Object.entries(alerts.teams ?? {})) {
    const path = [...PATH, "teams", team];
    if (teams !== undefined && teams[team] === undefined) {
      yield { path, rule: "must be a team", got: team, allowed: Object.keys(teams).join(", ") || "none yet" };
    }
    yield* checkRoutes(alerts, path, routes ?? {});
    if (routes?.critical?.length === 0) {
      const rule = "must name a receiver: a team may not silence what wakes somebody";
      yield { path: [...path, "critical"], rule, got: [], allowed: "left out, for the receivers of everybody" };
    }
  }
  const { deadMansSwitch } = alerts;
  if (deadMansSwitch !== "nobody") yield* checkRoute(alerts, [...PATH, "deadMansSwitch"], deadMansSwitch);
  yield* checkQuietHours(alerts);
}

/** What is sent holds labels and values of models, and a token: it leaves the cluster encrypted or not at all. */
function* checkTriggers(triggers: Draft<EnvironmentConfig["observability"]["retraining"]>): Generator<Finding> {
  for (const [name, trigger] of Object.entries(triggers)) {
    const url = trigger?.url;
    if (url === undefined || url.startsWith("https://") || IN_CLUSTER.test(url)) continue;
    const path = ["observability", "retraining", name, "url"];
    const allowed = "https://…, or http://<service>.<namespace>.svc… within the cluster";
    yield { path, rule: "must be encrypted on its way, or never leave the cluster", got: url, allowed };
  }
}

function* checkQuietHours({ quietHours }: Alerts): Generator<Finding> {
  const path = [...PATH, "quietHours"];
  yield* checkTimeZone([...path, "timeZone"], quietHours?.timeZone);
  const { start, stop } = quietHours ?? {};
  if (start !== undefined && start === stop) {
    yield { path: [...path, "stop"], rule: "must be another time than start", got: stop };
  }
}

function* checkReceivers({ receivers }: Alerts): Generator<Finding> {
  for (const [name, receiver] of Object.entries(receivers ?? {})) {
    if (receiver === undefined) continue;
    const path = [...PATH, "receivers", name];
    const kinds = KINDS.filter((kind) => receiver[kind] !== undefined);
    if (kinds.length !== 1) {
      yield { path, rule: `must have one of ${KINDS.join(", ")}`, got: kinds.join(", ") || "none" };
    }
    if (name.startsWith(RETRAINING_PREFIX)) {
      const rule = `must have another name: those with ${RETRAINING_PREFIX} start trainings`;
      yield { path, rule, got: name };
    }
    if (name === "nobody") yield { path, rule: "must have another name: nobody is nobody", got: name };
  }
}

function* checkRoutes(
  alerts: Alerts,
  path: ValuePath,
  routes: Draft<AlertingConfig["teams"][string]>,
): Generator<Finding> {
  for (const severity of SEVERITIES) {
    const names = routes[severity];
    if (names === undefined) continue;
    for (const [index, name] of names.entries()) yield* checkRoute(alerts, [...path, severity, index], name);
    for (const { value, index } of duplicates(names)) {
      yield { path: [...path, severity, index], rule: "must not be named twice", got: value };
    }
  }
}

function* checkRoute({ receivers }: Alerts, path: ValuePath, name: string | undefined): Generator<Finding> {
  if (name === undefined || receivers?.[name] !== undefined) return;
  const allowed = Object.keys(receivers ?? {}).join(", ") || "none yet";
  yield { path, rule: "must be the name of a receiver", got: name, allowed };
}
