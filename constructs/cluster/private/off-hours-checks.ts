import { isTimeZone } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { OffHoursOptions, WeekDay } from "../off-hours";

/** Days a pool works on unless told otherwise. */
export const WORKING_DAYS: readonly WeekDay[] = ["MON", "TUE", "WED", "THU", "FRI"];
/** All days, in the order in which schedules name them. */
export const WEEK: readonly WeekDay[] = [...WORKING_DAYS, "SAT", "SUN"];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Adds the rules for off hours. */
export function checkOffHours(checks: PropChecks, { timeZone, start, stop, days }: OffHoursOptions): void {
  const zone = "must be the IANA name of a time zone, such as Europe/Berlin";
  checks.require(isTimeZone(timeZone), "offHours.timeZone", zone, timeZone);
  const clock = "must be a time of day, HH:MM from 00:00 to 23:59";
  checks.require(TIME.test(start), "offHours.start", clock, start);
  checks.require(TIME.test(stop), "offHours.stop", clock, stop);
  const later = !TIME.test(start) || !TIME.test(stop) || stop > start;
  checks.require(later, "offHours.stop", `must be later than \`start\` (${start})`, stop);
  if (days === undefined) return;
  const named = days.length > 0 && days.every((day) => WEEK.includes(day));
  checks.require(named, "offHours.days", `must name one day or more of ${WEEK.join(", ")}`, days);
  checks.require(new Set(days).size === days.length, "offHours.days", "must name each day once", days);
}
