import type { QualityMetric } from "../../catalog";
import type { INodePool } from "../cluster/pool";
import type { IRetrainingTrigger } from "../core/retraining-trigger";
import type { ContainerResources } from "../kubernetes/container-options";
import type { IObjectStore } from "../storage/store";
import type { IPushGateway } from "./push-gateway";

/** Rows in an object store. */
export interface MonitoredData {
  /** The store. */
  readonly store: IObjectStore;
  /** Beginning of the keys, with a slash at the end, such as `predictions/ranker/`: what the job may read. */
  readonly prefix: string;
  /**
   * What follows the prefix, with dates in it: `dt={yesterday}/`. `{date}` is the day of the run in the time zone of the
   * schedule, `{yesterday}` the day before, `{date-N}` N days before, each as YYYY-MM-DD.
   *
   * @default - nothing: everything under the prefix
   */
  readonly partition?: string;
  /**
   * Format of the files: those that end with `.parquet`, or with `.csv` or `.csv.gz` and begin with the names of the columns.
   *
   * @default "parquet"
   */
  readonly format?: "parquet" | "csv";
  /**
   * Most rows that are compared, 1,000 to 1,000,000: a fair sample, the same each time. Validation counts all rows.
   *
   * @default - 100,000; with more than 100 columns 10,000,000 values: as many as fit into the memory that is asked for by default
   */
  readonly maxRows?: number;
}

/** Where reports are put. */
export interface MonitorReports {
  /** The store. */
  readonly store: IObjectStore;
  /**
   * Beginning of the keys; `model-monitor/<model>/<time>/` follows.
   *
   * @default "reports/"
   */
  readonly prefix?: string;
}

/** What the columns of the data hold; at most 200 of them, and at least one to compare. */
export interface MonitoredColumns {
  /**
   * Features that are numbers.
   *
   * @default - none
   */
  readonly numerical?: readonly string[];
  /**
   * Features that are labels. A whole number counts as a label too.
   *
   * @default - none
   */
  readonly categorical?: readonly string[];
  /**
   * Points in time, which are validated and not compared.
   *
   * @default - none
   */
  readonly timestamps?: readonly string[];
  /**
   * What turned out to be true: empty where nobody knows yet.
   *
   * @default - quality is not measured
   */
  readonly target?: string;
  /**
   * What the model answered: compared as the features are.
   *
   * @default - quality is not measured
   */
  readonly prediction?: string;
  /**
   * How likely the model held the positive label, 0 to 1: compared as the features are, and needed for `roc_auc`.
   *
   * @default - none
   */
  readonly probability?: string;
}

/** What the model answers: one of two labels or of many, a number, or something that is not measured. */
export type MonitoredTask =
  | {
      readonly kind: "classification";
      /**
       * The label that the model is to find, as text: quality is then that of finding it.
       *
       * @default - quality is the mean over all labels
       */
      readonly positiveLabel?: string;
    }
  | { readonly kind: "regression" }
  | { readonly kind: "none" };

/** Ways to compare distributions. @see https://docs.evidentlyai.com/metrics/customize_data_drift */
export type DriftMethod =
  | "anderson"
  | "cramer_von_mises"
  | "hellinger"
  | "jensenshannon"
  | "kl_div"
  | "ks"
  | "mannw"
  | "psi"
  | "t_test"
  | "wasserstein";

/** What the values of a column must be. */
export interface ColumnRule {
  /**
   * Type of each value.
   *
   * @default - numbers in numerical columns, timestamps in columns of timestamps, anything elsewhere
   */
  readonly type?: "boolean" | "integer" | "number" | "string" | "timestamp";
  /**
   * Least value.
   *
   * @default - none
   */
  readonly min?: number;
  /**
   * Greatest value.
   *
   * @default - none
   */
  readonly max?: number;
  /**
   * All values there may be.
   *
   * @default - any
   */
  readonly allowed?: readonly (string | number | boolean)[];
  /**
   * Whether no value may occur twice. It takes eight bytes of memory for each row.
   *
   * @default false
   */
  readonly unique?: boolean;
  /**
   * Whether the column may be left out of the data. It is compared where it is there.
   *
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Whether any number of values may be missing: such a column raises no alert for missing values.
   *
   * @default false
   */
  readonly mayBeMissing?: boolean;
}

/** What the data must be. */
export interface MonitorValidation {
  /**
   * Rules by column.
   *
   * @default - only those that follow from what the columns hold
   */
  readonly columns?: Readonly<Record<string, ColumnRule>>;
  /**
   * Share of the values of a column that may break its type, range or list of values, 0 to 1.
   *
   * @default 0
   */
  readonly maxInvalidShare?: number;
}

/** How one column is compared. */
export interface ColumnDriftOptions {
  /**
   * The method.
   *
   * @default - `wasserstein` of numbers, with fewer than 2,000 values on either side `ks`; `jensenshannon` of labels
   */
  readonly method?: DriftMethod;
  /**
   * The distance from which the column has drifted; of a test the p-value below which it has. Above 0.
   *
   * @default - 0.1; 0.05 of `ks`, `mannw` and `t_test`. Where the method is left out too, 0.01 of `ks`, and of `jensenshannon`
   * more than 0.1 where chance alone makes as much: many labels in few rows
   */
  readonly threshold?: number;
}

/** Which metrics of quality are measured. */
export interface MonitorQuality {
  /**
   * The metrics; none: quality is not measured.
   *
   * @default - all of the task that the columns allow, when `target` and `prediction` are there
   */
  readonly metrics?: readonly QualityMetric[];
  /**
   * Rows whose truth is known that it takes, 2 or more. With fewer, quality is left out of the run.
   *
   * @default 100
   */
  readonly minRows?: number;
}

/** From when on people are told. */
export interface MonitorThresholds {
  /**
   * Share of the compared columns that may drift, 0 to 1.
   *
   * @default 0.3
   */
  readonly maxDriftShare?: number;
  /**
   * Share of missing values that any column may have, 0 to 1.
   *
   * @default 0.05
   */
  readonly maxMissingShare?: number;
  /**
   * Rows that a run must get; with fewer it compares nothing and fails. 1 or more.
   *
   * @default 500
   */
  readonly minRows?: number;
  /**
   * Least value of each metric of quality, greatest of `mae`, `rmse` and `mape`.
   *
   * @default - quality is recorded, not judged
   */
  readonly quality?: Readonly<Partial<Record<QualityMetric, number>>>;
  /**
   * Hours within which a run must have succeeded, 1 to 2,208 (three months).
   *
   * @default - 26 for a schedule that runs each day; for others it must be given
   */
  readonly maxAgeHours?: number;
}

/** What a caller chooses about the monitor of a model. */
export interface ModelMonitorOptions {
  /** Name of the model, kebab-case, at most 38 characters: the label `model` of all its series. */
  readonly model: string;
  /**
   * A namespace of the team whose model it is: the label `namespace` of its alerts, by which Alertmanager finds the team.
   *
   * @default - no team's: those are told who are told of what belongs to nobody
   */
  readonly ownerNamespace?: string;
  /** The image of `images/model-monitor`, built into a registry of one's own, with a tag or digest. */
  readonly image: string;
  /** When it runs: minute, hour, day of the month, month and day of the week, as cron writes them. */
  readonly schedule: string;
  /**
   * IANA time zone of the schedule and of the dates in `partition`.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /** What the model was trained on, or a time when it was good. */
  readonly reference: MonitoredData;
  /** What the model is asked, with what it answered. */
  readonly current: MonitoredData;
  /** Where reports are put. */
  readonly reports: MonitorReports;
  /** What the columns hold. */
  readonly columns: MonitoredColumns;
  /**
   * What the model answers.
   *
   * @default - `{ kind: "none" }`: data is judged, answers are not
   */
  readonly task?: MonitoredTask;
  /**
   * What the data must be, besides `maxMissingShare` and `minRows` of the thresholds.
   *
   * @default - columns are there and hold what they are said to
   */
  readonly validation?: MonitorValidation;
  /**
   * How columns are compared, by name.
   *
   * @default - by the data
   */
  readonly drift?: Readonly<Record<string, ColumnDriftOptions>>;
  /**
   * Which metrics of quality are measured.
   *
   * @default - those that the columns allow
   */
  readonly quality?: MonitorQuality;
  /**
   * From when on people are told.
   *
   * @default - see each
   */
  readonly thresholds?: MonitorThresholds;
  /**
   * What trains the model anew when it drifts or its quality falls.
   *
   * @default - nothing: people are told
   */
  readonly retrain?: IRetrainingTrigger;
  /** Where the results go. */
  readonly pushGateway: IPushGateway;
  /**
   * Pool whose nodes it runs on, one without accelerators.
   *
   * @default - any node without taints
   */
  readonly pool?: INodePool;
  /**
   * What the job asks for.
   *
   * @default - 500m CPU, 2Gi memory: enough for the default of `maxRows`, since 100,000 values take some 10 MiB beside 350 MiB
   */
  readonly resources?: ContainerResources;
  /**
   * Seconds after which a run is ended, its second attempt included; at least 60.
   *
   * @default 3600
   */
  readonly timeoutSeconds?: number;
  /**
   * ARN of the policy that says what the job's role may do at most.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
}
