export { Cidr } from "./core/cidr";
export { Connections, Port } from "./core/connections";
export type { ConnectionsProps, IConnectable } from "./core/connections";
export { FlightdeckError, ValidationError } from "./core/errors";
export type { PropProblem } from "./core/errors";
export { Grant } from "./core/grants";
export type { IGrantable, IPrincipal, PolicyStatement } from "./core/grants";
export { NAME_LIMITS, resourceName } from "./core/naming";
export type { EnvironmentIdentity } from "./core/naming";
export { PropChecks } from "./core/prop-checks";
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
export type { IKarpenterSupport, KarpenterSupportAttributes, KarpenterSupportProps } from "./cluster/karpenter-support";
export type { NamespaceEditor } from "./cluster/namespace-editor";
export { NodePool } from "./cluster/node-pool";
export type { INodePool, NodePoolAttributes, NodePoolOptions, NodePoolProps } from "./cluster/node-pool";
export type { ImageVolumeOptions, OwnImageOptions, PoolOptions, Taint } from "./cluster/pool-options";
