export type {
  AlertingConfig,
  BudgetsConfig,
  CacheConfig,
  CiConfig,
  ClusterConfig,
  ControllersConfig,
  DatabaseConfig,
  DataConfig,
  EnvironmentConfig,
  GpuPoolConfig,
  KarpenterPoolConfig,
  ModelServiceConfig,
  MonitoredModelConfig,
  NetworkConfig,
  NeuronPoolConfig,
  ObservabilityConfig,
  PodRoleConfig,
  PoolConfig,
  ReceiverConfig,
  Stage,
  StoreConfig,
  StoreName,
  TaintConfig,
  TeamConfig,
} from "./environment-config";
export { ConfigError, type ConfigProblem } from "./config-error";
export { environmentIds } from "./environment-files";
export { explainEnvironment, type ExplainedValue } from "./explain";
export { loadEnvironment, loadEnvironments } from "./load";
