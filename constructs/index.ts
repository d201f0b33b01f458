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
export { standardTags } from "./core/tags";
export type { StandardTagsProps } from "./core/tags";
export { Key } from "./encryption/key";
export type { IKey, KeyAttributes, KeyProps } from "./encryption/key";
export { Secret } from "./encryption/secret";
export type { ISecret, SecretAttributes, SecretProps } from "./encryption/secret";
export { SecurityGroup } from "./network/security-group";
export type { ISecurityGroup, SecurityGroupAttributes, SecurityGroupProps } from "./network/security-group";
export { Vpc } from "./network/vpc";
export type { IVpc, NatMode, VpcAttributes, VpcProps } from "./network/vpc";
export { ObjectStore } from "./storage/object-store";
export type { IObjectStore, ObjectStoreAttributes, ObjectStoreProps } from "./storage/object-store";
export { PodRole } from "./identity/pod-role";
export type { IPodRole, PodRoleAttributes, PodRoleOptions, PodRoleProps } from "./identity/pod-role";
export type { ClusterAttributes, ICluster } from "./cluster/cluster";
export { EksCluster } from "./cluster/eks-cluster";
export type { EksClusterProps } from "./cluster/eks-cluster";
export { GpuNodePool } from "./cluster/gpu-node-pool";
export type {
  GpuNodePoolAttributes,
  GpuNodePoolOptions,
  GpuNodePoolProps,
  IGpuNodePool,
} from "./cluster/gpu-node-pool";
export { NodePool } from "./cluster/node-pool";
export type { INodePool, NodePoolAttributes, NodePoolOptions, NodePoolProps } from "./cluster/node-pool";
export type { PoolOptions, Taint } from "./cluster/pool-options";
