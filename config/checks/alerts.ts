import type { EnvironmentDraft, Finding } from "../draft";
import type { AlertingConfig } from "../environment-config";
import type { Draft } from "../draft";
import type { ValuePath } from "../value-path";
import { duplicates } from "../wording";
import { checkTimeZone } from "./time-zone";

const PATH = ["observability", "alerts"] as const;
const KINDS = ["slack", "pagerduty", "email", "webhook"] as const;
const SEVERITIES = ["critical", "warning", "info"] as const;

type Alerts = Draft<AlertingConfig>;

/** Who is told: receivers of one kind each, each route to receivers that there are. That somebody is told at all is judged by policy. */
export function* checkAlerts({ observability, teams }: EnvironmentDraft): Generator<Finding> {
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
  }
  const { deadMansSwitch } = alerts;
  if (deadMansSwitch !== "nobody") yield* checkRoute(alerts, [...PATH, "deadMansSwitch"], deadMansSwitch);
  yield* checkTimeZone([...PATH, "quietHours", "timeZone"], alerts.quietHours?.timeZone);
}

function* checkReceivers({ receivers }: Alerts): Generator<Finding> {
  for (const [name, receiver] of Object.entries(receivers ?? {})) {
    if (receiver === undefined) continue;
    const path = [...PATH, "receivers", name];
    const kinds = KINDS.filter((kind) => receiver[kind] !== undefined);
    if (kinds.length !== 1) {
      yield { path, rule: `must have one of ${KINDS.join(", ")}`, got: kinds.join(", ") || "none" };
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
