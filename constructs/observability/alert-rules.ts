import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import { PropChecks } from "../core/prop-checks";
import type { ManifestObject } from "../kubernetes/manifest-object";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import { checkGroups, checkLinks } from "./private/rule-checks";
import { prometheusRuleFile, type RuleLinks } from "./private/rule-file";
import { SeriesCatalogue } from "./promql/series-catalogue";
import type { RuleGroup } from "./rules/rule";

export { prometheusRuleFile, runbookName } from "./private/rule-file";
export type {
  PrometheusAlertRule,
  PrometheusRecordingRule,
  PrometheusRule,
  PrometheusRuleFile,
  PrometheusRuleGroup,
  RuleLinks,
} from "./private/rule-file";

/** What `AlertRules` are made of. */
export interface AlertRulesProps {
  /** The cluster that is watched: its environment labels the objects. */
  readonly cluster: ICluster;
  /** Namespace of the Prometheus that evaluates the rules. */
  readonly namespace: INamespace;
  /** All groups of the platform: a rule may use what any of them records. At least one, each name once. */
  readonly groups: readonly RuleGroup[];
  /** Where the links of alerts lead. */
  readonly links: RuleLinks;
  /**
   * What must stand before the rules: the chart that defines `PrometheusRule`.
   *
   * @default - the namespace alone
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Recording rules and alerts as objects of the Prometheus operator, one for each group. All of them are checked when the stack is
 * synthesised: every query is parsed, every series must be one that an exporter yields (catalogue of metrics) or a rule records,
 * every label one that these series have, and every `{{ $labels.x }}` of a text one that the alert has.
 *
 * @example
 * new AlertRules(this, "AlertRules", { cluster, namespace, groups: platformRules(settings), links: { runbooks } });
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export class AlertRules extends Construct {
  /** Every series that queries may ask for: those of exporters and those that the rules record. */
  readonly catalogue: SeriesCatalogue;
  /** What must stand before the rules count. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_ALERT_RULES_PROPS` with all problems of all rules */
  constructor(scope: Construct, id: string, props: AlertRulesProps) {
    super(scope, id);
    const { namespace, groups, links, dependsOn = [] } = props;
    this.catalogue = SeriesCatalogue.of(groups);

    const checks = new PropChecks(this, "INVALID_ALERT_RULES_PROPS");
    checkLinks(checks, links);
    checkGroups(checks, groups, this.catalogue);
    checks.throwIfAny();

    const set = new ManifestSet(this, "Objects", {
      name: "alert-rules",
      namespace: namespace.namespaceName,
      objects: this.objects(props),
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });

    this.ready = [set.resource];
  }

  private objects({ cluster, groups, links }: AlertRulesProps): ManifestObject[] {
    const { project, stage } = cluster.identity;
    return prometheusRuleFile(groups, links).groups.map((group) => ({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: {
        name: group.name,
        labels: { role: "alert-rules", "flightdeck.dev/project": project, "flightdeck.dev/stage": stage },
      },
      spec: { groups: [group] },
    }));
  }
}
