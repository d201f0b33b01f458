import { isTimeZone, nearestName } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { EnvironmentIdentity } from "../../core/naming";
import type { AlertReceiver, AlertRouting, AlertTiming, ReceiverNames, SeverityReceivers } from "../alert-receivers";
import { NOBODY, RETRAINING_PREFIX } from "./alert-receiver-configs";
import { MEMORY_HOURS, SEVERITIES } from "./alert-routes";
import { HTTPS_ADDRESS } from "./https-address";
import { receiverSecrets } from "./receiver-secrets";
import { checkStoredSecret } from "./stored-secret-checks";

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const SECRET_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const MAIL = /^[^\s@,<>]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const HOST_AND_PORT = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/i;
const CHANNEL = /^#[^\s#,]{1,79}$/;
const IN_CLUSTER = /^http:\/\/[a-z0-9-]+\.[a-z0-9-]+\.svc(\.cluster\.local)?(:\d{1,5})?(\/\S*)?$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Records what is wrong with a routing. */
export function checkRouting(checks: PropChecks, routing: AlertRouting, identity: EnvironmentIdentity): void {
  const { receivers, severities, areas = {}, deadMansSwitch } = routing;
  for (const [name, receiver] of Object.entries(receivers)) checkReceiver(checks, name, receiver);
  for (const { stored, prop } of receiverSecrets(routing)) checkStoredSecret(checks, stored, prop, identity);
  for (const severity of SEVERITIES) {
    const prop = `alerting.severities.${severity}`;
    checks.require(severities[severity] !== undefined, prop, `must name receivers, or be "nobody"`, undefined);
  }
  checkSeverities(checks, routing, "alerting.severities", severities);
  for (const [area, told] of Object.entries(areas)) {
    checkInstead(checks, routing, { prop: `alerting.areas.${area}`, who: "an area", told });
  }
  checkTeams(checks, routing);
  checkKnown(checks, routing, "alerting.deadMansSwitch", deadMansSwitch);
  checkRetraining(checks, routing);
  for (const severity of SEVERITIES) {
    checkTiming(checks, `alerting.timing.${severity}`, routing.timing?.[severity]);
  }
  checkQuietHours(checks, routing);
}

/** Records a problem unless the address is encrypted on its way, or never leaves the cluster. */
export function checkAddress(checks: PropChecks, prop: string, url: string): void {
  const rule = "must be an address https://…, or http://<service>.<namespace>.svc… within the cluster";
  checks.require(HTTPS_ADDRESS.test(url) || IN_CLUSTER.test(url), prop, rule, url);
}

function checkReceiver(checks: PropChecks, name: string, receiver: AlertReceiver): void {
  const prop = `alerting.receivers.${name}`;
  const words = `must be words of lower-case letters and digits joined by single hyphens, other than "${NOBODY}"`;
  checks.require(KEBAB.test(name) && name !== NOBODY, prop, words, name);
  const prefix = `must not start with ${RETRAINING_PREFIX}, as the receivers of \`retraining\` do`;
  checks.require(!name.startsWith(RETRAINING_PREFIX), prop, prefix, name);
  if (receiver.kind === "slack") {
    checks.require(CHANNEL.test(receiver.channel), `${prop}.channel`, "must be a channel with its #", receiver.channel);
  } else if (receiver.kind === "webhook" && typeof receiver.url === "string") {
    checkAddress(checks, `${prop}.url`, receiver.url);
  } else if (receiver.kind === "email") {
    const address = "must be an e-mail address";
    checks.require(receiver.to.length > 0, `${prop}.to`, "must name at least one address", receiver.to);
    receiver.to.forEach((to, index) => checks.require(MAIL.test(to), `${prop}.to[${index}]`, address, to));
    checks.require(MAIL.test(receiver.from), `${prop}.from`, address, receiver.from);
    const server = "must be a mail server as host:port";
    checks.require(HOST_AND_PORT.test(receiver.smarthost), `${prop}.smarthost`, server, receiver.smarthost);
    checks.require(receiver.username !== "", `${prop}.username`, "must not be empty", receiver.username);
  }
}

function checkSeverities(checks: PropChecks, routing: AlertRouting, prop: string, told: SeverityReceivers): void {
  for (const severity of SEVERITIES) checkNames(checks, routing, `${prop}.${severity}`, told[severity]);
}

/** Checks who is told instead of everybody: others, for what is critical, and never nobody. */
function checkInstead(
  checks: PropChecks,
  routing: AlertRouting,
  { prop, who, told }: { readonly prop: string; readonly who: string; readonly told: SeverityReceivers },
): void {
  const { critical, ...others } = told;
  const silent = critical === NOBODY || critical?.length === 0;
  const rule = `must name a receiver: ${who} may not silence what wakes somebody`;
  checks.require(!silent, `${prop}.critical`, rule, critical);
  checkSeverities(checks, routing, prop, silent ? others : told);
}

function checkNames(checks: PropChecks, routing: AlertRouting, prop: string, names: ReceiverNames | undefined): void {
  if (names === undefined || names === NOBODY) return;
  checks.require(names.length > 0, prop, `must name a receiver; say "${NOBODY}" where nobody is told`, names);
  names.forEach((name, index) => {
    checks.require(names.indexOf(name) === index, `${prop}[${index}]`, "must not be named twice", name);
    const alone = `must stand alone, not in a list: "${NOBODY}"`;
    if (name === NOBODY) checks.require(false, `${prop}[${index}]`, alone, name);
    else checkKnown(checks, routing, `${prop}[${index}]`, name);
  });
}

function checkKnown(checks: PropChecks, { receivers }: AlertRouting, prop: string, name: string): void {
  const known = Object.keys(receivers);
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "" : `, such as ${nearest}`;
  const rule = `must be the name of a receiver${hint}, or "${NOBODY}"`;
  checks.require(name === NOBODY || known.includes(name), prop, rule, name);
}

function checkTeams(checks: PropChecks, routing: AlertRouting): void {
  const owners = new Map<string, string>();
  for (const [team, { namespaces, areas, severities }] of Object.entries(routing.teams ?? {})) {
    const prop = `alerting.teams.${team}`;
    checks.require(namespaces.length > 0, `${prop}.namespaces`, "must name at least one namespace", namespaces);
    checks.require(areas?.length !== 0, `${prop}.areas`, "must name at least one area", areas);
    namespaces.forEach((namespace, index) => {
      const at = `${prop}.namespaces[${index}]`;
      const label = "must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens";
      checks.require(DNS_LABEL.test(namespace), at, label, namespace);
      const owner = owners.get(namespace);
      checks.require(owner === undefined, at, `must be of one team: ${owner} has it already`, namespace);
      owners.set(namespace, team);
    });
    checkInstead(checks, routing, { prop: `${prop}.severities`, who: "a team", told: severities });
  }
}

function checkRetraining(checks: PropChecks, { retraining = [] }: AlertRouting): void {
  const names = retraining.map(({ triggerName }) => triggerName);
  retraining.forEach(({ triggerName, webhookUrl, token }, index) => {
    const prop = `alerting.retraining[${index}]`;
    const words = "must be words of lower-case letters and digits joined by single hyphens";
    checks.require(KEBAB.test(triggerName), `${prop}.triggerName`, words, triggerName);
    const once = "must be the name of one trigger";
    checks.require(names.indexOf(triggerName) === index, `${prop}.triggerName`, once, triggerName);
    checkAddress(checks, `${prop}.webhookUrl`, webhookUrl);
    if (token === undefined) return;
    const named = "must be the name of a Kubernetes secret";
    checks.require(SECRET_NAME.test(token.secretName), `${prop}.token.secretName`, named, token.secretName);
    checks.require(SECRET_KEY.test(token.key), `${prop}.token.key`, "must be a key of a Kubernetes secret", token.key);
  });
}

function checkTiming(checks: PropChecks, prop: string, timing: AlertTiming | undefined): void {
  if (timing === undefined) return;
  const { waitSeconds, intervalMinutes, repeatHours } = timing;
  const between = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const wait = "must be whole seconds, 0 to 3600";
  checks.require(between(waitSeconds, 0, 3600), `${prop}.waitSeconds`, wait, waitSeconds);
  const interval = "must be whole minutes, 1 to 1440";
  checks.require(between(intervalMinutes, 1, 1440), `${prop}.intervalMinutes`, interval, intervalMinutes);
  const repeat = `must be whole hours, 1 to ${MEMORY_HOURS}`;
  checks.require(between(repeatHours, 1, MEMORY_HOURS), `${prop}.repeatHours`, repeat, repeatHours);
}

function checkQuietHours(checks: PropChecks, { quietHours }: AlertRouting): void {
  if (quietHours === undefined) return;
  const { timeZone, start, stop } = quietHours;
  const prop = "alerting.quietHours";
  const zone = "must be an IANA time zone such as Europe/Berlin";
  checks.require(isTimeZone(timeZone), `${prop}.timeZone`, zone, timeZone);
  for (const [key, time] of Object.entries({ start, stop })) {
    checks.require(CLOCK.test(time), `${prop}.${key}`, "must be a time of the day as HH:MM", time);
  }
  checks.require(start !== stop, `${prop}.stop`, "must be another time than `start`", stop);
}
