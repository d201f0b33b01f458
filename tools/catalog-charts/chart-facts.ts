/** Why a chart cannot be taken into the catalogue. */
export class ChartFactsError extends Error {
  readonly code = "INVALID_CHART";

  constructor(chart: string, problem: string) {
    super(`chart ${chart}: ${problem}`);
    this.name = "ChartFactsError";
  }
}

/** `oci://host/charts/kueue` of chart `kueue` is `oci://host/charts`; other addresses are kept, without a slash at the end. */
export function repositoryOf(address: string, chart: string): string {
  const plain = address.replace(/\/+$/, "");
  return plain.startsWith("oci://") && plain.endsWith(`/${chart}`) ? plain.slice(0, -chart.length - 1) : plain;
}

/**
 * The oldest Kubernetes that a range of versions takes, as in `1.25` of `>=1.25.0-0 <1.40.0`.
 *
 * @throws ChartFactsError when the range has no lower end
 */
export function oldestKubernetes(chart: string, range: string | null | undefined): string | undefined {
  if (range === undefined || range === null || range.trim() === "") return undefined;
  const lower = [...range.matchAll(/(?:>=?|\^|~)\s*v?(\d+)\.(\d+)/g)].map(([, major, minor]) => `${major}.${minor}`);
  const [first] = lower;
  if (first === undefined) throw new ChartFactsError(chart, `its kubeVersion "${range}" has no lower end`);
  return first;
}
