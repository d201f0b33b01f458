import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { imageReference } from "../../catalog";
import type { ICluster } from "../cluster/cluster";
import type { INodePool } from "../cluster/pool";
import { checkPlace } from "../components/replicas";
import { Grant } from "../core/grants";
import { PropChecks } from "../core/prop-checks";
import { PodRole } from "../identity/pod-role";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { Workload } from "../kubernetes/workload";
import { FIND_TAGGED_ACTIONS, READ_CLOUDWATCH_ACTIONS } from "./perms";
import { cloudwatchConfig, PERIOD_SECONDS } from "./private/cloudwatch-exporter-config";
import { resourcesOf } from "./private/resources-of";

/** What a `CloudwatchExporter` is made of. */
export interface CloudwatchExporterProps {
  /** The cluster it runs in. */
  readonly cluster: ICluster;
  /** The namespace its pod runs in. */
  readonly namespace: INamespace;
  /**
   * Tags by which instances of RDS and nodes of ElastiCache are found: those with all of them. The API that knows tags must be
   * within reach, which has no endpoint in a VPC.
   *
   * @default - `Project` and `Stage` of the cluster's environment, unless `databases` or `cacheNodes` name some
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Names of instances of RDS, for clusters without a way to the internet.
   *
   * @default - none
   */
  readonly databases?: readonly string[];
  /**
   * Ids of cache clusters, which are the nodes of a replication group: `atlas-prod-features-001`.
   *
   * @default - none
   */
  readonly cacheNodes?: readonly string[];
  /**
   * Pool whose nodes its pod runs on.
   *
   * @default - any node whose taints let the pod in
   */
  readonly pool?: INodePool;
  /**
   * Image of the exporter, from a mirror for instance.
   *
   * @default - the image of the catalogue
   */
  readonly image?: string;
  /**
   * What must stand before it: the definitions of the Prometheus operator.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Metrics of PostgreSQL and Redis from CloudWatch, as series `aws_rds_…` and `aws_elasticache_…`, one value in five minutes:
 * the exporter YACE as one pod, and a ServiceMonitor. AWS takes money for each metric that is read.
 *
 * @example
 * new CloudwatchExporter(this, "CloudwatchExporter", { cluster, namespace: monitoring, dependsOn: prometheus.ready });
 *
 * @see https://github.com/prometheus-community/yet-another-cloudwatch-exporter
 */
export class CloudwatchExporter extends Construct {
  /** The strictest level its pod runs under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Port of its metrics. */
  static readonly metricsPort = 5000;

  /** What must stand before the series are there. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_CLOUDWATCH_EXPORTER_PROPS` */
  constructor(scope: Construct, id: string, props: CloudwatchExporterProps) {
    super(scope, id);
    const { cluster, namespace, databases = [], cacheNodes = [], dependsOn = [] } = props;
    const { identity } = cluster;
    const named = databases.length + cacheNodes.length > 0;
    const { tags = named ? undefined : { Project: identity.project, Stage: identity.stage } } = props;

    this.validateProps(props);

    const role = this.defineRole(props, tags !== undefined);
    const config = cloudwatchConfig({ region: identity.region, tags, databases, cacheNodes });
    const exporter = this.defineExporter(props, config, role);
    props.pool?.place(exporter);
    const monitor = new ManifestSet(this, "Monitor", {
      name: NAME,
      namespace: namespace.namespaceName,
      objects: [SERVICE_MONITOR],
      dependsOn: [...namespace.ready, ...dependsOn],
    });

    this.ready = [exporter.resource, monitor.resource];
  }

  private defineRole({ cluster, namespace }: CloudwatchExporterProps, byTags: boolean): PodRole {
    const { identity, clusterName } = cluster;
    const pods = { namespace: namespace.namespaceName, serviceAccount: NAME };
    const role = new PodRole(this, "Role", { identity, clusterName, name: NAME, ...pods });
    const actions = byTags ? [...READ_CLOUDWATCH_ACTIONS, ...FIND_TAGGED_ACTIONS] : READ_CLOUDWATCH_ACTIONS;
    Grant.addToPrincipal({ grantee: role, actions, resources: ["*"] });
    return role;
  }

  private defineExporter(props: CloudwatchExporterProps, config: string, role: PodRole): Workload {
    const { cluster, namespace, image = imageReference("cloudwatch-exporter"), dependsOn = [] } = props;
    return new Workload(this, "Exporter", {
      ...{ cluster, namespace, name: NAME, configFiles: { [CONFIG_FILE]: config } },
      // Two would read, and pay for, everything twice.
      run: { kind: "deployment", replicas: 1, rollout: "recreate" },
      container: {
        image,
        args: [
          `--config.file=${CONFIG_FILE}`,
          `--listen-address=:${CloudwatchExporter.metricsPort}`,
          `--scraping-interval=${PERIOD_SECONDS}`,
        ],
        environment: { AWS_REGION: cluster.identity.region, AWS_EC2_METADATA_DISABLED: "true" },
        ports: { metrics: CloudwatchExporter.metricsPort },
        readiness: { path: "/healthz", port: "metrics" },
        liveness: { path: "/healthz", port: "metrics", periodSeconds: 30 },
        resources: { cpu: "20m", memory: "128Mi" },
      },
      dependsOn: [...dependsOn, ...resourcesOf(role)],
    });
  }

  private validateProps(props: CloudwatchExporterProps): void {
    const checks = new PropChecks(this, "INVALID_CLOUDWATCH_EXPORTER_PROPS");
    checkPlace(checks, props);
    const { tags, databases = [], cacheNodes = [] } = props;
    const some = "must name at least one tag, or every database of the account would be read";
    checks.require(tags === undefined || Object.keys(tags).length > 0, "tags", some, tags);
    const rule = "must be the name of an instance: letters, digits and hyphens";
    databases.forEach((name, index) => checks.require(NAMED.test(name), `databases[${index}]`, rule, name));
    cacheNodes.forEach((name, index) => checks.require(NAMED.test(name), `cacheNodes[${index}]`, rule, name));
    checks.throwIfAny();
  }
}

const NAME = "cloudwatch-exporter";
const CONFIG_FILE = "/etc/yace/config.yml";
const NAMED = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

/** Asked more often than values come, since a series without a sample for five minutes counts as gone. */
const SERVICE_MONITOR = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: NAME },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/name": NAME } },
    endpoints: [{ port: "metrics", interval: "60s" }],
  },
};
