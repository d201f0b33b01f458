import { QueryVariableBuilder, VariableRefresh, VariableSort } from "@grafana/grafana-foundation-sdk/dashboard";
import { PROMETHEUS } from "./panel-parts";

/** What can be chosen at the top of a dashboard: values of a label. */
export interface VariableSpec {
  readonly name: string;
  /** What it is called there. */
  readonly label: string;
  /** What is chosen. */
  readonly description: string;
  /** Selector of the series whose values are offered: a recorded series, with other variables at will. */
  readonly series: string;
  /** Label of the series. */
  readonly values: string;
  /** Whether several and all can be chosen, all at first: queries use `=~`. Otherwise one: queries use `=`. */
  readonly several: boolean;
}

/** A variable that is filled from a label of recorded series whenever the dashboard is opened or its time changes. */
export function variable(options: VariableSpec): QueryVariableBuilder {
  const { name, label, description, series, values, several } = options;
  const query = `label_values(${series}, ${values})`;
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(PROMETHEUS)
    .query({ query, refId: name, qryType: 1 })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(several)
    .includeAll(several)
    .allowCustomValue(false);
  return several ? builder.allValue(".*").current({ selected: true, text: "All", value: "$__all" }) : builder;
}
