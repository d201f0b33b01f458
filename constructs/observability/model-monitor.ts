import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import { checkPlace } from "../components/replicas";
import { PropChecks } from "../core/prop-checks";
import { PodRole } from "../identity/pod-role";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { Workload } from "../kubernetes/workload";
import type { ModelMonitorOptions } from "./model-monitor-options";
import { checkMonitor } from "./private/model-monitor-checks";
import { monitorConfig, reportPrefix } from "./private/model-monitor-config";
import { type MonitorSettings, monitorSettings } from "./private/model-monitor-settings";
import { resourcesOf } from "./private/resources-of";
import type { ModelThresholds } from "./rules/rule-settings";

export type {
  ColumnDriftOptions,
  ColumnRule,
  DriftMethod,
  ModelMonitorOptions,
  MonitoredColumns,
  MonitoredData,
  MonitoredTask,
  MonitorQuality,
  MonitorReports,
  MonitorThresholds,
  MonitorValidation,
} from "./model-monitor-options";
export type { QualityMetric } from "../../catalog";

/** What a `ModelMonitor` is made of. */
export interface ModelMonitorProps extends ModelMonitorOptions {
  /** The cluster it runs in. */
  readonly cluster: ICluster;
  /** Its namespace, whose pods must reach S3 and the push gateway. */
  readonly namespace: INamespace;
}

const CONFIG_FILE = "/etc/model-monitor/config.json";

/**
 * Watches one model: a job on a schedule that validates the data the model is asked, compares it with a reference, and measures
 * the answers where the truth is known. The results are series of the push gateway, and a report for people in an object store.
 *
 * The job judges nothing itself: the rules for alerts are made of `thresholds`, and name what retrains the model. A job that
 * could not judge fails, and what it knew until then is pushed all the same.
 *
 * It reads under the two prefixes of its data and writes under that of its reports, and nothing else in AWS.
 *
 * @example
 * const monitor = new ModelMonitor(this, "RankerMonitor", {
 *   cluster,
 *   namespace,
 *   model: "ranker",
 *   image: "registry.example.com/model-monitor:1.0.0",
 *   schedule: "0 5 * * *",
 *   reference: { store: datasets, prefix: "ranker/train/" },
 *   current: { store: datasets, prefix: "ranker/served/", partition: "dt={yesterday}/" },
 *   reports: { store: artifacts },
 *   columns: { numerical: ["price", "age_days"], categorical: ["country"] },
 *   pushGateway,
 * });
 * rules.push(...modelRules({ ...settings, models: [monitor.thresholds] }));
 */
export class ModelMonitor extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";

  /** From when on people are told, for the rules. */
  readonly thresholds: ModelThresholds;
  /** What the job may do in AWS. */
  readonly role: PodRole;
  /** The job. */
  readonly workload: Workload;

  /** @throws ValidationError `INVALID_MODEL_MONITOR_PROPS` */
  constructor(scope: Construct, id: string, props: ModelMonitorProps) {
    super(scope, id);
    const { cluster, namespace, model, permissionsBoundaryArn } = props;
    const settings = monitorSettings(props);
    const name = `model-monitor-${model}`;

    this.validateProps(props, settings);

    this.role = new PodRole(this, "Role", {
      identity: cluster.identity,
      clusterName: cluster.clusterName,
      name,
      namespace: namespace.namespaceName,
      serviceAccount: name,
      permissionsBoundaryArn,
    });
    settings.reference.store.grantRead(this.role, settings.reference.prefix);
    settings.current.store.grantRead(this.role, settings.current.prefix);
    settings.reports.store.grantPut(this.role, reportPrefix(settings));
    this.workload = this.defineJob(props, name, settings);
    props.pool?.place(this.workload);

    this.thresholds = thresholdsOf(settings, namespace);
  }

  private defineJob(props: ModelMonitorProps, name: string, settings: MonitorSettings): Workload {
    const { cluster, namespace, image, schedule, resources = { cpu: "500m", memory: "2Gi" } } = props;
    const { timeZone, timeoutSeconds } = settings;
    return new Workload(this, "Job", {
      cluster,
      namespace,
      name,
      run: { kind: "cron-job", schedule, timeZone, timeoutSeconds, retries: 1, overlap: "forbid" },
      container: {
        image,
        args: [CONFIG_FILE],
        environment: { AWS_REGION: cluster.identity.region },
        resources,
        writablePaths: { "/tmp": "256Mi" },
      },
      configFiles: { [CONFIG_FILE]: monitorConfig(settings) },
      dependsOn: resourcesOf(this.role),
    });
  }

  private validateProps(props: ModelMonitorProps, settings: MonitorSettings): void {
    const checks = new PropChecks(this, "INVALID_MODEL_MONITOR_PROPS");
    checkPlace(checks, props);
    checkMonitor(checks, settings);
    checks.throwIfAny();
  }
}

/** The rules of alerts are evaluated over all namespaces, so it says where the job is. */
function thresholdsOf(settings: MonitorSettings, namespace: INamespace): ModelThresholds {
  const { model, ownerNamespace, thresholds, retrain } = settings;
  const { maxDriftShare, maxMissingShare, minRows, quality, maxAgeHours = 0 } = thresholds;
  return {
    model,
    namespace: namespace.namespaceName,
    ...(ownerNamespace !== undefined && { ownerNamespace }),
    maxDriftShare,
    maxMissingShare,
    minRows,
    ...(Object.keys(quality).length > 0 && { quality }),
    maxAgeHours,
    ...(retrain !== undefined && { retrain: retrain.triggerName }),
  };
}
