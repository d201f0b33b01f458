import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import { PropChecks } from "../core/prop-checks";
import type { INamespace } from "../kubernetes/namespace";
import type { PlatformDashboard } from "./dashboards/platform-dashboard";
import { platformDashboards } from "./dashboards/platform-dashboards";
import { checkAlertLinks, checkDashboards } from "./private/dashboard-checks";
import { DASHBOARD_LABEL, FOLDER_ANNOTATION } from "./private/dashboard-files";
import { SeriesCatalogue } from "./promql/series-catalogue";
import type { RuleGroup } from "./rules/rule";
import type { RuleSettings } from "./rules/rule-settings";

/** What `GrafanaDashboards` are made of. */
export interface GrafanaDashboardsProps {
  /** The cluster that is watched: its environment is in the titles. */
  readonly cluster: ICluster;
  /** Namespace of Grafana. */
  readonly namespace: INamespace;
  /** What the rules of the environment are made from: it decides which dashboards and panels there are, and their limits. */
  readonly settings: RuleSettings;
  /** All groups of rules of the platform: the series that they record, and the alerts that lead to dashboards. */
  readonly groups: readonly RuleGroup[];
  /**
   * Address of the folder with the runbooks, `https://…` without a slash at its end.
   *
   * @default - no links lead to runbooks
   */
  readonly runbooks?: string;
  /**
   * What must stand before the dashboards.
   *
   * @default - the namespace alone
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * The dashboards of the platform, each in a config map that Grafana's sidecar finds by its label. When the stack is synthesised,
 * every query of every panel, variable and mark is parsed, every series and label of it must exist (catalogue of metrics, and what
 * rules record), none may read more than a thousand series of an exporter, and every alert must lead to a dashboard and variables
 * that there are.
 *
 * @example
 * new GrafanaDashboards(this, "Dashboards", { cluster, namespace, settings, groups: platformRules(settings), runbooks });
 */
export class GrafanaDashboards extends Construct {
  /** The dashboards, sorted by name. */
  readonly dashboards: readonly PlatformDashboard[];

  /** @throws ValidationError `INVALID_GRAFANA_DASHBOARDS_PROPS` with all problems of all queries, by dashboard and panel */
  constructor(scope: Construct, id: string, props: GrafanaDashboardsProps) {
    super(scope, id);
    const { cluster, settings, groups, runbooks } = props;
    const { project, stage } = cluster.identity;
    const alerts = groups.flatMap((group) => group.alerts);
    const dashboards = platformDashboards({ ...settings, runbooks, alerts, environment: `${project}/${stage}` });

    const checks = new PropChecks(this, "INVALID_GRAFANA_DASHBOARDS_PROPS");
    checks.require(runbooks === undefined || ADDRESS.test(runbooks), "runbooks", ADDRESS_RULE, runbooks);
    checkDashboards(checks, dashboards, SeriesCatalogue.of(groups));
    checkAlertLinks(checks, alerts, dashboards);
    checks.throwIfAny();

    for (const dashboard of dashboards) this.defineConfigMap(props, dashboard);

    this.dashboards = dashboards;
  }

  private defineConfigMap(
    { cluster, namespace, dependsOn = [] }: GrafanaDashboardsProps,
    dashboard: PlatformDashboard,
  ): void {
    const { name, folder, json } = dashboard;
    const { project, stage } = cluster.identity;
    new ConfigMapV1(this, name, {
      metadata: {
        name: `dashboard-${name}`,
        namespace: namespace.namespaceName,
        labels: {
          [DASHBOARD_LABEL.name]: DASHBOARD_LABEL.value,
          "app.kubernetes.io/managed-by": "flightdeck",
          "flightdeck.dev/project": project,
          "flightdeck.dev/stage": stage,
        },
        annotations: { [FOLDER_ANNOTATION]: folder },
      },
      data: { [`${name}.json`]: withoutTemplates(json) },
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });
  }
}

const ADDRESS = /^https:\/\/[\w.-]+(:\d{1,5})?(\/[^\s"\\]*[^\s"\\/])?$/;
const ADDRESS_RULE = "must be an address that starts with https://, without a slash at its end";

/** What Grafana fills in would be a template of Terraform. */
function withoutTemplates(json: string): string {
  return json.replace(/[$%](?=\{)/g, "$&$&");
}
