import type { z } from "zod";
import type { alertingSchema, receiverSchema } from "./schema/alerting";
import type { clusterSchema } from "./schema/cluster";
import type { budgetsSchema } from "./schema/budgets";
import type { cacheSchema } from "./schema/cache";
import type { ciSchema } from "./schema/ci";
import type { controllersSchema } from "./schema/controllers";
import type { dataSchema, storeSchema } from "./schema/data";
import type { databaseSchema } from "./schema/database";
import type { environmentSchema } from "./schema/environment";
import type { modelServiceSchema } from "./schema/model-services";
import type { monitoredModelSchema } from "./schema/monitored-models";
import type { networkSchema } from "./schema/network";
import type {
  gpuPoolSchema,
  karpenterPoolSchema,
  neuronPoolSchema,
  poolSchema,
  taintSchema,
} from "./schema/node-pools";
import type { observabilitySchema } from "./schema/observability";
import type { podRoleSchema } from "./schema/pod-roles";
import type { STAGES, STORE_NAMES } from "./schema/primitives";
import type { teamSchema } from "./schema/teams";

type DeepReadonly<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

type Checked<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

/** `dev`, `staging` or `prod`. */
export type Stage = (typeof STAGES)[number];

/** Name of one of the object stores every environment has. */
export type StoreName = (typeof STORE_NAMES)[number];

/** One environment: every default filled in, every check passed, deeply frozen. */
export type EnvironmentConfig = Checked<typeof environmentSchema>;

/** The VPC of an environment. */
export type NetworkConfig = Checked<typeof networkSchema>;

/** Keys and stores of an environment. */
export type DataConfig = Checked<typeof dataSchema>;

/** PostgreSQL of an environment. */
export type DatabaseConfig = Checked<typeof databaseSchema>;

/** Redis of an environment. */
export type CacheConfig = Checked<typeof cacheSchema>;

/** Roles for pipelines. */
export type CiConfig = Checked<typeof ciSchema>;

/** Monthly cost budgets. */
export type BudgetsConfig = Checked<typeof budgetsSchema>;

/** Lifecycle, lock and copies of one object store. */
export type StoreConfig = Checked<typeof storeSchema>;

/** The EKS control plane of an environment. */
export type ClusterConfig = Checked<typeof clusterSchema>;

/** A managed node group without GPUs. */
export type PoolConfig = Checked<typeof poolSchema>;

/** A managed node group with NVIDIA GPUs; the GPU taint and labels are not in here, the construct adds them. */
export type GpuPoolConfig = Checked<typeof gpuPoolSchema>;

/** A managed node group with AWS Inferentia or Trainium; taint and labels are not in here, the construct adds them. */
export type NeuronPoolConfig = Checked<typeof neuronPoolSchema>;

/** A pool whose nodes Karpenter starts. */
export type KarpenterPoolConfig = Checked<typeof karpenterPoolSchema>;

/** A Kubernetes taint, effect spelled as Kubernetes spells it. */
export type TaintConfig = Checked<typeof taintSchema>;

/** Access of one Kubernetes service account to the object stores. */
export type PodRoleConfig = Checked<typeof podRoleSchema>;

/** What the cluster needs before any workload. */
export type ControllersConfig = Checked<typeof controllersSchema>;

/** A team's namespaces and its parts of the pools. */
export type TeamConfig = Checked<typeof teamSchema>;

/** Metrics, alerts, dashboards, logs, cost and drift. */
export type ObservabilityConfig = Checked<typeof observabilitySchema>;

/** Who is told of what. */
export type AlertingConfig = Checked<typeof alertingSchema>;

/** Where notifications go. */
export type ReceiverConfig = Checked<typeof receiverSchema>;

/** What a model service promises. */
export type ModelServiceConfig = Checked<typeof modelServiceSchema>;

/** A model whose data and quality are watched. */
export type MonitoredModelConfig = Checked<typeof monitoredModelSchema>;
