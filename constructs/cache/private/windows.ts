const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const SHORTEST = 60;
const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);

/** A time range that comes again: minutes from its start, and how many it lasts. */
interface Window {
  readonly start: number;
  readonly minutes: number;
}

/** What is wrong with a daily window `hh:mm-hh:mm`, as a rule; undefined when nothing is. */
export function dailyWindowProblem(text: string): string | undefined {
  const window = dailyWindow(text);
  if (window === undefined) return "must be hh:mm-hh:mm in UTC, such as 03:00-05:00";
  return window.minutes < SHORTEST ? "must last 60 minutes or longer" : undefined;
}

/** What is wrong with a weekly window `ddd:hh:mm-ddd:hh:mm`, as a rule; undefined when nothing is. */
export function weeklyWindowProblem(text: string): string | undefined {
  const window = weeklyWindow(text);
  if (window === undefined) return "must be ddd:hh:mm-ddd:hh:mm in UTC, in lower case, such as sun:05:30-sun:07:30";
  return window.minutes < SHORTEST ? "must last 60 minutes or longer" : undefined;
}

/** Whether a daily window ever meets a weekly one. Malformed ones meet nothing: they are reported for themselves. */
export function windowsOverlap(daily: string, weekly: string): boolean {
  const day = dailyWindow(daily);
  const week = weeklyWindow(weekly);
  if (day === undefined || week === undefined) return false;
  return DAYS.some((_, index) => overlap({ ...day, start: day.start + index * MINUTES_A_DAY }, week));
}

/** Two ranges of one week, which begins again where it ends. */
function overlap(one: Window, other: Window): boolean {
  const until = (from: number, to: number) => (to - from + MINUTES_A_WEEK) % MINUTES_A_WEEK;
  return until(one.start, other.start) < one.minutes || until(other.start, one.start) < other.minutes;
}

function dailyWindow(text: string): Window | undefined {
  const [, ...parts] = DAILY.exec(text) ?? [];
  const [fromHour, fromMinute, toHour, toMinute] = parts.map(Number);
  if (parts.length === 0) return undefined;
  const start = minute(fromHour, fromMinute);
  return { start, minutes: (minute(toHour, toMinute) - start + MINUTES_A_DAY) % MINUTES_A_DAY };
}

function weeklyWindow(text: string): Window | undefined {
  const [matched, fromDay = "", fromHour, fromMinute, toDay = "", toHour, toMinute] = WEEKLY.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const start = DAYS.indexOf(fromDay) * MINUTES_A_DAY + minute(Number(fromHour), Number(fromMinute));
  const end = DAYS.indexOf(toDay) * MINUTES_A_DAY + minute(Number(toHour), Number(toMinute));
  return { start, minutes: (end - start + MINUTES_A_WEEK) % MINUTES_A_WEEK };
}

function minute(hour = 0, minutes = 0): number {
  return hour * 60 + minutes;
}
