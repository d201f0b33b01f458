import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { Key } from "../../../constructs/encryption/key";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { PriorityClass } from "../../../constructs/kubernetes/priority-class";
import { Workload } from "../../../constructs/kubernetes/workload";
import type { WorkloadOptions } from "../../../constructs/kubernetes/workload-options";
import { importedCluster } from "../../support/cluster";
import { IDENTITY } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";

const CONTAINER: WorkloadOptions["container"] = {
  image: "registry.example.com/embedder:1.4.0",
  resources: { cpu: "0.5", memory: "1024Mi" },
};
const MINIMAL: WorkloadOptions = { name: "embedder", run: { kind: "deployment" }, container: CONTAINER };
const LABELS = {
  "app.kubernetes.io/managed-by": "flightdeck",
  "app.kubernetes.io/name": "embedder",
  "flightdeck.dev/project": "atlas",
  "flightdeck.dev/stage": "dev",
};

const defined = (
  stack: TerraformStack,
  options: Partial<WorkloadOptions> = {},
  cluster: ICluster = importedCluster(stack),
) =>
  new Workload(stack, "Workload", {
    ...{ ...MINIMAL, ...options, cluster },
    namespace: Namespace.fromNamespaceName(stack, "Namespace", "serving"),
  });
const workloadWith = (options: Partial<WorkloadOptions> = {}) =>
  synthesizeKubernetes((stack) => {
    defined(stack, options);
  });
/** The specification of the pods, of whichever kind of workload. */
const podOf = (resource: unknown): Record<string, unknown> =>
  (resource as { spec: { template: { spec: Record<string, unknown> } } }).spec.template.spec;
const pod = (options: Partial<WorkloadOptions> = {}) =>
  podOf(workloadWith(options).resource("kubernetes_deployment_v1"));
const container = (options: Partial<WorkloadOptions["container"]>) =>
  (pod({ container: { ...CONTAINER, ...options } })["container"] as Record<string, unknown>[])[0];

describe("Workload with minimal props", () => {
  const out = workloadWith();
  const deployment = out.resource("kubernetes_deployment_v1");

  test("is two pods, replaced one by one", () => {
    expect(deployment).toMatchObject({
      metadata: { name: "embedder", namespace: "serving", labels: LABELS },
      wait_for_rollout: true,
      spec: {
        replicas: "2",
        progress_deadline_seconds: 600,
        selector: { match_labels: { "app.kubernetes.io/name": "embedder" } },
        strategy: { type: "RollingUpdate", rolling_update: { max_surge: "1", max_unavailable: "0" } },
        template: { metadata: { labels: LABELS } },
      },
    });
  });

  test("runs as a normal user without capabilities on a read-only file system", () => {
    expect(podOf(deployment)).toMatchObject({
      security_context: {
        run_as_non_root: true,
        run_as_user: "10001",
        run_as_group: "10001",
        fs_group: "10001",
        seccomp_profile: { type: "RuntimeDefault" },
      },
      container: [
        {
          name: "embedder",
          image: "registry.example.com/embedder:1.4.0",
          security_context: {
            allow_privilege_escalation: false,
            privileged: false,
            read_only_root_filesystem: true,
            run_as_non_root: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    });
  });

  test("is given what it asks for and held to its memory", () => {
    expect(podOf(deployment)).toMatchObject({
      container: [{ resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "1Gi" } } }],
    });
  });

  test("gets no token, and no variables about services", () => {
    expect(podOf(deployment)).toMatchObject({
      service_account_name: "embedder",
      automount_service_account_token: false,
      enable_service_links: false,
    });
    expect(out.resource("kubernetes_service_account_v1")).toEqual({
      metadata: { name: "embedder", namespace: "serving", labels: LABELS },
      automount_service_account_token: false,
    });
  });

  test("is spread over zones and nodes, and leaves them one by one", () => {
    expect(podOf(deployment)["topology_spread_constraint"]).toMatchObject([
      { topology_key: "topology.kubernetes.io/zone", max_skew: 1, when_unsatisfiable: "ScheduleAnyway" },
      { topology_key: "kubernetes.io/hostname", max_skew: 1, when_unsatisfiable: "ScheduleAnyway" },
    ]);
    expect(out.resource("kubernetes_pod_disruption_budget_v1")["spec"]).toEqual({
      max_unavailable: "1",
      selector: { match_labels: { "app.kubernetes.io/name": "embedder" } },
    });
  });

  test("has no service without ports, and nothing else", () => {
    expect(out.counts()).toEqual({
      kubernetes_deployment_v1: 1,
      kubernetes_pod_disruption_budget_v1: 1,
      kubernetes_service_account_v1: 1,
    });
  });

  test("keeps its addresses", () => {
    expect(out.addresses("kubernetes_deployment_v1")).toEqual({
      "Workload/Resource": "kubernetes_deployment_v1.Workload_692FF5F4",
    });
  });
});

describe("Workload with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const namespace = new Namespace(stack, "OwnNamespace", { cluster, name: "serving", deletionProtection: false });
    const priorityClass = new PriorityClass(stack, "Class", { name: "serving", value: 1, description: "Serving" });
    new Workload(stack, "Workload", {
      ...{ cluster, namespace, name: "embedder", priorityClass, team: "search", gracePeriodSeconds: 60, userId: 2000 },
      ...{ labels: { tier: "front" }, annotations: { note: "a" }, kubernetesApiAccess: true, movable: false },
      ...{ serviceAccountName: "shared", spread: "required", spotTolerant: true },
      run: {
        kind: "deployment",
        replicas: 3,
        disruptionBudget: { minAvailable: 2 },
        rollout: { maxSurge: 2, maxUnavailable: 1 },
        progressDeadlineSeconds: 900,
        waitForRollout: false,
      },
      container: {
        ...CONTAINER,
        command: ["/server"],
        args: ["--port", "8080"],
        environment: {
          MODE: "fast",
          DB_PASSWORD: { secret: "db", key: "password", optional: true },
          POD_IP: { field: "status.podIP" },
        },
        environmentFromSecrets: ["more"],
        ports: { http: 8080, metrics: 9090 },
        readiness: { path: "/ready", port: "http", periodSeconds: 5 },
        liveness: { tcpPort: "http", initialDelaySeconds: 1, timeoutSeconds: 2, failureThreshold: 6 },
        startup: { command: ["/started"] },
        resources: { cpu: "1", cpuLimit: "2", memory: "1Gi", memoryLimit: "2048Mi", ephemeralStorage: "1024Mi" },
        writablePaths: { "/tmp": "1024Mi", "/dev/shm": { sizeLimit: "2Gi", inMemory: true } },
        mounts: { "/models": { volume: "models", subPath: "v1" }, "/work": { volume: "work", writable: true } },
        beforeStop: ["/drain"],
      },
      sidecars: { proxy: { ...CONTAINER, writableRootFilesystem: true } },
      initContainers: { fetch: { ...CONTAINER, mounts: { "/work": { volume: "work", writable: true } } } },
      volumes: {
        ...{ models: { claim: "models" }, work: { scratch: { sizeLimit: "5Gi" } } },
        ...{ keys: { secret: "keys" }, list: { configMap: "list" } },
      },
      configFiles: { "/etc/embedder/server.yaml": "workers: 2\n" },
      service: { ports: { http: 80 }, annotations: { "example.com/a": "b" } },
    });
  });
  const deployment = out.resource("kubernetes_deployment_v1");

  test("passes every choice of the deployment on", () => {
    expect(deployment).toMatchObject({
      wait_for_rollout: false,
      spec: {
        replicas: "3",
        progress_deadline_seconds: 900,
        strategy: { rolling_update: { max_surge: "2", max_unavailable: "1" } },
        template: {
          metadata: {
            labels: { ...LABELS, "flightdeck.dev/team": "search", tier: "front" },
            annotations: {
              note: "a",
              "karpenter.sh/do-not-disrupt": "true",
              "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
              "flightdeck.dev/config-checksum": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
            },
          },
          spec: {
            service_account_name: "shared",
            automount_service_account_token: true,
            termination_grace_period_seconds: 60,
            priority_class_name: "serving",
            security_context: { run_as_user: "2000", fs_group: "2000" },
          },
        },
      },
    });
    expect(podOf(deployment)).not.toHaveProperty("affinity");
    expect(out.resource("kubernetes_pod_disruption_budget_v1")).toMatchObject({ spec: { min_available: "2" } });
  });

  test("passes every choice of the containers on", () => {
    const [main, proxy] = podOf(deployment)["container"] as Record<string, unknown>[];
    expect(main).toEqual({
      ...{ name: "embedder", image: CONTAINER.image, command: ["/server"], args: ["--port", "8080"] },
      env: [
        { name: "MODE", value: "fast" },
        { name: "DB_PASSWORD", value_from: { secret_key_ref: { name: "db", key: "password", optional: true } } },
        { name: "POD_IP", value_from: { field_ref: { field_path: "status.podIP" } } },
      ],
      env_from: [{ secret_ref: { name: "more" } }],
      port: [
        { name: "http", container_port: 8080 },
        { name: "metrics", container_port: 9090 },
      ],
      resources: {
        requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" },
        limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": "1Gi" },
      },
      readiness_probe: {
        ...{ initial_delay_seconds: 0, period_seconds: 5, timeout_seconds: 5, failure_threshold: 3 },
        ...{ success_threshold: 1, http_get: { path: "/ready", port: "http", scheme: "HTTP" } },
      },
      liveness_probe: {
        ...{ initial_delay_seconds: 1, period_seconds: 10, timeout_seconds: 2, failure_threshold: 6 },
        ...{ success_threshold: 1, tcp_socket: [{ port: "http" }] },
      },
      startup_probe: {
        ...{ initial_delay_seconds: 0, period_seconds: 10, timeout_seconds: 5, failure_threshold: 3 },
        ...{ success_threshold: 1, exec: { command: ["/started"] } },
      },
      lifecycle: { pre_stop: [{ exec: { command: ["/drain"] } }] },
      volume_mount: [
        { mount_path: "/tmp", name: "embedder-tmp" },
        { mount_path: "/dev/shm", name: "embedder-dev-shm" },
        { mount_path: "/models", name: "models", read_only: true, sub_path: "v1" },
        { mount_path: "/work", name: "work", read_only: false },
        { mount_path: "/etc/embedder/server.yaml", name: "config-files", sub_path: "server.yaml", read_only: true },
      ],
      termination_message_policy: "FallbackToLogsOnError",
      security_context: expect.objectContaining({ read_only_root_filesystem: true }) as unknown,
    });
    expect(proxy).toMatchObject({ name: "proxy", security_context: { read_only_root_filesystem: false } });
    expect(podOf(deployment)["init_container"]).toMatchObject([{ name: "fetch" }]);
  });

  test("defines the volumes that containers mount", () => {
    expect(podOf(deployment)["volume"]).toEqual([
      { name: "models", persistent_volume_claim: { claim_name: "models" } },
      { name: "work", empty_dir: { size_limit: "5Gi" } },
      { name: "keys", secret: { secret_name: "keys" } },
      { name: "list", config_map: { name: "list" } },
      { name: "embedder-tmp", empty_dir: { size_limit: "1Gi" } },
      { name: "embedder-dev-shm", empty_dir: { size_limit: "2Gi", medium: "Memory" } },
      { name: "config-files", config_map: { name: "embedder-config" } },
    ]);
    expect(out.resource("kubernetes_config_map_v1")).toMatchObject({
      metadata: { name: "embedder-config", namespace: "serving" },
      data: { "server.yaml": "workers: 2\n" },
    });
  });

  test("is spread strictly, has a service, and no account of its own", () => {
    expect(podOf(deployment)["topology_spread_constraint"]).toMatchObject([
      { when_unsatisfiable: "DoNotSchedule" },
      { when_unsatisfiable: "DoNotSchedule" },
    ]);
    expect(out.resource("kubernetes_service_v1")).toMatchObject({
      metadata: { name: "embedder", annotations: { "example.com/a": "b" } },
      spec: {
        type: "ClusterIP",
        selector: { "app.kubernetes.io/name": "embedder" },
        port: [
          { name: "http", port: 80, target_port: "http" },
          { name: "metrics", port: 9090, target_port: "metrics" },
        ],
      },
    });
    expect(out.resources("kubernetes_service_account_v1")).toEqual({});
  });

  test("waits for its namespace with its limits, its class and its files", () => {
    expect(deployment["depends_on"]).toEqual([
      "kubernetes_namespace_v1.OwnNamespace_91278E6F",
      "kubernetes_limit_range_v1.OwnNamespace_ContainerDefaults_30E822B3",
      "kubernetes_network_policy_v1.OwnNamespace_DefaultDeny_63F2A06C",
      "kubernetes_config_map_v1.Workload_ConfigFiles_DB3E8B3B",
      "kubernetes_priority_class_v1.Class_9A9489CE",
    ]);
  });
});

describe("a deployment", () => {
  test("of one pod has neither a budget that would hold its node nor anything to spread", () => {
    const out = workloadWith({ run: { kind: "deployment", replicas: 1 } });
    expect(out.resources("kubernetes_pod_disruption_budget_v1")).toEqual({});
    expect(podOf(out.resource("kubernetes_deployment_v1"))).not.toHaveProperty("topology_spread_constraint");
  });

  test("that must not run twice is replaced all at once", () => {
    const out = workloadWith({ run: { kind: "deployment", rollout: "recreate" }, spread: "none" });
    expect(out.resource("kubernetes_deployment_v1")).toMatchObject({ spec: { strategy: { type: "Recreate" } } });
    expect(pod({ spread: "none" })).not.toHaveProperty("topology_spread_constraint");
  });

  test("replaces its pods when a file changes, and only then", () => {
    const checksum = (text: string) =>
      JSON.stringify(workloadWith({ configFiles: { "/etc/a.yaml": text } }).resource("kubernetes_deployment_v1"));
    expect(checksum("a: 1")).toBe(checksum("a: 1"));
    expect(checksum("a: 1")).not.toBe(checksum("a: 2"));
  });

  test("with text known only after apply has its checksum made by Terraform", () => {
    const out = synthesizeKubernetes((stack) => {
      const { keyArn } = new Key(stack, "Key", { identity: IDENTITY, purpose: "data" });
      defined(stack, { configFiles: { "/etc/a.yaml": `key: ${keyArn}` } });
    });
    expect(JSON.stringify(out.resource("kubernetes_deployment_v1"))).toContain(
      '"${sha256(jsonencode(kubernetes_config_map_v1.Workload_ConfigFiles_DB3E8B3B.data))}"',
    );
  });

  test("is found in the cluster by name", () => {
    const http = { ...CONTAINER, ports: { http: 80 }, readiness: { tcpPort: "http" } };
    const workload = defined(kubernetesStack(), { container: http });
    expect(workload).toMatchObject({
      workloadName: "embedder",
      namespaceName: "serving",
      serviceAccountName: "embedder",
      host: "embedder.serving.svc.cluster.local",
    });
    expect(workload.resource.terraformResourceType).toBe("kubernetes_deployment_v1");
  });
});

test("a container's volume of a long path keeps to the length of a label", () => {
  const path = `/${"very-long/".repeat(12)}end`;
  const mounts = container({ writablePaths: { [path]: "1Gi" } })?.["volume_mount"] as { name: string }[];
  expect(mounts[0]?.name).toMatch(/^embedder-very-long-.*-[0-9a-f]{8}$/);
  expect(mounts[0]?.name.length).toBeLessThanOrEqual(63);
});

test("an imported workload is found by name", () => {
  const stack = kubernetesStack();
  const attributes = { workloadName: "embedder", namespaceName: "serving" };
  expect(Workload.fromWorkloadAttributes(stack, "One", attributes)).toMatchObject({
    ...{ ...attributes, serviceAccountName: "embedder", host: "embedder.serving.svc.cluster.local" },
  });
  const batch = { ...attributes, serviceAccountName: "batch", hasService: false };
  expect(Workload.fromWorkloadAttributes(stack, "Two", batch)).toMatchObject({
    serviceAccountName: "batch",
    host: undefined,
  });
});
