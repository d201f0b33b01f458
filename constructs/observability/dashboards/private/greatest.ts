/**
 * The series that are greatest at some time of the shown time, all of their course. `topk` alone chooses anew at each moment:
 * its lines come and go.
 *
 * @param count how many
 * @param series a selector, no expression
 * @param labels labels that tell the series apart
 */
export function greatest(count: number, series: string, labels: readonly string[]): string {
  return `${series} and on (${labels.join(", ")}) topk(${count}, max_over_time(${series}[$__range] @ end()))`;
}
