import { estimateSeries, type PlatformScale, REFERENCE_SCALE } from "../../../catalog";
import { parsePromql } from "./parse-promql";
import { type SelectorExpression, selectorsOf } from "./promql-expression";
import type { SeriesCatalogue } from "./series-catalogue";

/** Series that one query of a dashboard may read straight from exporters, at the reference scale. */
export const MOST_RAW_SERIES = 1_000;

/**
 * Why a query is too wide for a dashboard: series of exporters that it reads though a rule should record what it needs of them.
 *
 * @param query PromQL without variables of Grafana
 * @param catalogue series there are; those it does not know are passed over: see `queryProblems`
 * @param scale size of the platform
 * @returns a sentence for each; none: the query is narrow enough
 * @throws PromqlSyntaxError `INVALID_PROMQL`
 */
export function rawSeriesProblems(
  query: string,
  catalogue: SeriesCatalogue,
  scale: PlatformScale = REFERENCE_SCALE,
): readonly string[] {
  const problems = selectorsOf(parsePromql(query)).flatMap((selector) => {
    const series = rawSeries(selector, catalogue, scale);
    if (series <= MOST_RAW_SERIES) return [];
    const many = `${selector.metric} has about ${Math.round(series)} series on the reference platform`;
    return [`${many}, more than the ${MOST_RAW_SERIES} that a dashboard may read: use a recorded series`];
  });
  return [...new Set(problems)];
}

function rawSeries({ metric, matchers }: SelectorExpression, catalogue: SeriesCatalogue, scale: PlatformScale): number {
  const raw = metric === undefined ? undefined : catalogue.tryFind(metric)?.raw;
  if (raw === undefined) return 0;
  const fixed = matchers.filter(({ operator, value }) => operator === "=" && value !== "");
  return estimateSeries(raw.metric, scale, { fixedLabels: fixed.map(({ label }) => label), part: raw.part });
}
