import type { AlertRouting, AlertTiming, ReceiverNames, SeverityReceivers, TeamRouting } from "../alert-receivers";
import type { AlertArea, Severity } from "../rules/rule";
import { NOBODY, RETRAINING_PREFIX } from "./alert-receiver-configs";
import { QUIET } from "./quiet-hours";

/** A route as Alertmanager's configuration has it. */
export interface RouteConfig {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly RouteConfig[];
}

/** Severities, the worst first. */
export const SEVERITIES: readonly Severity[] = ["critical", "warning", "info"];

/** What a team is told of that names no areas: what it can do something about. */
const TEAM_AREAS: readonly AlertArea[] = [
  ...(["cluster", "cost", "data", "models", "pipelines", "scheduling", "serving", "tracking"] as const),
];

/** What alerts of one group have in common; a fault of twenty nodes is one message. */
const GROUP_BY = ["alertname", "cluster", "severity", "namespace", "model_service", "model"];

const TIMING: Readonly<Record<Severity, AlertTiming>> = {
  critical: { waitSeconds: 15, intervalMinutes: 2, repeatHours: 4 },
  warning: { waitSeconds: 60, intervalMinutes: 10, repeatHours: 24 },
  info: { waitSeconds: 300, intervalMinutes: 60, repeatHours: 72 },
};

/** Hours after which Alertmanager forgets what it has sent, and would send it again. */
export const MEMORY_HOURS = 120;

/** The alert that always fires. */
export const WATCHDOG = "Watchdog";

/**
 * The tree of routes: the dead man's switch, what retrains models, teams, areas, then everything by severity. What matches none
 * of them, as an alert without a severity does, is handled as critical: nobody is known to have said that it can wait.
 */
export function alertRoutes(routing: AlertRouting): RouteConfig {
  const { severities, areas = {}, teams = {}, retraining = [] } = routing;
  const told = (matchers: readonly string[], receivers: SeverityReceivers) =>
    severityRoutes(routing, matchers, receivers);
  const routes = [
    watchdogRoute(routing.deadMansSwitch),
    ...retraining.map(({ triggerName }) => retrainingRoute(triggerName)),
    ...Object.values(teams).flatMap((team) => told(teamMatchers(team), team.severities)),
    ...Object.entries(areas).flatMap(([area, receivers]) => told([`area="${area}"`], receivers)),
    ...told([], severities),
    ...receiverRoutes(severities.critical, {}),
  ];
  return {
    receiver: NOBODY,
    group_by: GROUP_BY,
    ...timingOf(TIMING.critical),
    ...timed(routing.timing?.critical),
    routes,
  };
}

/** A tick of one minute, since a repeat is due only at a tick, and is late by as much. */
function watchdogRoute(receiver: string): RouteConfig {
  return {
    receiver,
    matchers: [`alertname="${WATCHDOG}"`],
    ...{ group_wait: "0s", group_interval: "1m", repeat_interval: "5m" },
  };
}

/**
 * One notification for each model. A drift does not end before a training does, so another follows only when Alertmanager can
 * no longer remember the first, and an alert that joins in waits for the next day rather than start a training of its own.
 */
function retrainingRoute(triggerName: string): RouteConfig {
  return {
    receiver: `${RETRAINING_PREFIX}${triggerName}`,
    matchers: [`retrain="${triggerName}"`],
    continue: true,
    group_by: ["cluster", "model"],
    ...{ group_wait: "1m", group_interval: "24h", repeat_interval: `${MEMORY_HOURS}h` },
  };
}

function teamMatchers({ namespaces, areas = TEAM_AREAS }: TeamRouting): readonly string[] {
  return [`namespace=~"${namespaces.join("|")}"`, `area=~"${[...areas].sort().join("|")}"`];
}

function severityRoutes(
  { timing, quietHours }: AlertRouting,
  matchers: readonly string[],
  receivers: SeverityReceivers,
): readonly RouteConfig[] {
  return SEVERITIES.flatMap((severity) => {
    const quiet = quietHours !== undefined && severity !== "critical" && { mute_time_intervals: [QUIET] };
    return receiverRoutes(receivers[severity], {
      matchers: [`severity="${severity}"`, ...matchers],
      ...timingOf(TIMING[severity]),
      ...timed(timing?.[severity]),
      ...quiet,
    });
  });
}

/** One route for each receiver: an alert goes on to the next until the last has had it. */
function receiverRoutes(
  names: ReceiverNames | undefined,
  route: Omit<RouteConfig, "receiver">,
): readonly RouteConfig[] {
  if (names === undefined) return [];
  const receivers = names === NOBODY ? [NOBODY] : [...names];
  return receivers.map((receiver, index) => ({
    receiver,
    ...route,
    ...(index < receivers.length - 1 && { continue: true }),
  }));
}

function timed(timing: AlertTiming | undefined): Partial<RouteConfig> {
  return timing === undefined ? {} : timingOf(timing);
}

function timingOf({ waitSeconds, intervalMinutes, repeatHours }: AlertTiming): Partial<RouteConfig> {
  return {
    group_wait: `${waitSeconds}s`,
    group_interval: `${intervalMinutes}m`,
    repeat_interval: `${repeatHours}h`,
  };
}
