export { addons, findAddon, findAddonVersion, type Addon } from "./addons";
export {
  amiTypeFor,
  amiTypes,
  findAmiType,
  type AmiAccelerator,
  type AmiOs,
  type AmiType,
  type AmiTypeQuery,
} from "./ami-types";
export { chartControllers, type ChartController } from "./chart-controllers";
export {
  chartNames,
  findChart,
  tryFindChart,
  type Chart,
  type ChartDependency,
  type ChartName,
  type ChartValueType,
} from "./charts";
export { CI_ISSUERS, CI_NAMES } from "./ci-names";
export { isClusterScoped } from "./cluster-scoped-kinds";
export {
  databaseInstanceFamilies,
  instanceClassProblem,
  type DatabaseInstanceFamily,
} from "./database-instance-classes";
export {
  databaseAuthorities,
  tryFindDatabaseAuthority,
  tryFindDatabaseTls,
  type DatabaseAuthority,
  type DatabaseTls,
} from "./database-tls";
export { dcgmCounters, dcgmCountersCsv, needsProfiling, tryFindDcgmCounter, type DcgmCounter } from "./dcgm-counters";
export { tryFindEksImageRegistry } from "./eks-image-registries";
export { missingDriver, type MissingDriver } from "./gpu-drivers";
export { findImage, imageNames, imageReference, type ContainerImage, type ImageName } from "./images";
export { iamActionsAsOf, iamActionsMatching, type IamAccess, type IamAction } from "./iam-actions";
export {
  findInstanceType,
  hasCapacityBlocks,
  instanceTypes,
  isNvidiaGpu,
  priceSource,
  tryFindInstanceType,
  type Accelerator,
  type Architecture,
  type InstanceType,
  type PriceSource,
} from "./instance-types";
export { removedKubernetesApi, removedKubernetesKinds, type RemovedKubernetesApi } from "./kubernetes-removed-apis";
export {
  findKubernetesVersion,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  standardSupportDaysLeft,
  supportPhase,
  tryFindKubernetesVersion,
  type KubernetesVersion,
  type SupportPhase,
} from "./kubernetes-versions";
export {
  latencyBound,
  latencyBuckets,
  latencyHistogram,
  type LatencyEngine,
  type LatencyHistogram,
} from "./latency-buckets";
export { limits, type Limits } from "./limits";
export { defaultTlsPolicy, takesOnlyTls12, tlsPoliciesAsOf } from "./load-balancer-tls-policies";
export {
  EXTERNAL_LABELS,
  exporters,
  metricNames,
  MetricRegister,
  metricRegister,
  TARGET_LABELS,
  tryFindMetric,
  type Exporter,
  type Metric,
  type MetricDimension,
  type MetricPart,
  type MetricSeries,
  type MetricType,
} from "./metrics";
export { migGpus, tryFindMigGpu, type MigGpu, type MigProfile } from "./mig-profiles";
export { monitoringReleases, type MonitoringRelease } from "./monitoring-programs";
export { nearestName } from "./nearest-name";
export { ERROR_METRICS, QUALITY_METRICS, type QualityMetric } from "./quality-metrics";
export {
  findQuota,
  homeRegion,
  quotaOfFamily,
  quotaRegion,
  quotas,
  quotaSource,
  tryFindQuotaByCode,
  vcpuQuotaFor,
  type CapacityKind,
  type Quota,
  type QuotaScope,
  type QuotaSource,
} from "./quotas";
export { REFERENCE_SCALE, type PlatformScale } from "./platform-scale";
export {
  findPostgresVersion,
  postgresVersions,
  postgresVersionsAsOf,
  tryFindPostgresVersion,
  type PostgresVersion,
} from "./postgres-versions";
export { findPublicRegistry, publicRegistries, tryFindPublicRegistry, type PublicRegistry } from "./public-registries";
export { neuronDevicePluginImage, neuronDevicePluginRegistry } from "./neuron-device-plugin";
export { neuronCores } from "./neuron-devices";
export { nodeImageRelease, type NodeImageFamily } from "./node-images";
export {
  cacheNodeTypes,
  findCacheNodeType,
  findRedisVersion,
  redisVersions,
  redisVersionsAsOf,
  tryFindCacheNodeType,
  tryFindRedisVersion,
  type CacheNodeType,
  type RedisEngine,
  type RedisVersion,
} from "./redis-versions";
export { findRegion, regions, tryFindRegion, type Region } from "./regions";
export { sandboxPrograms, type SandboxProgram, type SandboxProgramName } from "./sandbox-programs";
export {
  estimateSeries,
  exporterSeries,
  seriesEstimates,
  type ExporterEstimate,
  type SeriesSelection,
} from "./series-estimates";
export { sendsItsSource } from "./source-aware-services";
export { isTimeZone } from "./time-zones";
export { UnknownNameError } from "./unknown-name-error";
export {
  findVpcEndpointService,
  tryFindVpcEndpointService,
  vpcEndpointPrice,
  vpcEndpointServiceName,
  vpcEndpointServices,
  vpcEndpointsWithoutNat,
  type VpcEndpointPrice,
  type VpcEndpointService,
} from "./vpc-endpoints";
