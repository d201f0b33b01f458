import type { AlertRule, DashboardName } from "../rules/rule";
import type { RuleSettings } from "../rules/rule-settings";

/** What the dashboards of one environment are made from: what its rules are made from, and where links lead. */
export interface DashboardSettings extends RuleSettings {
  /** The environment as titles say it: `atlas/prod`. */
  readonly environment: string;
  /** Address of the folder with the runbooks, `https://…` without a slash at its end; undefined: no links lead there. */
  readonly runbooks: string | undefined;
  /** Alerts that can fire: the tables of alerts lead to their runbooks. */
  readonly alerts: readonly AlertRule[];
}

/** Folders of Grafana that dashboards are in, by what they are about. */
export type DashboardFolder = "GPU" | "Models" | "Training" | "Data" | "Platform";

/** A dashboard as Grafana reads it. */
export interface PlatformDashboard {
  /** Its name, and its uid in Grafana: its address is `/d/<name>`. */
  readonly name: DashboardName;
  /** Its title. */
  readonly title: string;
  /** The folder it is in. */
  readonly folder: DashboardFolder;
  /** JSON of Grafana's dashboard model (version 1), keys sorted: the same settings give the same bytes. */
  readonly json: string;
}
