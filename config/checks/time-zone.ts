import { isTimeZone } from "../../catalog";
import type { Finding } from "../draft";
import type { ValuePath } from "../value-path";

/** Time zones are those of IANA; one that is left out is no fault. */
export function* checkTimeZone(path: ValuePath, timeZone: string | undefined): Generator<Finding> {
  if (timeZone === undefined || isTimeZone(timeZone)) return;
  const allowed = "for example Europe/Berlin, America/New_York, UTC";
  yield { path, rule: "must be an IANA time zone", got: timeZone, allowed };
}
