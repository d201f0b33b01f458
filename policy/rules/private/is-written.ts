import type { Value } from "../../engine/value";

/**
 * Whether somebody wrote this argument. A plan lists arguments that the provider fills in as known after apply, with nothing
 * they refer to; those were not written, and neither were empty lists.
 */
export function isWritten(value: Value): boolean {
  if (value.absent || (Array.isArray(value.literal) && value.literal.length === 0)) return false;
  return !value.unknown || value.references.length > 0 || value.text !== undefined;
}
