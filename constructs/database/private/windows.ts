import type { PropChecks } from "../../core/prop-checks";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const SHORTEST = 30;
const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const BACKUP = new RegExp(`^${TIME}-${TIME}$`);
const MAINTENANCE = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);

/** Minutes from the beginning, of a day or a week, and how many they last. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** Both windows must be of the form that RDS takes, long enough, and apart. */
export function checkWindows(checks: PropChecks, backupWindow: string, maintenanceWindow: string): void {
  const backup = parseBackup(backupWindow);
  const maintenance = parseMaintenance(maintenanceWindow);
  checks.require(
    backup !== undefined && backup.length >= SHORTEST,
    "backupWindow",
    "must be a time of day in UTC of at least 30 minutes, hh:mm-hh:mm",
    backupWindow,
  );
  checks.require(
    maintenance !== undefined && maintenance.length >= SHORTEST && maintenance.length <= DAY,
    "maintenanceWindow",
    "must be a time of the week in UTC of 30 minutes to 24 hours, ddd:hh:mm-ddd:hh:mm, such as sun:04:00-sun:05:00",
    maintenanceWindow,
  );
  if (backup === undefined || maintenance === undefined) return;
  const rule = `must neither overlap nor touch \`backupWindow\` (${backupWindow})`;
  checks.require(!clash(backup, maintenance), "maintenanceWindow", rule, maintenanceWindow);
}

function parseBackup(text: string): Span | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = BACKUP.exec(text) ?? [];
  if (fromHour === undefined) return undefined;
  return span(minutes(fromHour, fromMinute), minutes(toHour, toMinute), DAY);
}

function parseMaintenance(text: string): Span | undefined {
  const [, fromDay = "", fromHour, fromMinute, toDay = "", toHour, toMinute] = MAINTENANCE.exec(text) ?? [];
  if (fromHour === undefined) return undefined;
  const start = DAYS.indexOf(fromDay) * DAY + minutes(fromHour, fromMinute);
  return span(start, DAYS.indexOf(toDay) * DAY + minutes(toHour, toMinute), WEEK);
}

function minutes(hour: string | undefined, minute: string | undefined): number {
  return Number(hour) * 60 + Number(minute);
}

/** An end before the start is one of the next day, or week. */
function span(start: number, end: number, period: number): Span {
  return { start, length: (end - start + period) % period };
}

/** Backups are taken every day, also on the last day before the week of the maintenance and the first one after. */
function clash(backup: Span, maintenance: Span): boolean {
  return [-1, ...DAYS.keys(), 7, 8].some((day) => {
    const start = backup.start + day * DAY;
    return start <= maintenance.start + maintenance.length && maintenance.start <= start + backup.length;
  });
}
