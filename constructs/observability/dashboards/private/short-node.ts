/** The series with the label `host`: the name of their node without its domain, which is the same for all and fills the panel. */
export function withHost(expression: string): string {
  return `label_replace(${expression}, "host", "$1", "node", "([^.]+).*")`;
}
