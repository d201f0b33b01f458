/** The kind that a typed resource of the Kubernetes provider stands for. */
export interface ResourceKind {
  readonly apiVersion: string;
  readonly kind: string;
}

const V1: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  api_service_v1: ["apiregistration.k8s.io/v1", "APIService"],
  cluster_role_binding_v1: ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  cluster_role_v1: ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  config_map_v1: ["v1", "ConfigMap"],
  cron_job_v1: ["batch/v1", "CronJob"],
  csi_driver_v1: ["storage.k8s.io/v1", "CSIDriver"],
  daemon_set_v1: ["apps/v1", "DaemonSet"],
  default_service_account_v1: ["v1", "ServiceAccount"],
  deployment_v1: ["apps/v1", "Deployment"],
  endpoint_slice_v1: ["discovery.k8s.io/v1", "EndpointSlice"],
  endpoints_v1: ["v1", "Endpoints"],
  horizontal_pod_autoscaler_v2: ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ingress_class_v1: ["networking.k8s.io/v1", "IngressClass"],
  ingress_v1: ["networking.k8s.io/v1", "Ingress"],
  job_v1: ["batch/v1", "Job"],
  limit_range_v1: ["v1", "LimitRange"],
  mutating_webhook_configuration_v1: ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"],
  namespace_v1: ["v1", "Namespace"],
  network_policy_v1: ["networking.k8s.io/v1", "NetworkPolicy"],
  persistent_volume_claim_v1: ["v1", "PersistentVolumeClaim"],
  persistent_volume_v1: ["v1", "PersistentVolume"],
  pod_disruption_budget_v1: ["policy/v1", "PodDisruptionBudget"],
  pod_v1: ["v1", "Pod"],
  priority_class_v1: ["scheduling.k8s.io/v1", "PriorityClass"],
  resource_quota_v1: ["v1", "ResourceQuota"],
  role_binding_v1: ["rbac.authorization.k8s.io/v1", "RoleBinding"],
  role_v1: ["rbac.authorization.k8s.io/v1", "Role"],
  runtime_class_v1: ["node.k8s.io/v1", "RuntimeClass"],
  secret_v1: ["v1", "Secret"],
  service_account_v1: ["v1", "ServiceAccount"],
  service_v1: ["v1", "Service"],
  stateful_set_v1: ["apps/v1", "StatefulSet"],
  storage_class_v1: ["storage.k8s.io/v1", "StorageClass"],
  validating_webhook_configuration_v1: ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"],
};

/** The kind of a resource type, e.g. of `kubernetes_deployment_v1`; undefined for a type that has no plain object. */
export function kindOfResource(type: string): ResourceKind | undefined {
  const [apiVersion, kind] = V1[type.replace(/^kubernetes_/, "")] ?? [];
  return apiVersion !== undefined && kind !== undefined ? { apiVersion, kind } : undefined;
}

/** Every resource type that has a kind. */
export const MAPPED_TYPES: readonly string[] = Object.keys(V1).map((name) => `kubernetes_${name}`);
