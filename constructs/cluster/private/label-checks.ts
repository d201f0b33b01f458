import type { PropChecks } from "../../core/prop-checks";
import type { Taint } from "../pool-options";

/** A DNS name and a slash at will, then the name. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const KEY_RULE = "must be a Kubernetes name of at most 63 characters, with a DNS prefix and a slash at will";
const VALUE_RULE = "must be at most 63 letters, digits, - _ and . that start and end with a letter or digit";

/** A kubelet refuses to start with such a label. @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction */
const KUBELET_REFUSES = /^([a-z0-9.-]+\.)?(kubernetes|k8s)\.io\//;
const KUBELET_ALLOWS = /^(node|kubelet)\.kubernetes\.io\//;

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const MOST_TAINTS = 50;

/**
 * @param given labels of the caller
 * @param all the same with those the pool sets itself, which win
 */
export function checkLabels(
  checks: PropChecks,
  given: Readonly<Record<string, string>>,
  all: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(given)) {
    const prop = `labels["${key}"]`;
    const refused = KUBELET_REFUSES.test(key) && !KUBELET_ALLOWS.test(key);
    checks.require(KEY.test(key), prop, KEY_RULE, key);
    checks.require(VALUE.test(value), prop, VALUE_RULE, value);
    checks.require(
      !refused,
      prop,
      "must not be under kubernetes.io or k8s.io, with which a kubelet does not start",
      key,
    );
    const own = all[key] !== value || key.startsWith("flightdeck.dev/");
    checks.require(!own, prop, "must not be a label that the pool sets itself", key);
  }
}

/**
 * @param given taints of the caller
 * @param all the same with those the pool sets itself, which come first
 */
export function checkTaints(checks: PropChecks, given: readonly Taint[], all: readonly Taint[]): void {
  const own = all.slice(0, all.length - given.length).map((taint) => taint.key);
  given.forEach(({ key, value, effect }, index) => {
    const prop = `taints[${index}]`;
    checks.require(KEY.test(key), `${prop}.key`, KEY_RULE, key);
    checks.require(value === undefined || VALUE.test(value), `${prop}.value`, VALUE_RULE, value);
    checks.require(!own.includes(key), `${prop}.key`, "must not be a taint that the pool sets itself", key);
    const first = given.findIndex((other) => other.key === key && other.effect === effect);
    checks.require(first === index, prop, "must not have key and effect of another taint", `${key}:${effect}`);
  });
  checks.require(
    all.length <= MOST_TAINTS,
    "taints",
    `must be at most ${MOST_TAINTS}, those of the pool itself included`,
    all.length,
  );
}
