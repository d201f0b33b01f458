import fc from "fast-check";
import { Value } from "../../../policy/engine/value";
import { k8sApiServed } from "../../../policy/rules/k8s/k8s-api-served";
import { k8sImageDigest } from "../../../policy/rules/k8s/k8s-image-digest";
import { k8sImageRegistry } from "../../../policy/rules/k8s/k8s-image-registry";
import { k8sImageTagFixed } from "../../../policy/rules/k8s/k8s-image-tag-fixed";
import { k8sIngressTls } from "../../../policy/rules/k8s/k8s-ingress-tls";
import { k8sDisruptionBudget } from "../../../policy/rules/k8s/k8s-disruption-budget";
import { k8sDisruptionBudgetYields } from "../../../policy/rules/k8s/k8s-disruption-budget-yields";
import { k8sLivenessProbe } from "../../../policy/rules/k8s/k8s-liveness-probe";
import { k8sNamespaceNotDefault } from "../../../policy/rules/k8s/k8s-namespace-not-default";
import { k8sNetworkPolicyDefaultDeny } from "../../../policy/rules/k8s/k8s-network-policy-default-deny";
import { k8sNoCredentialsInConfigMap } from "../../../policy/rules/k8s/k8s-no-credentials-in-config-map";
import { k8sNoCredentialsInEnv } from "../../../policy/rules/k8s/k8s-no-credentials-in-env";
import { k8sNoHostPath } from "../../../policy/rules/k8s/k8s-no-host-path";
import { k8sNoHostPort } from "../../../policy/rules/k8s/k8s-no-host-port";
import { k8sNoPrivilegedContainer } from "../../../policy/rules/k8s/k8s-no-privileged-container";
import { k8sRbacNoNarrowWildcards } from "../../../policy/rules/k8s/k8s-rbac-no-narrow-wildcards";
import { k8sRbacNoSecretsClusterWide } from "../../../policy/rules/k8s/k8s-rbac-no-secrets-cluster-wide";
import { k8sRbacNoWildcards } from "../../../policy/rules/k8s/k8s-rbac-no-wildcards";
import { k8sReplicasInProd } from "../../../policy/rules/k8s/k8s-replicas-in-prod";
import { k8sResourceRequests } from "../../../policy/rules/k8s/k8s-resource-requests";
import { k8sRunAsNonRoot } from "../../../policy/rules/k8s/k8s-run-as-non-root";
import { k8sServiceAccountToken } from "../../../policy/rules/k8s/k8s-service-account-token";
import { k8sStorageClassEncrypted } from "../../../policy/rules/k8s/k8s-storage-class-encrypted";
import { k8sStorageClassExists } from "../../../policy/rules/k8s/k8s-storage-class-exists";
import { k8sVolumeRetained } from "../../../policy/rules/k8s/k8s-volume-retained";
import {
  clusterRole,
  deployment,
  ebsClass,
  job,
  namespaceObject,
  plainObject,
  roleBinding,
} from "../../../policy/rules/k8s/private/example-objects";
import { imageName, isFloating } from "../../../policy/rules/k8s/private/image-names";
import type { Rule } from "../../../policy/engine/rule";
import { answersOf } from "./answers-of";

type Fields = Readonly<Record<string, unknown>>;

/** What a rule says of objects. */
function ask(rule: Rule, ...objects: readonly Fields[]): readonly string[] {
  return answersOf(rule, {}, { objects });
}

const PORTS = [{ containerPort: 8080 }];

describe("pods", () => {
  test("containers that initialise a pod are judged too, and a finding names its container", () => {
    const initContainers = [{ name: "setup", securityContext: { privileged: "true" } }];
    expect(ask(k8sNoPrivilegedContainer, deployment({ pod: { initContainers } }))).toEqual([
      'fail: `spec.template.spec.initContainers[0].securityContext.privileged` must not be true, got "true" (container `setup`)',
    ]);
  });

  test("the pods of a CronJob are found", () => {
    const template = (job({ container: { securityContext: { privileged: true } } }).spec as Fields).template;
    const cron = plainObject("batch/v1", "CronJob", {}, { jobTemplate: { spec: { template } } });
    expect(ask(k8sNoPrivilegedContainer, cron)).toEqual([
      "fail: `spec.jobTemplate.spec.template.spec.containers[0].securityContext.privileged` must not be true, got true (container `server`)",
    ]);
  });

  test("what a container says of its user goes before what its pod says", () => {
    const pod = { securityContext: { runAsNonRoot: true, runAsUser: 1000 } };
    const container = { securityContext: { runAsUser: 0 } };
    expect(ask(k8sRunAsNonRoot, deployment({ pod }))).toEqual(["pass"]);
    expect(ask(k8sRunAsNonRoot, deployment({ pod, container }))).toEqual([
      "fail: `spec.template.spec.containers[0].securityContext.runAsUser` must not be 0, got 0 (container `server`)",
    ]);
  });

  test("on the network of the node a port is no second finding", () => {
    const container = { ports: [{ containerPort: 80, hostPort: 80 }] };
    expect(ask(k8sNoHostPort, deployment({ container, pod: { hostNetwork: true } }))).toEqual(["not applicable"]);
    expect(ask(k8sNoHostPort, deployment({ container }))[0]).toMatch(/^fail: `spec.*hostPort` must not be set, got 80/);
  });

  test("defaults of a limit range count as requests, in their namespace", () => {
    const limits = [{ type: "Container", defaultRequest: { cpu: "100m", memory: "128Mi" } }];
    const range = (namespace: string) => plainObject("v1", "LimitRange", { name: "limits", namespace }, { limits });
    expect(ask(k8sResourceRequests, range("serving"), deployment())).toEqual(["pass"]);
    expect(ask(k8sResourceRequests, range("training"), deployment())).toHaveLength(2);
  });

  test("only what serves is asked for a probe", () => {
    expect(ask(k8sLivenessProbe, deployment())).toEqual(["not applicable"]);
    const service = plainObject("v1", "Service", { name: "router" }, { selector: { app: "router" } });
    expect(ask(k8sLivenessProbe, deployment(), service)).toEqual([
      "fail: `spec.template.spec.containers[0].livenessProbe` must be set, got nothing (container `server`)",
    ]);
  });
});

describe("tokens for the API", () => {
  const account = (mounted: boolean) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "router", namespace: "serving" },
    automountServiceAccountToken: mounted,
  });
  const pods = deployment({ pod: { serviceAccountName: "router" } });

  test("the service account says it where the pod does not", () => {
    expect(ask(k8sServiceAccountToken, account(false), pods)).toEqual(["pass"]);
    expect(ask(k8sServiceAccountToken, account(true), pods)).toEqual([
      "fail: `automountServiceAccountToken` must be false, got true",
    ]);
  });

  test("who is bound to a role may hold one", () => {
    const binding = roleBinding("RoleBinding", "reader", { kind: "ServiceAccount", name: "router" });
    expect(ask(k8sServiceAccountToken, binding, pods)).toEqual(["pass"]);
    const other = roleBinding("RoleBinding", "reader", { kind: "ServiceAccount", name: "router", namespace: "ci" });
    expect(ask(k8sServiceAccountToken, other, pods)[0]).toMatch(/^fail/);
  });
});

describe("images", () => {
  test.each([
    ["registry:5000/server", "fail"],
    ["registry:5000/server:1.0", "pass"],
    ["server:latest", "fail"],
    ["${aws_ecr_repository.r.repository_url}:2.1.0", "pass"],
    ["${aws_ecr_repository.r.repository_url}:latest", "fail"],
    ["${aws_ecr_repository.r.repository_url}", "unknown"],
    ["server:${var.tag}", "unknown"],
    [`server@sha256:${"ab".repeat(32)}`, "pass"],
  ])("%s: %s", (image, outcome) => {
    expect(ask(k8sImageTagFixed, deployment({ container: { image } }))[0]).toMatch(new RegExp(`^${outcome}`));
  });

  test("a tag that floats is no second finding", () => {
    expect(ask(k8sImageDigest, deployment({ container: { image: "server:latest" } }))).toEqual(["not applicable"]);
  });

  test("an image of a repository that is defined here comes from a registry that was chosen", () => {
    const image = "${aws_ecr_repository.r.repository_url}:1.0";
    expect(ask(k8sImageRegistry, deployment({ container: { image } }))).toEqual(["pass"]);
  });

  test("any name is taken apart, and one with a digest never floats", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isFloating(imageName(new Value("s", "image", `${text}@sha256:${"0a".repeat(32)}`))!)).toBe(false);
      }),
    );
  });
});

describe("namespaces", () => {
  test("the provider takes `default`, a file takes the current one", () => {
    const bare = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };
    expect(ask(k8sNamespaceNotDefault, bare)).toEqual([
      "unknown: `metadata.namespace` is not set: the namespace is the one that is current when it is applied",
    ]);
  });

  test.each([
    ["without types", {}, "pass"],
    ["for egress only", { policyTypes: ["Egress"] }, "fail"],
    ["for some pods", { podSelector: { matchLabels: { app: "a" } } }, "fail"],
    ["that lets something in", { ingress: [{ from: [{ podSelector: {} }] }] }, "fail"],
  ])("a policy %s closes a namespace: %s", (_what, spec, outcome) => {
    const policy = plainObject("networking.k8s.io/v1", "NetworkPolicy", {}, { podSelector: {}, ...spec });
    expect(ask(k8sNetworkPolicyDefaultDeny, namespaceObject("serving"), policy)[0]).toMatch(new RegExp(`^${outcome}`));
  });

  test("Kubernetes' own are left alone", () => {
    expect(ask(k8sNetworkPolicyDefaultDeny, namespaceObject("kube-system"))).toEqual(["not applicable"]);
  });
});

describe("credentials", () => {
  const settings = (data: Fields) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace: "serving" },
    data,
  });

  test("a finding never shows the credential", () => {
    const [answer] = ask(k8sNoCredentialsInConfigMap, settings({ DB_PASSWORD: "correct-horse" }));
    expect(answer).toBe(
      "fail: `data.DB_PASSWORD` must not hold a credential, got a hidden value (13 characters): one by its name",
    );
  });

  test.each([
    ["DB_PASSWORD_FILE", "/run/secrets/db"],
    ["MAX_TOKENS", "4096"],
    ["TOKENIZER", "bpe"],
    ["API_KEY", "$(API_KEY)"],
    ["url", "postgres://db.internal:5432/mlflow"],
    ["app.yaml", "password: ${DB_PASSWORD}\nmax_tokens: 512\n"],
    ["app.ini", "; the password comes from a file"],
  ])("%s: %s is none", (key, value) => {
    expect(ask(k8sNoCredentialsInConfigMap, settings({ [key]: value }))).toEqual(["pass"]);
  });

  test.each([
    ["url", "postgres://mlflow:correct-horse@db.internal/mlflow", "a URL with a password"],
    ["tls.key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "a private key"],
    ["app.ini", "[db]\nadmin_password = correct-horse\n", "admin_password"],
  ])("%s: %s is one", (key, value, what) => {
    expect(ask(k8sNoCredentialsInConfigMap, settings({ [key]: value }))[0]).toContain(`: ${what}`);
  });

  test("a reference to a password is the password by the time it is there", () => {
    const env = [{ name: "SETTING", value: "${random_password.db.result}" }];
    expect(ask(k8sNoCredentialsInEnv, deployment({ container: { env } }))[0]).toMatch(/^fail: .*random_password/);
  });

  test("any value under the name of a secret is hidden in what is said of it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,40}$/), (secret) => {
        const [answer = ""] = ask(k8sNoCredentialsInConfigMap, settings({ password: secret }));
        expect(answer).not.toContain(secret);
        expect(answer).toMatch(/^fail/);
      }),
      { numRuns: 25 },
    );
  });
});

describe("roles", () => {
  test("one that reads secrets is fine where it is bound inside of namespaces only", () => {
    const role = clusterRole({ apiGroups: [""], resources: ["secrets"], verbs: ["get"] });
    const subject = { kind: "ServiceAccount", name: "ci", namespace: "ci" };
    const inside = roleBinding("RoleBinding", "deployer", subject);
    expect(ask(k8sRbacNoSecretsClusterWide, role, inside)).toEqual(["pass"]);
    expect(
      ask(k8sRbacNoSecretsClusterWide, role, inside, roleBinding("ClusterRoleBinding", "deployer", subject)),
    ).toEqual(["fail: `rules[0]` must not read secrets of any name and namespace"]);
  });
});

describe("versions of the API", () => {
  const budget = plainObject("policy/v1beta1", "PodDisruptionBudget", {}, { minAvailable: 1 });
  const cluster = (version: string) => ({ aws_eks_cluster: { main: { name: "atlas", version } } });

  test("what is gone depends on the cluster", () => {
    expect(answersOf(k8sApiServed, cluster("1.24"), { objects: [budget] })).toEqual(["pass"]);
    expect(answersOf(k8sApiServed, cluster("1.35"), { objects: [budget] })).toEqual([
      "fail: `apiVersion` must be policy/v1: policy/v1beta1 is not served since Kubernetes 1.25, and the cluster runs 1.35",
    ]);
  });
});

describe("replicas", () => {
  const serving = { container: { ports: PORTS } };
  const scaler = (kind: string, spec: Fields) =>
    plainObject("autoscaling/v2", kind, {}, { scaleTargetRef: { kind: "Deployment", name: "router" }, ...spec });

  test("the floor of an autoscaler counts", () => {
    const hpa = scaler("HorizontalPodAutoscaler", { minReplicas: 3 });
    expect(ask(k8sReplicasInProd, deployment(serving), hpa)).toEqual(["pass"]);
    expect(ask(k8sReplicasInProd, deployment(serving), scaler("ScaledObject", {}))).toEqual([
      "fail: `spec.minReplicaCount` must be at least 2 in production, got nothing",
    ]);
  });

  test("outside production one is enough", () => {
    expect(answersOf(k8sReplicasInProd, {}, { objects: [deployment(serving)], stage: "dev" })).toEqual([
      "not applicable",
    ]);
  });

  test("a budget finds pods by expressions too", () => {
    const matchExpressions = [{ key: "app", operator: "In", values: ["router", "gateway"] }];
    const budget = plainObject(
      "policy/v1",
      "PodDisruptionBudget",
      {},
      { maxUnavailable: 1, selector: { matchExpressions } },
    );
    expect(ask(k8sDisruptionBudget, deployment({ spec: { replicas: 2 } }), budget)).toEqual(["pass"]);
  });

  test("a budget for as many pods as run lets no node be emptied", () => {
    const spec = { minAvailable: 2, selector: { matchLabels: { app: "router" } } };
    const budget = plainObject("policy/v1", "PodDisruptionBudget", {}, spec);
    expect(ask(k8sDisruptionBudgetYields, budget, deployment({ spec: { replicas: 3 } }))).toEqual(["pass"]);
    expect(ask(k8sDisruptionBudgetYields, budget, deployment({ spec: { replicas: 2 } }))).toEqual([
      "fail: `spec.minAvailable` must be less than the 2 pods that run, got 2",
    ]);
  });
});

describe("storage", () => {
  test("an account that encrypts everything needs no word of it", () => {
    const account = { aws_ebs_encryption_by_default: { all: { enabled: true } } };
    expect(answersOf(k8sStorageClassEncrypted, account, { objects: [ebsClass({ type: "gp3" })] })).toEqual(["pass"]);
  });

  test("a claim without a class wants a default one", () => {
    const claim = plainObject("v1", "PersistentVolumeClaim", {}, {});
    expect(ask(k8sStorageClassExists, ebsClass({}), claim)).toEqual([
      "fail: `spec.storageClassName` must be set: no storage class is the default one",
    ]);
    const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
    expect(ask(k8sStorageClassExists, { ...ebsClass({}), metadata: { name: "gp3", annotations } }, claim)).toEqual([
      "pass",
    ]);
  });
});

describe("ingresses", () => {
  test.each([
    ["certificate-arn", "arn:aws:acm:us-east-1:111111111111:certificate/1"],
    ["listen-ports", '[{"HTTPS":443}]'],
  ])("a load balancer is told of TLS by %s", (annotation, value) => {
    const metadata = {
      name: "a",
      namespace: "serving",
      annotations: { [`alb.ingress.kubernetes.io/${annotation}`]: value },
    };
    expect(ask(k8sIngressTls, { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec: {} })).toEqual([
      "pass",
    ]);
  });
});

describe("folders of the node", () => {
  const mounting = (kind: string, path: string): Fields => {
    const { spec } = deployment({ pod: { volumes: [{ name: "v", hostPath: { path } }] } });
    return plainObject("apps/v1", kind, {}, spec as Fields);
  };
  const SOCKETS = "/var/lib/kubelet/device-plugins";

  test("a device plugin, which is a DaemonSet, mounts the one of its sockets", () => {
    expect(ask(k8sNoHostPath, mounting("DaemonSet", SOCKETS))).toEqual(["pass"]);
  });

  test.each([
    ["Deployment", SOCKETS],
    ["DaemonSet", "/var/lib/kubelet"],
    ["DaemonSet", `${SOCKETS}/own`],
    ["DaemonSet", "/opt/aws"],
  ])("a %s does not mount %s", (kind, path) => {
    expect(ask(k8sNoHostPath, mounting(kind, path))).toEqual([
      `fail: \`spec.template.spec.volumes[0].hostPath\` must not be set, got "${path}"`,
    ]);
  });
});

describe("wildcards in roles", () => {
  const OWN = "keda.sh";
  const role = (kind: "ClusterRole" | "Role", apiGroup: string, resource: string, ...verbs: string[]): Fields => ({
    ...clusterRole({ apiGroups: [apiGroup], resources: [resource], verbs }),
    kind,
  });
  const open = (object: Fields) => ask(k8sRbacNoWildcards, object);
  const narrow = (object: Fields) => ask(k8sRbacNoNarrowWildcards, object);

  test.each([
    ["all verbs on a resource of its own in a namespace", role("Role", OWN, "scaledobjects", "*"), "verbs"],
    ["reading all that an API of its own has", role("ClusterRole", OWN, "*", "get", "list", "watch"), "resources"],
  ])("%s is narrow", (_what, object, part) => {
    expect(open(object)).toEqual(["pass"]);
    expect(narrow(object)).toEqual([`fail: \`rules[0].${part}[0]\` must not be \`*\`, got "*"`]);
  });

  const HOLDS = "in the core API, which holds the secrets";
  test.each([
    [role("Role", "*", "jobs", "get"), "apiGroups", "for it is every API, also one that is installed later"],
    [role("Role", "", "*", "get"), "resources", HOLDS],
    [role("Role", "rbac.authorization.k8s.io", "*", "get"), "resources", "in the API of roles"],
    [role("Role", OWN, "*", "get", "patch"), "resources", "with verbs other than get, list and watch"],
    [role("ClusterRole", OWN, "scaledobjects", "*"), "verbs", "in a ClusterRole, which holds for every namespace"],
    [role("Role", "rbac.authorization.k8s.io", "roles", "*"), "verbs", "on the roles themselves"],
    [role("Role", "", "secrets", "*"), "verbs", "on secrets"],
    [role("Role", "", "pods/exec", "*"), "verbs", "on pods/exec"],
  ])("%j is open, and no second finding", (object, part, why) => {
    expect(open(object)).toEqual([`fail: \`rules[0].${part}[0]\` must not be \`*\` ${why}, got "*"`]);
    expect(narrow(object)).toEqual(["not applicable"]);
  });

  test("what is not known may be `*`: one rule says so", () => {
    const verbs = role("Role", OWN, "*", "${var.verb}");
    expect(open(verbs)).toEqual([
      'unknown: `rules[0].resources[0]` must not be `*` with verbs other than get, list and watch, and what it goes with is known only after apply: "*"',
    ]);
    expect(narrow(verbs)).toEqual(["not applicable"]);
  });

  test("a permission with a wildcard is of one of the two rules, any other of none", () => {
    const names = (...own: string[]) => fc.subarray(["*", "${var.x}", ...own], { minLength: 1 });
    const rule = fc.record({
      apiGroups: names("", OWN, "rbac.authorization.k8s.io"),
      resources: names("pods", "secrets", "scaledobjects"),
      verbs: names("get", "update"),
    });
    fc.assert(
      fc.property(fc.constantFrom("Role", "ClusterRole"), rule, (kind, fields) => {
        const object = { ...clusterRole(fields), kind };
        const bad = [open(object), narrow(object)].filter(([first]) => /^(fail|unknown)/.test(first ?? ""));
        const starred = Object.values(fields).some((list) => list.includes("*") || list.includes("${var.x}"));
        expect(bad).toHaveLength(starred ? 1 : 0);
      }),
      { numRuns: 100 },
    );
  });
});

test("a volume that was deleted is gone, except where the Recycle Bin keeps it", () => {
  expect(k8sVolumeRetained.why).toContain("gone, unless a rule of the Recycle Bin was set up beforehand");
});
