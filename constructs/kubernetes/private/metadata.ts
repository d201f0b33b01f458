import { Token } from "cdktf";
import type { EnvironmentIdentity } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_LABEL_RULE =
  "must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
const LONGEST_SUBDOMAIN = 253;
const SUBDOMAIN_RULE = "must be a DNS subdomain: at most 253 characters, DNS labels joined by dots";
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const KEY_RULE = "must be a Kubernetes name of at most 63 characters, with a DNS prefix and a slash at will";
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const VALUE_RULE = "must be at most 63 letters, digits, - _ and . that start and end with a letter or digit";
/** Prefixes whose labels this library, Kubernetes and Terraform's provider keep for themselves. */
const OWN_PREFIX = /^(flightdeck\.dev|app\.kubernetes\.io|([a-z0-9.-]+\.)?(kubernetes|k8s)\.io)\//;
const OWN_RULE =
  "must not be under flightdeck.dev, kubernetes.io or k8s.io, which are set by the library or by Kubernetes";

/** Adds the rule for names of namespaces, services, ports and the like; a name known only after apply is refused. */
export function checkName(checks: PropChecks, prop: string, name: string): void {
  checks.require(DNS_LABEL.test(name), prop, DNS_LABEL_RULE, plain(name));
}

/** Adds the rule for names of most other objects. */
export function checkObjectName(checks: PropChecks, prop: string, name: string): void {
  const fits = name.length <= LONGEST_SUBDOMAIN && name.split(".").every((label) => DNS_LABEL.test(label));
  checks.require(fits, prop, SUBDOMAIN_RULE, plain(name));
}

/** Adds the rules for labels of the caller. */
export function checkLabels(checks: PropChecks, prop: string, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    const place = `${prop}["${key}"]`;
    checks.require(KEY.test(key), place, KEY_RULE, key);
    checks.require(!OWN_PREFIX.test(key), place, OWN_RULE, key);
    checks.require(VALUE.test(value), place, VALUE_RULE, plain(value));
  }
}

/** Adds the rule for the keys of annotations of the caller; their values are free. */
export function checkAnnotations(
  checks: PropChecks,
  prop: string,
  annotations: Readonly<Record<string, string>>,
): void {
  for (const key of Object.keys(annotations)) checks.require(KEY.test(key), `${prop}["${key}"]`, KEY_RULE, key);
}

/** The labels that say whose an object is. */
export function standardLabels({ project, stage }: EnvironmentIdentity, team?: string): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "flightdeck",
    "flightdeck.dev/project": project,
    "flightdeck.dev/stage": stage,
    ...(team !== undefined && { "flightdeck.dev/team": team }),
  };
}

/** The names of objects must be known at synthesis, so a reference is given to the checks as something that is not one. */
function plain(text: string): string {
  return Token.isUnresolved(text) ? "a value known only after apply" : text;
}
