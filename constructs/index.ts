export { Cidr } from "./core/cidr";
export { Connections, Port } from "./core/connections";
export type { ConnectionsProps, IConnectable } from "./core/connections";
export { FlightdeckError, ValidationError } from "./core/errors";
export type { PropProblem } from "./core/errors";
export { Grant } from "./core/grants";
export type { IGrantable, IPrincipal, PolicyStatement } from "./core/grants";
export { NAME_LIMITS, resourceName } from "./core/naming";
export type { EnvironmentIdentity } from "./core/naming";
export type { IPlaceable, PodPlacement, Toleration } from "./core/placement";
export { Policy } from "./core/policy";
export type { WaiverProps } from "./core/policy";
export { PropChecks } from "./core/prop-checks";
export { Quantity } from "./core/quantity";
export { withSourceLocations } from "./core/source-locations";
export { POOL_TAG, standardTags } from "./core/tags";
export type { StandardTagsProps } from "./core/tags";
export { Key } from "./encryption/key";
export type { IKey, KeyAttributes, KeyProps } from "./encryption/key";
export { Secret } from "./encryption/secret";
export type { ISecret, SecretAttributes, SecretProps } from "./encryption/secret";
export type { FlowLogOptions } from "./network/flow-log-options";
export type { NatMode } from "./network/nat-mode";
export { SecurityGroup } from "./network/security-group";
export type { ISecurityGroup, SecurityGroupAttributes, SecurityGroupProps } from "./network/security-group";
export { Vpc } from "./network/vpc";
export type { IVpc, VpcAttributes, VpcProps } from "./network/vpc";
export { AccessLogStore } from "./storage/access-log-store";
export type { AccessLogStoreAttributes, AccessLogStoreProps } from "./storage/access-log-store";
export type { IntelligentTiering } from "./storage/object-lifecycle";
export type { ObjectLock } from "./storage/object-lock";
export { ObjectStore } from "./storage/object-store";
export type { ObjectStoreAttributes, ObjectStoreProps } from "./storage/object-store";
export { ReplicaStore } from "./storage/replica-store";
export type { ReplicaStoreAttributes, ReplicaStoreProps } from "./storage/replica-store";
export type { ReplicationOptions } from "./storage/replication";
export type { IAccessLogStore, IObjectStore, IReplicaStore, StoreReports } from "./storage/store";
export type { AccessLogOptions, InventoryOptions } from "./storage/store-reports";
export { RedisCache } from "./cache/redis-cache";
export type { IRedisCache, RedisCacheAttributes, RedisCacheProps } from "./cache/redis-cache";
export type { MaxmemoryPolicy, RedisCacheOptions } from "./cache/redis-cache-options";
export { ImageRepository } from "./registry/image-repository";
export type {
  IImageRepository,
  ImageRepositoryAttributes,
  ImageRepositoryOptions,
  ImageRepositoryProps,
} from "./registry/image-repository";
export { PullThroughCache } from "./registry/pull-through-cache";
export type {
  IPullThroughCache,
  PullThroughCacheAttributes,
  PullThroughCacheOptions,
  PullThroughCacheProps,
} from "./registry/pull-through-cache";
export { PostgresDatabase } from "./database/postgres-database";
export type {
  IPostgresDatabase,
  PostgresDatabaseAttributes,
  PostgresDatabaseProps,
} from "./database/postgres-database";
export type {
  DatabaseInsights,
  PostgresDatabaseOptions,
  PostgresParameter,
} from "./database/postgres-database-options";
export { CiApplyRole } from "./identity/ci-apply-role";
export type { CiApplyRoleProps } from "./identity/ci-apply-role";
export { CiPlanRole } from "./identity/ci-plan-role";
export type { CiPlanRoleProps } from "./identity/ci-plan-role";
export { CiProvider } from "./identity/ci-provider";
export type { CiProviderAttributes, CiProviderProps, CiSystem, ICiProvider } from "./identity/ci-provider";
export { PermissionsBoundary } from "./identity/permissions-boundary";
export type {
  IPermissionsBoundary,
  PermissionsBoundaryAttributes,
  PermissionsBoundaryProps,
} from "./identity/permissions-boundary";
export { PodRole } from "./identity/pod-role";
export type { IPodRole, PodRoleAttributes, PodRoleOptions, PodRoleProps } from "./identity/pod-role";
export type { StateLocationOptions } from "./identity/state-location";
export type { BudgetOptions } from "./cost/budget-options";
export { EnvironmentBudget } from "./cost/environment-budget";
export type { EnvironmentBudgetProps } from "./cost/environment-budget";
export { PoolBudget } from "./cost/pool-budget";
export type { PoolBudgetProps } from "./cost/pool-budget";
export type { AddOnOptions, S3MountOptions } from "./cluster/add-on-options";
export type { ClusterAttributes, ICluster } from "./cluster/cluster";
export { CapacityReservation } from "./cluster/capacity-reservation";
export type {
  CapacityReservationAttributes,
  CapacityReservationProps,
  ICapacityReservation,
} from "./cluster/capacity-reservation";
export type { EfaOptions } from "./cluster/efa-options";
export type {
  GpuSharing,
  MigGpuSharing,
  MigOptions,
  MpsGpu,
  SharedGpuOptions,
  TimeSlicedGpu,
} from "./cluster/gpu-sharing";
export { NeuronNodePool } from "./cluster/neuron-node-pool";
export type {
  INeuronNodePool,
  NeuronNodePoolAttributes,
  NeuronNodePoolOptions,
  NeuronNodePoolProps,
} from "./cluster/neuron-node-pool";
export type { OffHoursOptions, WeekDay } from "./cluster/off-hours";
export type {
  CapacityBlock,
  CapacityBlockCapacity,
  CapacityKind,
  PoolCapacity,
  ReservedCapacity,
} from "./cluster/pool-capacity";
export { PoolSchedule } from "./cluster/pool-schedule";
export type { PoolScheduleProps } from "./cluster/pool-schedule";
export { EksCluster } from "./cluster/eks-cluster";
export type { EksClusterProps } from "./cluster/eks-cluster";
export { GpuNodePool } from "./cluster/gpu-node-pool";
export type {
  GpuNodePoolAttributes,
  GpuNodePoolOptions,
  GpuNodePoolProps,
  IGpuNodePool,
} from "./cluster/gpu-node-pool";
export { KarpenterSupport } from "./cluster/karpenter-support";
export { ExternalSecretsSupport } from "./cluster/external-secrets-support";
export type {
  ExternalSecretsSupportAttributes,
  ExternalSecretsSupportOptions,
  ExternalSecretsSupportProps,
  IExternalSecretsSupport,
} from "./cluster/external-secrets-support";
export type { IKarpenterSupport, KarpenterSupportAttributes, KarpenterSupportProps } from "./cluster/karpenter-support";
export { LoadBalancerSupport } from "./cluster/load-balancer-support";
export type {
  ILoadBalancerSupport,
  LoadBalancerSupportAttributes,
  LoadBalancerSupportOptions,
  LoadBalancerSupportProps,
} from "./cluster/load-balancer-support";
export type { NamespaceEditor } from "./cluster/namespace-editor";
export { NodePool } from "./cluster/node-pool";
export type { INodePool, NodePoolAttributes, NodePoolOptions, NodePoolProps } from "./cluster/node-pool";
export type { ImageVolumeOptions, OwnImageOptions, PoolOptions, Taint } from "./cluster/pool-options";
export { Namespace } from "./kubernetes/namespace";
export type { INamespace, NamespaceProps } from "./kubernetes/namespace";
export type { ContainerDefaults, NamespaceQuota, PodPorts, PodSecurityLevel } from "./kubernetes/namespace-options";
export type { ChartSource } from "./kubernetes/chart-source";
export { HelmChart } from "./kubernetes/helm-chart";
export type { HelmChartProps, IHelmChart } from "./kubernetes/helm-chart";
export {
  defineKubernetesProviders,
  HELM_PROVIDER_WINDOW,
  KUBERNETES_PROVIDER_WINDOW,
} from "./kubernetes/kubernetes-providers";
export type { ClusterAccess, KubernetesProviders, KubernetesProvidersOptions } from "./kubernetes/kubernetes-providers";
export type { ManifestMetadata, ManifestObject } from "./kubernetes/manifest-object";
export { ManifestSet } from "./kubernetes/manifest-set";
export type { IManifestSet, ManifestSetProps } from "./kubernetes/manifest-set";
export { CertManager } from "./controllers/cert-manager";
export type { CertManagerProps, ICertManager } from "./controllers/cert-manager";
export type { ComponentProps } from "./components/component-props";
export { EfaDevicePlugin } from "./controllers/efa-device-plugin";
export type { EfaDevicePluginProps } from "./controllers/efa-device-plugin";
export { ExternalSecrets } from "./controllers/external-secrets";
export type { ExternalSecretsProps } from "./controllers/external-secrets";
export { GpuOperator } from "./controllers/gpu-operator";
export type { GpuOperatorProps } from "./controllers/gpu-operator";
export type { JobFramework } from "./controllers/job-framework";
export { JobQueues } from "./controllers/job-queues";
export type { JobQueuesProps } from "./controllers/job-queues";
export { Karpenter } from "./controllers/karpenter";
export type { KarpenterProps } from "./controllers/karpenter";
export { KarpenterNodePool } from "./controllers/karpenter-node-pool";
export type { IKarpenter, KarpenterNodePoolProps } from "./controllers/karpenter-node-pool";
export type {
  KarpenterBudget,
  KarpenterCapacity,
  KarpenterConsolidation,
  KarpenterLimits,
  KarpenterNodePoolOptions,
  ReservationTerm,
} from "./controllers/karpenter-node-pool-options";
export { Keda } from "./controllers/keda";
export type { KedaProps } from "./controllers/keda";
export { KueueController } from "./controllers/kueue-controller";
export type { IKueueController, KueueControllerAttributes, KueueControllerProps } from "./controllers/kueue-controller";
export { LoadBalancerController } from "./controllers/load-balancer-controller";
export type { LoadBalancerControllerProps } from "./controllers/load-balancer-controller";
export { MetricsServer } from "./controllers/metrics-server";
export type { MetricsServerProps } from "./controllers/metrics-server";
export { MonitoringDefinitions } from "./controllers/monitoring-definitions";
export type { MonitoringDefinitionsProps } from "./controllers/monitoring-definitions";
export { NeuronDevicePlugin } from "./controllers/neuron-device-plugin";
export type { NeuronDevicePluginProps } from "./controllers/neuron-device-plugin";
export { NvidiaDevicePlugin } from "./controllers/nvidia-device-plugin";
export type { NvidiaDevicePluginProps } from "./controllers/nvidia-device-plugin";
export type { ReplicatedComponentProps } from "./components/replicated-component-props";
export type { SecretStoreOptions } from "./controllers/secret-store-options";
export type { PoolQuota, TeamQueueOptions } from "./controllers/team-queue";
export type {
  CommandProbe,
  ContainerOptions,
  ContainerResources,
  EnvironmentValue,
  HttpProbe,
  MountOptions,
  PodFieldValue,
  Probe,
  ProbeTiming,
  ScratchOptions,
  SecretValue,
  TcpProbe,
} from "./kubernetes/container-options";
export { PriorityClass } from "./kubernetes/priority-class";
export type { IPriorityClass, PriorityClassProps } from "./kubernetes/priority-class";
export { StorageClass } from "./kubernetes/storage-class";
export type { IStorageClass, StorageClassProps } from "./kubernetes/storage-class";
export { Workload } from "./kubernetes/workload";
export type { IWorkload, WorkloadAttributes, WorkloadProps } from "./kubernetes/workload";
export type {
  CronJobRun,
  DeploymentRun,
  DisruptionBudget,
  GpuRequest,
  JobRun,
  JobRunOptions,
  RolloutOptions,
  ServiceOptions,
  VolumeSource,
  WorkloadOptions,
  WorkloadRun,
} from "./kubernetes/workload-options";
export type {
  AlertReceiver,
  AlertRouting,
  AlertTiming,
  EmailReceiver,
  PagerDutyReceiver,
  QuietHours,
  ReceiverNames,
  SeverityReceivers,
  SlackReceiver,
  TeamRouting,
  TeamsReceiver,
  WebhookReceiver,
} from "./observability/alert-receivers";
export { AlertRules, prometheusRuleFile, runbookName } from "./observability/alert-rules";
export type {
  AlertRulesProps,
  PrometheusAlertRule,
  PrometheusRecordingRule,
  PrometheusRule,
  PrometheusRuleFile,
  PrometheusRuleGroup,
  RuleLinks,
} from "./observability/alert-rules";
export { platformDashboards } from "./observability/dashboards/platform-dashboards";
export type {
  DashboardFolder,
  DashboardSettings,
  PlatformDashboard,
} from "./observability/dashboards/platform-dashboard";
export { dashboardQueries } from "./observability/dashboards/dashboard-queries";
export type { DashboardQuery } from "./observability/dashboards/dashboard-queries";
export { Grafana } from "./observability/grafana";
export type { GrafanaProps } from "./observability/grafana";
export { GrafanaDashboards } from "./observability/grafana-dashboards";
export type { GrafanaDashboardsProps } from "./observability/grafana-dashboards";
export type {
  GrafanaDatabase,
  GrafanaDataSources,
  GrafanaIngress,
  GrafanaRoles,
  GrafanaSignIn,
} from "./observability/grafana-options";
export { platformRules } from "./observability/rules/platform-rules";
export { ALERT_THRESHOLDS } from "./observability/rules/rule-settings";
export type { ModelThresholds, RuleSettings } from "./observability/rules/rule-settings";
export { ModelMonitor } from "./observability/model-monitor";
export type {
  ColumnDriftOptions,
  ColumnRule,
  DriftMethod,
  ModelMonitorOptions,
  ModelMonitorProps,
  MonitoredColumns,
  MonitoredData,
  MonitoredTask,
  MonitorQuality,
  MonitorReports,
  MonitorThresholds,
  MonitorValidation,
  QualityMetric,
} from "./observability/model-monitor";
export { PushGateway } from "./observability/push-gateway";
export type { IPushGateway, PushGatewayAttributes, PushGatewayProps } from "./observability/push-gateway";
export { ModelServerMonitor } from "./observability/model-server-monitor";
export type { ModelServerMonitorProps } from "./observability/model-server-monitor";
export { PrometheusStack } from "./observability/prometheus-stack";
export type { IPrometheusStack } from "./observability/prometheus-stack";
export type {
  BearerToken,
  PrometheusResources,
  PrometheusStackLinks,
  PrometheusStackProps,
  RemoteWriteOptions,
  Sigv4Signature,
} from "./observability/prometheus-stack-options";
export type { StoredSecret } from "./observability/stored-secret";
export type { IRetrainingTrigger, RetrainingTokenReference } from "./core/retraining-trigger";
export { CloudwatchExporter } from "./observability/cloudwatch-exporter";
export type { CloudwatchExporterProps } from "./observability/cloudwatch-exporter";
export { CostMonitor } from "./observability/cost-monitor";
export type { CostMonitorProps, PrometheusService } from "./observability/cost-monitor";
export { DcgmExporter } from "./observability/dcgm-exporter";
export type { DcgmExporterProps, MeasuredPool } from "./observability/dcgm-exporter";
export { LogPipeline } from "./observability/log-pipeline";
export type {
  CloudwatchPipelineOptions,
  LogPipelineOptions,
  LogPipelineProps,
  LokiPipelineOptions,
} from "./observability/log-pipeline-options";
export { Tracing } from "./observability/tracing";
export type { TracingProps } from "./observability/tracing";
