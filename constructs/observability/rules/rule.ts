/** How soon somebody must look: now, at work, or when there is time. */
export type Severity = "critical" | "warning" | "info";

/** What an alert is about; decides the folder of its dashboard and who may be told. */
export type AlertArea =
  "gpu" | "scheduling" | "cluster" | "cost" | "monitoring" | "serving" | "tracking" | "data" | "pipelines" | "models";

/** Dashboards that alerts lead to; each is its own uid in Grafana. */
export type DashboardName =
  | "gpu-fleet"
  | "gpu-cost"
  | "model-service"
  | "pipelines"
  | "mlflow"
  | "cluster"
  | "model-drift"
  | "databases"
  | "monitoring";

/** Where somebody who is woken looks first. */
export interface DashboardLink {
  /** The dashboard. */
  readonly name: DashboardName;
  /**
   * Variables of the dashboard and the labels of the alert that fill them.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A condition that somebody must know about, with what to do about it in `docs/runbooks/<name in kebab-case>.md`. */
export interface AlertRule {
  /** Name in PascalCase, unique in the platform: `GpuXidError`. */
  readonly alert: string;
  /** How soon somebody must look. */
  readonly severity: Severity;
  /** What it is about. */
  readonly area: AlertArea;
  /** PromQL that yields one series for each thing that is wrong. */
  readonly expression: string;
  /**
   * Minutes for which the expression must hold.
   *
   * @default 0
   */
  readonly forMinutes?: number;
  /**
   * Minutes for which the alert goes on after the expression holds no more.
   *
   * @default 0
   */
  readonly keepFiringForMinutes?: number;
  /**
   * Labels besides those of the expression, `severity` and `area`.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** One line: what is wrong, and where. May name `{{ $labels.x }}` and `{{ $value }}`. */
  readonly summary: string;
  /** What that means for users or money, in one to three sentences. */
  readonly description: string;
  /**
   * Where to look first.
   *
   * @default - no dashboard
   */
  readonly dashboard?: DashboardLink;
}

/** A series that Prometheus computes and keeps, so that dashboards and alerts need not read what it is made of. */
export interface RecordingRule {
  /** Name `level:metric:operations`. */
  readonly record: string;
  /** PromQL. */
  readonly expression: string;
  /**
   * Labels besides those of the expression.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** What it says, with its unit, in one sentence. */
  readonly about: string;
}

/** Rules that are evaluated one after the other; a rule may use what one before it has recorded. */
export interface RuleGroup {
  /** Name in kebab-case, unique in the platform. */
  readonly name: string;
  /**
   * Seconds between evaluations.
   *
   * @default 30
   */
  readonly intervalSeconds?: number;
  /** Series to record, evaluated first. */
  readonly recording: readonly RecordingRule[];
  /** Alerts. */
  readonly alerts: readonly AlertRule[];
}
