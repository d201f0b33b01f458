/** Template for PromQL over several lines: what comes out is one line. Not for strings with more than one space in a row. */
export function promql(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw(parts, ...values)
    .replace(/\s+/g, " ")
    .trim();
}
