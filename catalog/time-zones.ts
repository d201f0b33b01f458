/**
 * Whether a name is that of an IANA time zone. The tables of the JavaScript engine are IANA's; offsets such as +01:00, which it
 * takes too, know no daylight saving and do not count.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
