import type { PropChecks } from "../../core/prop-checks";

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Adds the rule for the name of a bucket that exists already: older ones have dots. */
export function checkBucketName(checks: PropChecks, prop: string, name: string): PropChecks {
  const rule = "must be the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots, without wildcards";
  return checks.require(BUCKET_NAME.test(name), prop, rule, name);
}
