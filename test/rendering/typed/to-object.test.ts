import { kindOfResource, MAPPED_TYPES } from "../../../rendering/typed/resource-kinds";
import { toObject } from "../../../rendering/typed/to-object";

type Fields = Readonly<Record<string, unknown>>;

function objectOf(type: string, fields: Fields): Fields {
  const made = toObject(`kubernetes_${type}`, { metadata: { name: "n" }, ...fields });
  if ("problem" in made) throw new TypeError(made.problem);
  return made.object;
}

function podOf(spec: Fields): Fields {
  return objectOf("pod_v1", { spec }).spec as Fields;
}

test("a deployment has its lists, numbers, maps and capitals where Kubernetes has them", () => {
  const container = {
    name: "web",
    image: "nginx:1.27",
    port: [{ container_port: 80, host_ip: "0.0.0.0" }],
    env: [{ name: "A", value_from: { secret_key_ref: { name: "s", key: "k" } } }],
    env_from: [{ config_map_ref: { name: "c" } }],
    resources: { limits: { "nvidia.com/gpu": "1" }, requests: { memory: "1Gi" } },
    liveness_probe: { http_get: { path: "/", port: "http", http_header: [{ name: "X", value: "1" }] } },
    readiness_probe: { tcp_socket: [{ port: "8080" }] },
    volume_mount: [{ name: "v", mount_path: "/v", read_only: true }],
    security_context: { run_as_user: "1000", capabilities: { drop: ["ALL"] }, seccomp_profile: {} },
  };
  const spec = {
    replicas: "2",
    strategy: { type: "RollingUpdate", rolling_update: { max_surge: "25%", max_unavailable: "0" } },
    selector: { match_labels: { "app.kubernetes.io/name": "web" } },
    template: {
      metadata: { labels: { a_b: "c" }, annotations: null },
      spec: {
        container: [container],
        toleration: [{ key: "gpu", operator: "Exists", toleration_seconds: "30" }],
        node_selector: { "flightdeck.dev/pool": "gpu" },
        topology_spread_constraint: [{ topology_key: "zone", label_selector: { match_labels: { a_b: "c" } } }],
        volume: [
          {
            name: "v",
            config_map: { name: "c", default_mode: "0400", items: [{ key: "k", path: "p", mode: "0644" }] },
          },
        ],
      },
    },
  };
  expect(objectOf("deployment_v1", { spec, wait_for_rollout: true, depends_on: ["a.b"], "//": {} })).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "n" },
    spec: {
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      selector: { matchLabels: { "app.kubernetes.io/name": "web" } },
      template: {
        metadata: { labels: { a_b: "c" } },
        spec: {
          automountServiceAccountToken: true,
          containers: [
            {
              name: "web",
              image: "nginx:1.27",
              ports: [{ containerPort: 80, hostIP: "0.0.0.0" }],
              env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
              envFrom: [{ configMapRef: { name: "c" } }],
              resources: { limits: { "nvidia.com/gpu": "1" }, requests: { memory: "1Gi" } },
              livenessProbe: { httpGet: { path: "/", port: "http", httpHeaders: [{ name: "X", value: "1" }] } },
              readinessProbe: { tcpSocket: { port: 8080 } },
              volumeMounts: [{ name: "v", mountPath: "/v", readOnly: true }],
              securityContext: {
                runAsUser: 1000,
                capabilities: { drop: ["ALL"] },
                seccompProfile: { type: "Unconfined" },
              },
            },
          ],
          tolerations: [{ key: "gpu", operator: "Exists", tolerationSeconds: 30 }],
          nodeSelector: { "flightdeck.dev/pool": "gpu" },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              whenUnsatisfiable: "DoNotSchedule",
              topologyKey: "zone",
              labelSelector: { matchLabels: { a_b: "c" } },
            },
          ],
          volumes: [
            { name: "v", configMap: { name: "c", defaultMode: 256, items: [{ key: "k", path: "p", mode: 420 }] } },
          ],
        },
      },
    },
  });
});

test("blocks in lists of one, as other tools write them, are single blocks", () => {
  const spec = [
    { selector: [{ match_labels: { a: "b" } }], template: [{ metadata: [{ labels: { a: "b" } }], spec: [{}] }] },
  ];
  const made = objectOf("deployment_v1", { metadata: [{ name: "n", namespace: "team" }], spec });
  expect(made.metadata).toEqual({ name: "n", namespace: "team" });
  expect(made.spec).toMatchObject({
    selector: { matchLabels: { a: "b" } },
    template: { metadata: { labels: { a: "b" } }, spec: {} },
  });
});

test("affinities differ in what is a list", () => {
  const term = { match_expressions: [{ key: "k", operator: "In", values: ["v"] }] };
  const required = "required_during_scheduling_ignored_during_execution";
  const preferred = "preferred_during_scheduling_ignored_during_execution";
  const pod = podOf({
    affinity: {
      node_affinity: { [required]: [{ node_selector_term: [term] }], [preferred]: [{ weight: 1, preference: term }] },
      pod_anti_affinity: { [required]: [{ topology_key: "zone" }] },
    },
  });
  const matchExpressions = [{ key: "k", operator: "In", values: ["v"] }];
  expect(pod.affinity).toEqual({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions } }],
    },
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone" }] },
  });
});

test.each<[string, Fields, Fields]>([
  ["secret", { volume: [{ name: "v", secret: { secret_name: "s" } }] }, { name: "v", secret: { secretName: "s" } }],
  [
    "downward",
    { volume: [{ name: "v", downward_api: { items: [{ path: "p", field_ref: { field_path: "f" } }] } }] },
    { name: "v", downwardAPI: { items: [{ path: "p", fieldRef: { fieldPath: "f" } }] } },
  ],
  [
    "ephemeral",
    { volume: [{ name: "v", ephemeral: { volume_claim_template: { spec: { access_modes: ["ReadWriteOnce"] } } } }] },
    { name: "v", ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"] } } } },
  ],
  [
    "projected",
    { volume: [{ name: "v", projected: { sources: [{ secret: [{ name: "s" }] }] } }] },
    { name: "v", projected: { sources: [{ secret: { name: "s" } }] } },
  ],
])("a %s volume", (_, spec, volume) => {
  expect(podOf(spec).volumes).toEqual([volume]);
});

test("what is kept in another place by the provider is where Kubernetes has it", () => {
  expect(objectOf("storage_class_v1", { storage_provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } })).toEqual(
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "n" },
      allowVolumeExpansion: true,
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3" },
    },
  );
  const topologies = { match_label_expressions: [{ key: "zone", values: ["a"] }] };
  expect(objectOf("storage_class_v1", { allowed_topologies: topologies, allow_volume_expansion: false })).toMatchObject(
    {
      allowVolumeExpansion: false,
      allowedTopologies: [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }],
    },
  );
  const volume = {
    spec: { capacity: { storage: "1Gi" }, persistent_volume_source: { csi: { driver: "d", volume_handle: "h" } } },
  };
  expect(objectOf("persistent_volume_v1", volume).spec).toEqual({
    capacity: { storage: "1Gi" },
    csi: { driver: "d", volumeHandle: "h" },
  });
  expect(objectOf("daemon_set_v1", { spec: { strategy: { type: "OnDelete" } } }).spec).toEqual({
    updateStrategy: { type: "OnDelete" },
  });
});

test("secrets and authorities that the provider takes as text are base64", () => {
  expect(objectOf("secret_v1", { data: { a: "b" }, binary_data: { c: "ZA==" }, type: "Opaque" })).toMatchObject({
    data: { a: "Yg==", c: "ZA==" },
    type: "Opaque",
  });
  const webhook = [{ name: "w", client_config: { ca_bundle: "PEM", service: { name: "s", port: 443 } }, rule: [{}] }];
  expect(objectOf("validating_webhook_configuration_v1", { webhook }).webhooks).toEqual([
    { name: "w", clientConfig: { caBundle: "UEVN", service: { name: "s", port: 443 } }, rules: [{}] },
  ]);
});

test("services, ingresses, policies and quotas", () => {
  const service = { selector: { app: "web" }, port: [{ port: 80, target_port: "8080" }], cluster_ip: "None" };
  expect(objectOf("service_v1", { spec: service }).spec).toEqual({
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080 }],
    clusterIP: "None",
  });
  const backend = { service: { name: "s", port: { number: 80 } } };
  const rule = [{ host: "h", http: { path: [{ path: "/", path_type: "Prefix", backend }] } }];
  expect(objectOf("ingress_v1", { spec: { rule, tls: [{ hosts: ["h"] }] } }).spec).toEqual({
    rules: [{ host: "h", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    tls: [{ hosts: ["h"] }],
  });
  const egress = [{ ports: [{ port: "53", protocol: "UDP" }], to: [{ ip_block: { cidr: "10.0.0.0/8" } }] }];
  expect(objectOf("network_policy_v1", { spec: { pod_selector: {}, policy_types: ["Egress"], egress } }).spec).toEqual({
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ ports: [{ port: 53, protocol: "UDP" }], to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }],
  });
  expect(objectOf("resource_quota_v1", { spec: { hard: { "requests.nvidia.com/gpu": "8" } } }).spec).toEqual({
    hard: { "requests.nvidia.com/gpu": "8" },
  });
  const limit = [{ type: "Container", default: { cpu: "1" }, default_request: { cpu: "1" } }];
  expect(objectOf("limit_range_v1", { spec: { limit } }).spec).toEqual({
    limits: [{ type: "Container", default: { cpu: "1" }, defaultRequest: { cpu: "1" } }],
  });
});

test("roles, accounts, jobs, autoscalers and budgets", () => {
  expect(
    objectOf("cluster_role_v1", { rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }] }).rules,
  ).toEqual([{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }]);
  const subject = [{ kind: "ServiceAccount", name: "a", namespace: "b" }];
  expect(objectOf("role_binding_v1", { role_ref: { kind: "Role", name: "r" }, subject })).toMatchObject({
    roleRef: { kind: "Role", name: "r" },
    subjects: subject,
  });
  expect(
    objectOf("service_account_v1", { automount_service_account_token: false, secret: [{ name: "s" }] }),
  ).toMatchObject({
    automountServiceAccountToken: false,
    secrets: [{ name: "s" }],
  });
  const job = { backoff_limit: 1, ttl_seconds_after_finished: "60", template: { spec: { restart_policy: "Never" } } };
  const spec = { schedule: "@daily", timezone: "UTC", job_template: { spec: job } };
  expect(objectOf("cron_job_v1", { spec }).spec).toEqual({
    schedule: "@daily",
    timeZone: "UTC",
    jobTemplate: {
      spec: {
        completions: 1,
        backoffLimit: 1,
        ttlSecondsAfterFinished: 60,
        template: { spec: { automountServiceAccountToken: true, restartPolicy: "Never" } },
      },
    },
  });
  const metric = [
    { type: "Pods", pods: { metric: { name: "m" }, target: { type: "AverageValue", average_value: "1" } } },
  ];
  const behavior = { scale_up: { policy: [{ type: "Pods", value: 1, period_seconds: 60 }] } };
  expect(objectOf("horizontal_pod_autoscaler_v2", { spec: { max_replicas: 3, metric, behavior } }).spec).toEqual({
    maxReplicas: 3,
    metrics: [{ type: "Pods", pods: { metric: { name: "m" }, target: { type: "AverageValue", averageValue: "1" } } }],
    behavior: { scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
  });
  expect(objectOf("pod_disruption_budget_v1", { spec: { min_available: "50%" } }).spec).toEqual({
    minAvailable: "50%",
  });
});

test("types without a plain object, and objects without a name, are problems", () => {
  expect(toObject("kubernetes_manifest", {})).toEqual({
    problem: "`kubernetes_manifest` stands for no Kubernetes object that can be rendered; use its `_v1` type",
  });
  expect(toObject("kubernetes_namespace_v1", { metadata: { generate_name: "x-" } })).toEqual({
    problem: "`metadata.name` must be set: an object without a name of its own cannot be told from others",
  });
});

test("the default service account has its name", () => {
  expect(toObject("kubernetes_default_service_account_v1", { metadata: { namespace: "team" } })).toEqual({
    object: { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "team", name: "default" } },
  });
});

test("every mapped type has a kind", () => {
  expect(MAPPED_TYPES.map(kindOfResource)).not.toContain(undefined);
});
