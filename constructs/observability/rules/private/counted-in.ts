/**
 * How often a counter has counted within a window. `increase` leaves out the value that a series starts with, and the counter of
 * something that fails for the first time starts with 1; so does one whose exporter has just started anew.
 *
 * @param counter selector of the counter
 * @param window such as `1h`
 */
export function countedIn(counter: string, window: string): string {
  return `((${counter} unless ${counter} offset ${window}) or increase(${counter}[${window}]))`;
}
