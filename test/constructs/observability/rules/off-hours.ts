/** Days before the one that is looked at. */
const DAYS = 5;

/** In the morning of the sixth day: three hours after what is off at night has come back, at hour 14 of a case's day. */
export const MORNING_MINUTES = (DAYS * 24 + 17) * 60;

/**
 * Values every 30 minutes of something that is small for 14 hours and large for 10, for five days and the beginning of a sixth.
 *
 * @param today what it is on the sixth day instead of large
 */
export function offHours(small: string, large: string, today = large): string {
  const night = `${small}x27`;
  return [...Array.from({ length: DAYS }, () => `${night} ${large}x19`), night, `${today}x19`].join(" ");
}
