import type { ContainerOptions } from "../../../constructs/kubernetes/container-options";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { Workload } from "../../../constructs/kubernetes/workload";
import type {
  CronJobRun,
  DeploymentRun,
  JobRun,
  WorkloadOptions,
} from "../../../constructs/kubernetes/workload-options";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack } from "../../support/kubernetes";

const CONTAINER: ContainerOptions = {
  image: "registry.example.com/embedder:1.4.0",
  resources: { cpu: "500m", memory: "1Gi" },
};
const HTTP: Partial<ContainerOptions> = { ports: { http: 8080 }, readiness: { path: "/", port: "http" } };

const define = (options: Partial<WorkloadOptions>) => {
  const stack = kubernetesStack();
  return new Workload(stack, "Workload", {
    ...{ name: "embedder", run: { kind: "deployment" }, container: CONTAINER, ...options },
    cluster: importedCluster(stack),
    namespace: Namespace.fromNamespaceName(stack, "Namespace", "serving"),
  });
};
const containing = (container: Partial<ContainerOptions>) => define({ container: { ...CONTAINER, ...container } });
const message = (...lines: string[]) => ({
  code: "INVALID_WORKLOAD_PROPS",
  message: [...lines, "  in test/Workload"].join("\n"),
});
const LABEL = "must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
const SUBDOMAIN = "must be a DNS subdomain: at most 253 characters, DNS labels joined by dots";
const IMAGE =
  "`container.image` must have a tag that is not latest, or a digest `@sha256:…`, so that every pod runs the same";
const DIGEST = `sha256:${"0".repeat(64)}`;

describe("an image", () => {
  test.each([
    "embedder:1",
    "registry.example.com:5000/team/embedder:1.4.0-rc.1",
    `registry.example.com/embedder@${DIGEST}`,
    `registry.example.com/embedder:1.4.0@${DIGEST}`,
    "${TfToken[TOKEN.0]}:1.4.0",
    "${TfToken[TOKEN.0]}",
  ])("%s is taken", (image) => {
    expect(containing({ image }).workloadName).toBe("embedder");
  });

  test.each([
    ["embedder", '"embedder"'],
    ["embedder:latest", '"embedder:latest"'],
    ["registry.example.com:5000/embedder", '"registry.example.com:5000/embedder"'],
    ["embedder@sha256:123", '"embedder@sha256:123"'],
    ["${TfToken[TOKEN.0]}/embedder:latest", '"unknown/embedder:latest"'],
  ])("%s is refused", (image, got) => {
    expect(failure(() => containing({ image }))).toEqual(message(`${IMAGE}, got ${got}`));
  });
});

describe("a container is refused with", () => {
  test.each<[string, Partial<ContainerOptions>, string]>([
    [
      "a secret in plain text, by its name",
      { environment: { DB_PASSWORD: "hunter2" } },
      '`container.environment.DB_PASSWORD` must not hold a secret by its name: name an existing Kubernetes secret instead, which External Secrets brings, got "a hidden value (7 characters)"',
    ],
    [
      "a secret in plain text, by its look",
      { environment: { DB_URL: "postgresql://app:hunter2@db:5432/app" } },
      '`container.environment.DB_URL` must not hold a URL with a password: name an existing Kubernetes secret instead, which External Secrets brings, got "a hidden value (36 characters)"',
    ],
    [
      "a variable that is no name",
      { environment: { "1ST": "a" } },
      '`container.environment.1ST` must be named with letters, digits, _, - and ., and not start with a digit, got "1ST"',
    ],
    [
      "a value of no secret",
      { environment: { A: { secret: "a b", key: "" } } },
      `\`container.environment.A.secret\` ${SUBDOMAIN}, got "a b"\n\`container.environment.A.key\` must be a key of the secret, got ""`,
    ],
    [
      "a source that is no name",
      { environmentFromSecrets: ["a b"] },
      `\`container.environmentFromSecrets[0]\` ${SUBDOMAIN}, got "a b"`,
    ],
    [
      "a port twice",
      { ports: { http: 80, web: 80 }, readiness: { tcpPort: "http" } },
      "`container.ports.web` must not be the number of another port, got 80",
    ],
    [
      "a port that is none, under a name that is none",
      { ports: { "a-very-long-name": 0 }, readiness: { command: ["/ready"] } },
      [
        '`container.ports.a-very-long-name` must be named with at most 15 lower-case letters, digits and single hyphens, got "a-very-long-name"',
        "`container.ports.a-very-long-name` must be a whole number from 1 to 65535, got 0",
      ].join("\n"),
    ],
    [
      "a probe of no port",
      { readiness: { path: "healthz", port: "http" } },
      [
        '`container.readiness.port` must be the name of a port of the container (it has none), got "http"',
        '`container.readiness.path` must start with /, got "healthz"',
      ].join("\n"),
    ],
    [
      "a probe of another port",
      { ...HTTP, liveness: { tcpPort: "htpp" } },
      '`container.liveness.tcpPort` must be the name of a port of the container (http), got "htpp"',
    ],
    [
      "a probe that never asks",
      { startup: { command: [], periodSeconds: 0, failureThreshold: 0, timeoutSeconds: 0, initialDelaySeconds: -1 } },
      [
        "`container.startup.initialDelaySeconds` must be a whole number of 0 or more, got -1",
        "`container.startup.periodSeconds` must be a whole number of 1 or more, got 0",
        "`container.startup.timeoutSeconds` must be a whole number of 1 or more, got 0",
        "`container.startup.failureThreshold` must be a whole number of 1 or more, got 0",
        "`container.startup.command` must name a program, got []",
      ].join("\n"),
    ],
    [
      "limits below requests",
      { resources: { cpu: "2", cpuLimit: "1500m", memory: "2Gi", memoryLimit: "2047Mi" } },
      [
        '`container.resources.cpuLimit` must be at least `cpu` (2), got "1500m"',
        '`container.resources.memoryLimit` must be at least `memory` (2Gi), got "2047Mi"',
      ].join("\n"),
    ],
    [
      "nothing",
      { resources: { cpu: "0", memory: "0" } },
      '`container.resources.cpu` must be above 0, got "0"\n`container.resources.memory` must be above 0, got "0"',
    ],
    [
      "GPUs that name no pool",
      { resources: { ...CONTAINER.resources, extended: { "nvidia.com/gpu": 1 } } },
      '`container.resources.extended["nvidia.com/gpu"]` must be asked for with `gpus`, which names the pool that has them, got "nvidia.com/gpu"',
    ],
    [
      "half of a resource that is none",
      { resources: { ...CONTAINER.resources, extended: { gpu: 0.5 } } },
      [
        '`container.resources.extended["gpu"]` must be a resource with a domain and a slash, got "gpu"',
        '`container.resources.extended["gpu"]` must be a whole number, 1 or more, got 0.5',
      ].join("\n"),
    ],
    [
      "folders that are none",
      { writablePaths: { tmp: "0", "/a": "1 Gi" } },
      [
        '`container.writablePaths["tmp"]` must be an absolute path without `..` and colons, got "tmp"',
        '`container.writablePaths["tmp"]` must be a size above 0, such as 1Gi, got "0"',
        '`container.writablePaths["/a"]` must be a size above 0, such as 1Gi, got "1 Gi"',
      ].join("\n"),
    ],
    [
      "a mount of no volume, where a folder is",
      { writablePaths: { "/tmp": "1Gi" }, mounts: { "/tmp": { volume: "work" } } },
      [
        '`container.mounts["/tmp"]` must not be one of `writablePaths` too, got "/tmp"',
        '`container.mounts["/tmp"].volume` must be a volume of the workload (it has none), got "work"',
      ].join("\n"),
    ],
    [
      "nothing to do before it stops",
      { beforeStop: [] },
      "`container.beforeStop` must name a program, or be left out, got []",
    ],
  ])("%s", (_name, container, lines) => {
    expect(failure(() => containing(container))).toEqual(message(lines));
  });
});

test("names of secrets and of keys in them are no secrets", () => {
  const environment = { DB_PASSWORD_FILE: "/keys/db", MAX_TOKENS: "512", TOKENIZERS_PARALLELISM: "false" };
  expect(containing({ environment }).workloadName).toBe("embedder");
});

describe("a workload is refused with", () => {
  const long = "a".repeat(53);

  test.each<[string, Partial<WorkloadOptions>, string]>([
    ["a name that is none", { name: "Embedder" }, `\`name\` ${LABEL}, got "Embedder"`],
    [
      "a name that is too long",
      { name: long },
      `\`name\` must have at most 52 characters, since names of pods begin with it, got "${long}"`,
    ],
    ["an account that is no name", { serviceAccountName: "a b" }, `\`serviceAccountName\` ${SUBDOMAIN}, got "a b"`],
    ["a team that is no name", { team: "ML" }, `\`team\` ${LABEL}, got "ML"`],
    [
      "a label that is the library's",
      { labels: { "app.kubernetes.io/name": "other" } },
      '`labels["app.kubernetes.io/name"]` must not be under flightdeck.dev, kubernetes.io or k8s.io, which are set by the library or by Kubernetes, got "app.kubernetes.io/name"',
    ],
    [
      "an annotation that is none",
      { annotations: { "a b": "" } },
      '`annotations["a b"]` must be a Kubernetes name of at most 63 characters, with a DNS prefix and a slash at will, got "a b"',
    ],
    ["root", { userId: 0 }, "`userId` must be a whole number of 1 or more, got 0"],
    [
      "a grace period of less than none",
      { gracePeriodSeconds: -1 },
      "`gracePeriodSeconds` must be a whole number of 0 or more, got -1",
    ],
    [
      "containers of one name",
      { sidecars: { embedder: CONTAINER, proxy: CONTAINER }, initContainers: { proxy: CONTAINER } },
      [
        '`initContainers.proxy` must not be the name of another container, got "proxy"',
        '`sidecars.embedder` must not be the name of the workload, got "embedder"',
      ].join("\n"),
    ],
    [
      "a port that two containers have",
      { container: { ...CONTAINER, ...HTTP }, sidecars: { proxy: { ...CONTAINER, ports: { web: 8080 } } } },
      "`sidecars.proxy.ports.web` must not be `container.ports.http` too: containers of a pod share one address, got 8080",
    ],
    [
      "volumes that are none",
      { volumes: { Work: { scratch: { sizeLimit: "0" } }, keys: { secret: "a b" }, both: {} as never } },
      [
        `\`volumes.Work\` ${LABEL}, got "Work"`,
        '`volumes.Work` must be a size above 0, such as 1Gi, got "0"',
        `\`volumes.keys\` ${SUBDOMAIN}, got "a b"`,
        "`volumes.both` must be one of scratch, secret, configMap, claim, got {}",
        `\`volumes.both\` ${SUBDOMAIN}, got ""`,
      ].join("\n"),
    ],
    [
      "files of one name, of none, and with a secret",
      { configFiles: { "/a/x.yaml": "", "/b/x.yaml": "", "c d": "-----BEGIN RSA PRIVATE KEY-----" } },
      [
        '`configFiles["/b/x.yaml"]` must not have the name of another file, got "x.yaml"',
        '`configFiles["c d"]` must be an absolute path without `..` and colons, got "c d"',
        '`configFiles["c d"]` must end with a name of letters, digits, -, _ and ., got "c d"',
        '`configFiles["c d"]` must not hold a private key: name an existing Kubernetes secret instead, which External Secrets brings, got "a hidden value (31 characters)"',
      ].join("\n"),
    ],
    [
      "more text than a config map holds",
      { configFiles: { "/a": "x".repeat(1024 * 1024 + 1) } },
      "`configFiles` must have at most 1048576 bytes in all, got 1048577",
    ],
    [
      "ports and nobody to ask whether it is ready",
      { container: { ...CONTAINER, ports: { http: 80 } } },
      "`container.readiness` must say when the container can take requests, or `trafficWithoutReadiness` be true, got nothing",
    ],
    [
      "a service of nothing",
      { service: {} },
      "`service` must be left out: only a deployment whose main container has ports has a service, got {}",
    ],
    [
      "a service of other ports, or of one twice",
      {
        container: { ...CONTAINER, ports: { a: 80, b: 81 }, readiness: { tcpPort: "a" } },
        service: { ports: { c: 0, a: 81 } },
      },
      [
        '`service.ports.c` must be the name of a port of the container (a, b), got "c"',
        "`service.ports.c` must be a whole number from 1 to 65535, got 0",
        "`service.ports` must be different numbers, got [81,81]",
      ].join("\n"),
    ],
  ])("%s", (_name, options, lines) => {
    expect(failure(() => define(options))).toEqual(message(lines));
  });
});

test("a workload may take requests without being asked when it says so", () => {
  const workload = define({ container: { ...CONTAINER, ports: { http: 80 } }, trafficWithoutReadiness: true });
  expect(workload.host).toBe("embedder.serving.svc.cluster.local");
});

describe("a deployment", () => {
  const running = (run: Omit<DeploymentRun, "kind">) => define({ run: { kind: "deployment", ...run } });
  const FEWER = "must be less than `replicas` (2), or no node with such a pod could be drained";

  test.each<Omit<DeploymentRun, "kind">>([
    { replicas: 0 },
    { replicas: 1000 },
    { replicas: 2, disruptionBudget: { minAvailable: 1 } },
    { disruptionBudget: { maxUnavailable: 2 } },
    { rollout: { maxSurge: 0, maxUnavailable: 1 } },
  ])("of %j is taken", (run) => {
    expect(running(run).workloadName).toBe("embedder");
  });

  test.each<[Omit<DeploymentRun, "kind">, string]>([
    [{ replicas: -1 }, "`run.replicas` must be a whole number from 0 to 1000, got -1"],
    [{ replicas: 1001 }, "`run.replicas` must be a whole number from 0 to 1000, got 1001"],
    [{ disruptionBudget: { minAvailable: 2 } }, `\`run.disruptionBudget.minAvailable\` ${FEWER}, got 2`],
    [
      { disruptionBudget: { minAvailable: 0 } },
      "`run.disruptionBudget.minAvailable` must be a whole number of 1 or more, got 0",
    ],
    [
      { disruptionBudget: { maxUnavailable: 0 } },
      "`run.disruptionBudget.maxUnavailable` must be a whole number of 1 or more, or no node with such a pod could be drained, got 0",
    ],
    [
      { disruptionBudget: {} as never },
      "`run.disruptionBudget` must have one of `minAvailable` and `maxUnavailable`, got {}",
    ],
    [
      { rollout: { maxSurge: 0, maxUnavailable: 0 } },
      '`run.rollout` must allow one pod more or one less, or no pod is ever replaced, got {"maxSurge":0,"maxUnavailable":0}',
    ],
    [
      { rollout: { maxSurge: -1, maxUnavailable: 1 } },
      "`run.rollout.maxSurge` must be a whole number of 0 or more, got -1",
    ],
    [{ progressDeadlineSeconds: 0 }, "`run.progressDeadlineSeconds` must be a whole number of 1 or more, got 0"],
  ])("of %j is refused", (run, line) => {
    expect(failure(() => running(run))).toEqual(message(line));
  });
});

describe("a job", () => {
  const running = (run: Omit<JobRun, "kind">) => define({ run: { kind: "job", ...run } });
  const scheduled = (run: Partial<CronJobRun>) => define({ run: { kind: "cron-job", schedule: "0 3 * * *", ...run } });
  const CRON =
    "`run.schedule` must be five fields of cron: minute, hour, day of the month, month, day of the week (0 to 6)";

  test.each<[Omit<JobRun, "kind">, string]>([
    [{ retries: -1 }, "`run.retries` must be a whole number of 0 or more, got -1"],
    [{ timeoutSeconds: 0 }, "`run.timeoutSeconds` must be a whole number of 1 or more, got 0"],
    [{ completions: 0 }, "`run.completions` must be a whole number of 1 or more, got 0"],
    [{ parallelism: 1.5 }, "`run.parallelism` must be a whole number of 1 or more, got 1.5"],
  ])("of %j is refused", (run, line) => {
    expect(failure(() => running(run))).toEqual(message(line));
  });

  test.each(["* * * * *", "*/5 0-23/2 1,15 JAN-dec sun", "59 23 31 12 6", "0 0 * * 1-5", "1/5 * * * *"])(
    "at %s is taken",
    (schedule) => {
      expect(scheduled({ schedule }).workloadName).toBe("embedder");
    },
  );

  test.each([
    "",
    "@daily",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "5-1 * * * *",
    "a * * * *",
    "* * * * * *",
  ])("at %j is refused", (schedule) => {
    expect(failure(() => scheduled({ schedule }))).toEqual(message(`${CRON}, got ${JSON.stringify(schedule)}`));
  });

  test("in no time zone, or with hardly a deadline, is refused", () => {
    expect(failure(() => scheduled({ timeZone: "Mars", startingDeadlineSeconds: 9 }))).toEqual(
      message(
        '`run.timeZone` must be an IANA time zone such as Europe/Berlin, got "Mars"',
        "`run.startingDeadlineSeconds` must be a whole number of 10 or more, got 9",
      ),
    );
  });
});
