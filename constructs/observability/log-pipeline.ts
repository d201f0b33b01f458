import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { limits } from "../../catalog";
import { checkPlace, replicaSettings } from "../components/replicas";
import { Grant } from "../core/grants";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import { PodRole } from "../identity/pod-role";
import { HelmChart } from "../kubernetes/helm-chart";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { CloudwatchPipelineOptions, LogPipelineProps, LokiPipelineOptions } from "./log-pipeline-options";
import { WRITE_LOG_STREAMS_ACTIONS } from "./perms";
import { AGENT_PORT, eventAgentValues, podAgentValues } from "./private/log-pipeline-agents";
import { eventsConfig, podLogsConfig } from "./private/log-pipeline-alloy";
import { FLUENT_BIT, FLUENT_BIT_PORT, fluentBitObjects } from "./private/log-pipeline-fluent-bit";
import { LOKI_ACCOUNT, LOKI_PORT, LOKI_PREFIX, lokiValues } from "./private/log-pipeline-loki";
import { resourcesOf } from "./private/resources-of";

export type {
  CloudwatchPipelineOptions,
  LogPipelineOptions,
  LogPipelineProps,
  LokiPipelineOptions,
} from "./log-pipeline-options";

/**
 * Logs of all pods, from every node: an agent on each reads them and sends them to Loki, which keeps them in a store of S3, or to
 * an encrypted log group of CloudWatch. Lines of a traceback stay together; what looks like a secret is taken out on the node.
 *
 * @example
 * const logs = new LogPipeline(this, "Logs", {
 *   backend: "loki",
 *   cluster,
 *   namespace: monitoring,
 *   agentsNamespace: agents,
 *   store,
 *   retentionDays: 30,
 * });
 * logs.queryUrl; // what a data source of Grafana asks
 */
export class LogPipeline extends Construct {
  /** The strictest level the agents run under: they run as root and mount folders of the node. */
  static readonly agentPodSecurity: PodSecurityLevel = "privileged";
  /** The strictest level of everything else. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Port of Loki, for those who write and those who ask. */
  static readonly lokiPort = LOKI_PORT;
  /** Port on which Prometheus asks the agents of Loki. */
  static readonly agentMetricsPort = AGENT_PORT;
  /** Port on which Prometheus asks the agents of CloudWatch. */
  static readonly cloudwatchAgentMetricsPort = FLUENT_BIT_PORT;

  /** ARN of the log group with the backend `cloudwatch`, for the policy of the key that encrypts it. */
  static logGroupArn(identity: EnvironmentIdentity): string {
    const { account, region } = identity;
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupName(identity)}`;
  }

  /** Address of Loki's API; undefined where logs go to CloudWatch. */
  readonly queryUrl: string | undefined;
  /** Name of the log group; undefined where logs go to Loki. */
  readonly logGroupName: string | undefined;
  /** What must stand before logs are kept. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_LOG_PIPELINE_PROPS` */
  constructor(scope: Construct, id: string, props: LogPipelineProps) {
    super(scope, id);

    this.validateProps(props);

    const loki = props.backend === "loki" ? props : undefined;
    this.queryUrl = loki && `http://loki.${loki.namespace.namespaceName}.svc.cluster.local:${LOKI_PORT}`;
    this.logGroupName = loki ? undefined : logGroupName(props.cluster.identity);
    this.ready = props.backend === "loki" ? this.defineLoki(props) : this.defineCloudwatch(props);
  }

  private defineLoki(props: LokiPipelineOptions): readonly ITerraformDependable[] {
    const { cluster, namespace, store, events = true, monitoring = false, agentsNamespace } = props;
    const { identity, clusterName } = cluster;
    const pods = { namespace: namespace.namespaceName, serviceAccount: LOKI_ACCOUNT };
    const role = new PodRole(this, "LokiRole", { identity, clusterName, name: "loki", ...pods });
    store.grantReadWrite(role, `${LOKI_PREFIX}/`);

    const loki = this.install("Loki", props, namespace, {
      ...{ chart: "loki", releaseName: "loki", values: lokiValues(props) },
      after: resourcesOf(role),
    });
    const pushUrl = `${this.queryUrl}/loki/api/v1/push`;
    const after = [loki.resource];
    const agents = this.install("Agents", props, agentsNamespace, {
      ...{ chart: "alloy", releaseName: "alloy", after },
      values: podAgentValues(podLogsConfig(props, pushUrl), monitoring),
    });
    if (!events) return [loki.resource, agents.resource];
    const { nodeSelector, tolerations } = replicaSettings(props);
    const reader = this.install("Events", props, namespace, {
      ...{ chart: "alloy", releaseName: "alloy-events", after },
      values: eventAgentValues(eventsConfig(props, pushUrl), monitoring, { nodeSelector, tolerations }),
    });
    return [loki.resource, agents.resource, reader.resource];
  }

  private defineCloudwatch(props: CloudwatchPipelineOptions): readonly ITerraformDependable[] {
    const { cluster, agentsNamespace, encryptionKey, retentionDays, dependsOn = [] } = props;
    const { redactSecrets = true, dropDebug = false, monitoring = false } = props;
    const { identity, clusterName } = cluster;
    const name = logGroupName(identity);
    const group = new CloudwatchLogGroup(this, "LogGroup", {
      ...{ name, retentionInDays: retentionDays, kmsKeyId: encryptionKey.keyArn, tags: { Name: name } },
    });
    const namespace = agentsNamespace.namespaceName;
    const pods = { namespace, serviceAccount: FLUENT_BIT };
    const role = new PodRole(this, "AgentRole", { identity, clusterName, name: "pod-logs", ...pods });
    Grant.addToPrincipal({ grantee: role, actions: WRITE_LOG_STREAMS_ACTIONS, resources: [`${group.arn}:*`] });

    const { region } = identity;
    const settings = { namespace, region, logGroupName: name, stateFolder: STATE_FOLDER, redactSecrets, dropDebug };
    const agents = new ManifestSet(this, "Agents", {
      ...{ name: FLUENT_BIT, namespace, objects: fluentBitObjects(settings, monitoring) },
      dependsOn: [...agentsNamespace.ready, ...dependsOn, ...resourcesOf(role), group],
    });
    return [agents.resource];
  }

  private install(id: string, props: LokiPipelineOptions, namespace: INamespace, part: PipelineChart): HelmChart {
    const { cluster, source, dependsOn = [] } = props;
    const { after, ...chart } = part;
    return new HelmChart(this, id, {
      ...{ ...chart, source, namespace: namespace.namespaceName, kubernetesVersion: cluster.version },
      dependsOn: [...new Set([...namespace.ready, ...dependsOn, ...after])],
    });
  }

  private validateProps(props: LogPipelineProps): void {
    const checks = new PropChecks(this, "INVALID_LOG_PIPELINE_PROPS");
    const { retentionDays } = props;
    if (props.backend === "loki") {
      checkPlace(checks, props);
      checkWhole(checks, "retentionDays", retentionDays, 1);
      checkWhole(checks, "volumeGiB", props.volumeGiB, 10);
      checkWhole(checks, "maxStreams", props.maxStreams, 100);
      checkWhole(checks, "ingestionMbPerSecond", props.ingestionMbPerSecond, 1);
    } else {
      const periods = limits().logs.retentionDays;
      const rule = `must be a number of days that CloudWatch keeps logs: ${periods.join(", ")}`;
      checks.require(periods.includes(retentionDays), "retentionDays", rule, retentionDays);
    }
    checks.throwIfAny();
  }
}

interface PipelineChart {
  readonly chart: "loki" | "alloy";
  readonly releaseName: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly after: readonly ITerraformDependable[];
}

const STATE_FOLDER = "/var/lib/flightdeck-logs";
const LOG_GROUP_START = "/flightdeck/";
const LOG_GROUP_END = "/pods";

function logGroupName({ project, stage }: EnvironmentIdentity): string {
  const max = NAME_LIMITS.logGroup - LOG_GROUP_START.length - LOG_GROUP_END.length;
  return `${LOG_GROUP_START}${resourceName([project, stage], { max })}${LOG_GROUP_END}`;
}

function checkWhole(checks: PropChecks, prop: string, value: number | undefined, least: number): void {
  const fits = value === undefined || (Number.isInteger(value) && value >= least);
  checks.require(fits, prop, `must be a whole number, ${least} or more`, value);
}
