import type { Block, Complement } from "../mutants/mutant";

const DIGEST = `sha256:${"0a1b2c3d".repeat(8)}`;
const REGISTRY = "333333333333.dkr.ecr.us-east-1.amazonaws.com";
const POD_SECURITY = { "pod-security.kubernetes.io/enforce": "restricted" };

/** What every pod has that keeps to the restricted standard. */
const SAFE_POD = {
  automountServiceAccountToken: false,
  priorityClassName: "serving",
  terminationGracePeriodSeconds: 120,
  securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
};

/** What every container has that keeps to it. */
const SAFE_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

const GPU_POD = {
  nodeSelector: { "flightdeck.dev/pool": "l40s" },
  tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
};

const PROBE = { httpGet: { path: "/healthz", port: 8000 } };

/** A Deployment that answers requests, with its service account, service and budget. */
function server(
  name: string,
  { pod, resources }: { readonly pod: Block; readonly resources: Block },
): readonly Block[] {
  const labels = { app: name };
  const spread = { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" };
  const container = {
    name: "server",
    image: `${REGISTRY}/atlas/${name}:1.4.0@${DIGEST}`,
    env: [{ name: "LOG_LEVEL", value: "info" }],
    ports: [{ name: "http", containerPort: 8000 }],
    livenessProbe: PROBE,
    readinessProbe: PROBE,
    resources,
    securityContext: SAFE_CONTAINER,
    volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }],
  };
  const spec = {
    ...SAFE_POD,
    ...pod,
    serviceAccountName: name,
    topologySpreadConstraints: [{ ...spread, labelSelector: { matchLabels: labels } }],
    containers: [container],
    volumes: [
      { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "2Gi" } },
      { name: "scratch", emptyDir: { sizeLimit: "10Gi" } },
    ],
  };
  return [
    object("v1", "ServiceAccount", name, { automountServiceAccountToken: false }),
    object("apps/v1", "Deployment", name, {
      spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    }),
    object("v1", "Service", name, {
      spec: { type: "ClusterIP", selector: labels, ports: [{ port: 80, targetPort: 8000 }] },
    }),
    object("policy/v1", "PodDisruptionBudget", name, {
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    }),
  ];
}

function object(apiVersion: string, kind: string, name: string, fields: Block): Block {
  return { apiVersion, kind, metadata: { name, namespace: "inference" }, ...fields };
}

function rbac(kind: string, name: string, fields: Block): Block {
  const metadata = kind.startsWith("Cluster") ? { name } : { name, namespace: "inference" };
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata, ...fields };
}

/** A namespace with a model server on a GPU, a gateway before it, storage, roles and a token of its own. */
export const compliant: Complement = {
  objects: [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "inference", labels: POD_SECURITY } },
    object("networking.k8s.io/v1", "NetworkPolicy", "default-deny", {
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }),
    object("v1", "ResourceQuota", "gpus", { spec: { hard: { "requests.nvidia.com/gpu": "8" } } }),
    ...server("embedder", {
      pod: GPU_POD,
      resources: {
        requests: { cpu: "4", memory: "24Gi" },
        limits: { cpu: "6", memory: "24Gi", "nvidia.com/gpu": 1 },
      },
    }),
    object("keda.sh/v1alpha1", "ScaledObject", "embedder", {
      spec: { scaleTargetRef: { name: "embedder" }, minReplicaCount: 2, maxReplicaCount: 6 },
    }),
    ...server("gateway", {
      pod: { nodeSelector: { "flightdeck.dev/pool": "services" } },
      resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "2Gi" } },
    }),
    object("networking.k8s.io/v1", "Ingress", "gateway", {
      metadata: {
        name: "gateway",
        namespace: "inference",
        annotations: { "alb.ingress.kubernetes.io/scheme": "internal" },
      },
      spec: { ingressClassName: "alb", tls: [{ hosts: ["models.atlas.internal"] }], rules: [] },
    }),
    object("v1", "ConfigMap", "gateway", {
      data: { DB_HOST: "db.internal", "settings.yaml": "timeout: 30\nmodel: embedder\n" },
    }),
    object("v1", "Secret", "ci-token", { type: "kubernetes.io/service-account-token" }),
    object("v1", "ServiceAccount", "default", { automountServiceAccountToken: false }),
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3-retained" },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: "arn:aws:kms:us-east-1:333333333333:alias/atlas-prod" },
      reclaimPolicy: "Retain",
    },
    object("v1", "PersistentVolumeClaim", "index", {
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "gp3-retained",
        resources: { requests: { storage: "50Gi" } },
      },
    }),
    rbac("ClusterRole", "model-reader", {
      rules: [{ apiGroups: ["serving.kserve.io"], resources: ["inferenceservices"], verbs: ["get", "list"] }],
    }),
    rbac("ClusterRoleBinding", "model-reader", {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "model-reader" },
      subjects: [{ kind: "ServiceAccount", name: "ci", namespace: "inference" }],
    }),
  ],
};
