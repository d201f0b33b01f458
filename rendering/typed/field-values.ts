/** Arguments that the provider takes as strings, so that they may be left out, and the object has as numbers. */
const NUMBERS: ReadonlySet<string> = new Set([
  "fs_group",
  "partition",
  "replicas",
  "run_as_group",
  "run_as_user",
  "toleration_seconds",
  "ttl_seconds_after_finished",
]);

/** Arguments that are a number or a name, a number or a percentage. */
const NUMBERS_OR_STRINGS: ReadonlySet<string> = new Set([
  "max_surge",
  "max_unavailable",
  "min_available",
  "port",
  "target_port",
]);

/** File modes: octal in the provider, a number in the object. */
const MODES: ReadonlySet<string> = new Set(["default_mode", "mode"]);

/** Value of a field in the object. */
export function fieldValue(argument: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (MODES.has(argument) && /^[0-7]{1,4}$/.test(value)) return Number.parseInt(value, 8);
  const numeric = NUMBERS.has(argument) || NUMBERS_OR_STRINGS.has(argument);
  return numeric && /^-?\d+$/.test(value) ? Number(value) : value;
}
