import type { PlatformDashboard } from "./platform-dashboard";

/** A query of a dashboard, and where it stands. */
export interface DashboardQuery {
  /** What asks it: a panel, what fills a variable, or marks on graphs. */
  readonly kind: "panel" | "variable" | "annotation";
  /** Title of the panel, name of the variable or of the marks. */
  readonly title: string;
  /** Name of the query within the panel: `A`, `B`; that of the variable or the marks elsewhere. */
  readonly refId: string;
  /** PromQL with variables of Grafana. For a variable: the values of the label it offers, counted. */
  readonly expression: string;
}

/** The parts of Grafana's model that queries stand in. */
interface Model {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly Target[] }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: { readonly query: string } }[];
  };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly target: Target }[] };
}

interface Target {
  readonly refId: string;
  readonly expr: string;
}

/** Every query of a dashboard: of panels, then of variables, then of marks. */
export function dashboardQueries({ json }: PlatformDashboard): readonly DashboardQuery[] {
  const { panels, templating, annotations } = JSON.parse(json) as Model;
  return [
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ refId, expr }) => ({ kind: "panel" as const, title, refId, expression: expr })),
    ),
    ...templating.list.map(({ name, query }) => ({
      ...{ kind: "variable" as const, title: name, refId: name },
      expression: query.query.replace(LABEL_VALUES, "count by ($2) ($1)"),
    })),
    ...annotations.list.map(({ name, target }) => ({
      ...{ kind: "annotation" as const, title: name, refId: target.refId, expression: target.expr },
    })),
  ];
}

/** Names of the variables of a dashboard. */
export function dashboardVariables({ json }: PlatformDashboard): readonly string[] {
  return (JSON.parse(json) as Model).templating.list.map(({ name }) => name);
}

/** A function of Grafana: values that a label of series has. */
const LABEL_VALUES = /^label_values\((.+), (\w+)\)$/;
