/** A day of the week. */
export type WeekDay = "MON" | "TUE" | "WED" | "THU" | "FRI" | "SAT" | "SUN";

/** When nobody needs a pool. */
export interface OffHoursOptions {
  /** IANA name of the time zone, such as `Europe/Berlin`; daylight saving is followed. */
  readonly timeZone: string;
  /** Time of day the pool is brought back, `HH:MM` from 00:00 to 23:59. */
  readonly start: string;
  /** Time of day the pool is scaled to zero, `HH:MM`, later than `start`. */
  readonly stop: string;
  /**
   * Days the pool works on; on the others it stays at zero.
   *
   * @default - Monday to Friday
   */
  readonly days?: readonly WeekDay[];
}
