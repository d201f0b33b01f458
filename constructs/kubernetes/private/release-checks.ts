import type { PropChecks } from "../../core/prop-checks";

/** Longest name of a release. @see https://helm.sh/docs/topics/charts/ and `maxReleaseNameLen` in Helm's sources */
const RELEASE_NAME_MAX = 53;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_TIMEOUT = 3600;

/** What every release is checked for: its name, its namespace, and how long it may take. */
export interface ReleaseProps {
  /** Name of the prop that holds the release's name. */
  readonly nameProp: string;
  /** Name of the release. */
  readonly name: string;
  /** Namespace of the release. */
  readonly namespace: string;
  /** Longest time for one operation, in seconds. */
  readonly timeoutSeconds: number;
}

/** Records what is wrong with a release. */
export function checkRelease(checks: PropChecks, { nameProp, name, namespace, timeoutSeconds }: ReleaseProps): void {
  const label = "must be lower-case letters, digits and hyphens";
  const named = DNS_LABEL.test(name) && name.length <= RELEASE_NAME_MAX;
  checks.require(named, nameProp, `${label}, at most ${RELEASE_NAME_MAX} characters`, plain(name));
  checks.require(DNS_LABEL.test(namespace), "namespace", `${label}, at most 63 characters`, plain(namespace));
  const inRange = Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1 && timeoutSeconds <= LONGEST_TIMEOUT;
  checks.require(inRange, "timeoutSeconds", `must be a whole number from 1 to ${LONGEST_TIMEOUT}`, timeoutSeconds);
}

/** Objects and releases are told apart by these names at synthesis, so a reference must be reported, not let through. */
export function plain(text: string): string {
  return text.includes("${") ? "a value known only after apply" : text;
}
