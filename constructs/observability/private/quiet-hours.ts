import type { QuietHours } from "../alert-receivers";

/** Name of the interval in which warnings and infos wait. */
export const QUIET = "quiet-hours";

/** A named time interval of Alertmanager's configuration. */
export interface TimeIntervalConfig {
  readonly name: string;
  readonly time_intervals: readonly Readonly<Record<string, unknown>>[];
}

const MIDNIGHT = "24:00";

/** A night is two ranges: Alertmanager knows none that goes over midnight. */
export function quietInterval({ start, stop, timeZone: location, weekends = true }: QuietHours): TimeIntervalConfig {
  const times =
    start < stop
      ? [{ start_time: start, end_time: stop }]
      : [
          { start_time: start, end_time: MIDNIGHT },
          ...(stop === "00:00" ? [] : [{ start_time: "00:00", end_time: stop }]),
        ];
  const weekend = { weekdays: ["saturday", "sunday"], location };
  return { name: QUIET, time_intervals: [{ times, location }, ...(weekends ? [weekend] : [])] };
}
