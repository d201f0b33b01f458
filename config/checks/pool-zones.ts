import type { Finding } from "../draft";
import type { ValuePath } from "../value-path";
import { duplicates } from "../wording";

/** Zones that a pool is limited to: each of the environment's, none twice. */
export function* checkPoolZones(
  path: ValuePath,
  zones: readonly (string | undefined)[],
  known: readonly (string | undefined)[] | undefined,
): Generator<Finding> {
  for (const { value, index } of duplicates(zones)) {
    yield { path: [...path, "zones", index], rule: "must not name a zone twice", got: value };
  }
  if (known === undefined) return;
  for (const [index, zone] of zones.entries()) {
    if (zone === undefined || known.includes(zone)) continue;
    const allowed = known.join(", ");
    yield { path: [...path, "zones", index], rule: "must be a zone of network.zones", got: zone, allowed };
  }
}
