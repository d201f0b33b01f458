import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../../constructs/cluster/cluster";
import { dashboardQueries } from "../../../../constructs/observability/dashboards/dashboard-queries";
import { platformDashboards } from "../../../../constructs/observability/dashboards/platform-dashboards";
import { DcgmExporter } from "../../../../constructs/observability/dcgm-exporter";
import { type InhibitRuleConfig, inhibitRules } from "../../../../constructs/observability/private/alert-inhibitions";
import { labelsOf } from "../../../../constructs/observability/promql/label-flow";
import { parsePromql } from "../../../../constructs/observability/promql/parse-promql";
import {
  innerExpressions,
  type PromqlExpression,
  selectorsOf,
} from "../../../../constructs/observability/promql/promql-expression";
import { SeriesCatalogue } from "../../../../constructs/observability/promql/series-catalogue";
import { withoutVariables } from "../../../../constructs/observability/promql/without-variables";
import { platformRules } from "../../../../constructs/observability/rules/platform-rules";
import type { AlertRule } from "../../../../constructs/observability/rules/rule";
import { importedCluster } from "../../../support/cluster";
import { synthesizeKubernetes } from "../../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../../support/releases";
import { FULL_SETTINGS } from "./full-settings";

const groups = platformRules(FULL_SETTINGS);
const alerts = groups.flatMap((group) => group.alerts);

/** Names of what the exporter measures on a cluster with these pools. */
function measured(addPools: (cluster: ICluster) => void): readonly string[] {
  const define = (stack: TerraformStack): void => {
    const cluster = importedCluster(stack);
    addPools(cluster);
    new DcgmExporter(stack, "Dcgm", { cluster, namespace: namespace(stack, "monitoring-agents") });
  };
  const { customMetrics } = valuesOf(synthesizeKubernetes(define).resource("helm_release"));
  return String(customMetrics).match(/^DCGM_\w+/gm) ?? [];
}

/** DCGM's series that an expression asks for, without those that an `or` replaces by some of `instead`. */
function needed(expression: PromqlExpression, instead: readonly string[]): readonly string[] {
  const inner = innerExpressions(expression).map((part) => needed(part, instead));
  if (expression.kind === "selector") return expression.metric?.startsWith("DCGM_") ? [expression.metric] : [];
  if (expression.kind !== "binary" || expression.operator !== "or") return inner.flat();
  const replaced = [expression.left, expression.right].some((side) => {
    const asked = selectorsOf(side).flatMap(({ metric = "" }) => (metric.startsWith("DCGM_") ? [metric] : []));
    return asked.length > 0 && asked.every((metric) => instead.includes(metric));
  });
  return replaced ? inner.flat().filter((metric) => instead.includes(metric)) : inner.flat();
}

describe("what rules and dashboards ask of GPUs is measured", () => {
  const dashboards = platformDashboards({
    ...{ ...FULL_SETTINGS, alerts, environment: "atlas/prod", runbooks: "https://docs.example.com" },
  });
  const queries: readonly (readonly [string, PromqlExpression])[] = [
    ...groups.flatMap(({ recording }) => recording.map(({ record, expression }) => [record, expression] as const)),
    ...alerts.map(({ alert, expression }) => [alert, expression] as const),
    ...dashboards.flatMap((one) =>
      dashboardQueries(one).map((query) => [`${one.name}: ${query.title}`, query.expression] as const),
    ),
  ].map(([place, query]) => [place, parsePromql(withoutVariables(query))] as const);
  const whole = measured((cluster) => void addGpuPool(cluster, "l4"));
  const cut = measured((cluster) => {
    addGpuPool(cluster, "slices", { instanceTypes: ["p5.48xlarge"], sharing: { mig: { profile: "1g.10gb" } } });
  });

  test("everything that is asked for, where a pool is cut with MIG", () => {
    const missing = queries.flatMap(([place, query]) =>
      needed(query, [])
        .filter((metric) => !cut.includes(metric))
        .map((metric) => `${place}: ${metric}`),
    );
    expect(missing).toEqual([]);
  });

  test("everything that has no replacement, where nothing is profiled", () => {
    const missing = queries.flatMap(([place, query]) =>
      needed(query, whole)
        .filter((metric) => !whole.includes(metric))
        .map((metric) => `${place}: ${metric}`),
    );
    expect(missing).toEqual([]);
  });

  test("what is replaced where nothing is profiled is what slices of MIG are measured by", () => {
    const profiled = queries.flatMap(([, query]) => needed(query, []).filter((metric) => !whole.includes(metric)));
    expect([...new Set(profiled)].sort()).toEqual(["DCGM_FI_PROF_DRAM_ACTIVE", "DCGM_FI_PROF_GR_ENGINE_ACTIVE"]);
  });

  test("a series that is not measured is found, but for where another stands in for it", () => {
    const of = (query: string): readonly string[] => needed(parsePromql(query), ["DCGM_A"]);
    expect(of("max(DCGM_B) > 0 and DCGM_A")).toEqual(["DCGM_B", "DCGM_A"]);
    expect(of("max by (pod) (DCGM_B) or max by (pod) (DCGM_A)")).toEqual(["DCGM_A"]);
    expect(of("DCGM_B or vector(0)")).toEqual(["DCGM_B"]);
    expect(of("(DCGM_B or DCGM_A) + DCGM_C")).toEqual(["DCGM_A", "DCGM_C"]);
  });
});

describe("what alerts silence others by exists", () => {
  const catalogue = SeriesCatalogue.of(groups);
  /** Prometheus adds these to all that it sends. */
  const EXTERNAL = ["cluster", "environment", "region"];

  /** Labels that an alert can have; undefined: any. */
  function labelsThat(rule: AlertRule): readonly string[] | undefined {
    const { names } = labelsOf(parsePromql(rule.expression), catalogue.selectorLabels);
    const added = ["alertname", "severity", "area", ...EXTERNAL, ...Object.keys(rule.labels ?? {})];
    return names && [...names, ...added];
  }

  const canHave = (rule: AlertRule, label: string): boolean => labelsThat(rule)?.includes(label) ?? true;

  /** Whether an alert can be meant by matchers; what its expression yields for a label is not known, only that it can have it. */
  function isMeant(rule: AlertRule, matchers: readonly string[]): boolean {
    const fixed: Readonly<Record<string, string>> = { alertname: rule.alert, severity: rule.severity, area: rule.area };
    return matchers.every((matcher) => {
      const [, label = "", operator, value = ""] = /^(\w+)(=~|!~|!=|=)"(.*)"$/.exec(matcher) ?? [];
      if (operator === undefined) throw new Error(`unknown matcher ${matcher}`);
      const text = fixed[label];
      if (text === undefined) return canHave(rule, label);
      const same = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(text) : text === value;
      return same !== operator.startsWith("!");
    });
  }

  const rules = inhibitRules().map((rule, index) => [index + 1, rule] as const);

  test("every alert that is named", () => {
    const matchers = rules.flatMap(([, rule]) => [...rule.source_matchers, ...rule.target_matchers]);
    const named = matchers.flatMap((matcher) => /^alertname[!=~]+"(.*)"$/.exec(matcher)?.[1]?.split("|") ?? []);
    const names = alerts.map(({ alert }) => alert);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  /** Rules about one name in two severities: for alerts of teams, whose rules Prometheus takes up too. */
  const aboutOneName = rules.filter(([, { equal }]) => equal.includes("alertname"));
  const aboutOthers = rules.filter(([, { equal }]) => !equal.includes("alertname"));

  test("the platform's own alerts have one severity each, so two rules are for those of teams alone", () => {
    const names = alerts.map(({ alert }) => alert);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(aboutOneName.map(([, { source_matchers, target_matchers }]) => [source_matchers, target_matchers])).toEqual([
      [['severity="critical"'], ['severity=~"warning|info"']],
      [['severity="warning"'], ['severity="info"']],
    ]);
  });

  test.each(aboutOneName)("rule %d joins on labels that alerts can have", (_index, { equal }) => {
    const known = alerts.filter((alert) => labelsThat(alert) !== undefined);
    expect(equal.filter((label) => !known.some((alert) => canHave(alert, label)))).toEqual([]);
  });

  test.each(aboutOthers)("rule %d joins on labels that both sides have, and silences something", (_index, rule) => {
    const having = (matchers: InhibitRuleConfig["source_matchers"]): readonly string[] =>
      alerts
        .filter((alert) => isMeant(alert, matchers) && rule.equal.every((label) => canHave(alert, label)))
        .map(({ alert }) => alert);
    expect(having(rule.source_matchers)).not.toEqual([]);
    expect(having(rule.target_matchers)).not.toEqual([]);
  });
});
