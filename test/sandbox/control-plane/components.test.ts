import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { clusterFoundation } from "../../../sandbox/control-plane/cluster-foundation";
import type { ComponentContext, ControlPlaneComponent } from "../../../sandbox/control-plane/components/context";
import { etcd } from "../../../sandbox/control-plane/components/etcd";
import { kubeApiserver } from "../../../sandbox/control-plane/components/kube-apiserver";
import { kubeControllerManager } from "../../../sandbox/control-plane/components/kube-controller-manager";
import { kubeScheduler } from "../../../sandbox/control-plane/components/kube-scheduler";
import { kwok } from "../../../sandbox/control-plane/components/kwok";
import { controlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { AUTHORITIES, CERTIFICATES } from "../../../sandbox/control-plane/pki/control-plane-certificates";
import type { PublicKeyInfrastructure } from "../../../sandbox/control-plane/pki/public-key-infrastructure";

const ROOT = "/somewhere/clusters/one";
const paths = controlPlanePaths(ROOT);
const pairs = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { certificate: `certificate of ${name}`, key: `key of ${name}` }]));
const context: ComponentContext = {
  paths,
  programs: {
    etcd: "/tools/etcd",
    kubeApiserver: "/tools/kube-apiserver",
    kubeScheduler: "/tools/kube-scheduler",
    kubeControllerManager: "/tools/kube-controller-manager",
    kwok: "/tools/kwok",
  },
  pki: {
    authorities: pairs(Object.keys(AUTHORITIES)),
    certificates: pairs(CERTIFICATES),
    encryptionKey: "c2VjcmV0",
  } as PublicKeyInfrastructure,
  ports: { api: 1001, etcd: 1002, "etcd-peer": 1003, "controller-manager": 1004, scheduler: 1005, kwok: 1006 },
  clusterName: "atlas-dev",
  serviceCidr: "172.20.0.0/16",
  serviceAccountIssuer: "https://issuer.example",
  webhooks: { authenticate: "http://127.0.0.1:4566/a", authorize: "http://127.0.0.1:4566/b" },
};
const components: ControlPlaneComponent[] = [
  etcd(context),
  kubeApiserver(context),
  kubeControllerManager(context),
  kubeScheduler(context),
  kwok(context, () => Promise.resolve()),
];
const argument = (component: ControlPlaneComponent, name: string): string | undefined =>
  component.arguments.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const content = (component: ControlPlaneComponent, path: string): string =>
  component.files.find((file) => file.path === path)?.content ?? "";
const server = components[1]!;

describe.each(components.map((component) => [component.name, component] as const))("%s", (_name, component) => {
  test("is recognised by an argument with its folder, and by its program's name", () => {
    expect(component.arguments).toContain(component.mark.argument);
    expect(component.mark.argument).toContain(`=${ROOT}/`);
    expect(component.program.endsWith(`/${component.mark.program}`)).toBe(true);
  });

  test("listens on loopback, on its own ports", () => {
    const text = component.arguments.join(" ");
    expect(text).not.toContain("0.0.0.0");
    for (const port of component.ports) expect(text).toContain(String(context.ports[port]));
  });

  test("has no secret among its arguments, and each argument once", () => {
    expect(component.arguments.join(" ")).not.toMatch(/c2VjcmV0|key of/);
    const names = component.arguments.map((arg) => arg.split("=")[0]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("writes below the folder only", () => {
    const written = component.arguments.map((arg) => arg.split("=")[1] ?? "").filter((value) => value.startsWith("/"));
    expect(written.filter((path) => !path.startsWith(`${ROOT}/`))).toEqual([]);
    expect(component.files.filter(({ path }) => !path.startsWith(`${ROOT}/`))).toEqual([]);
  });
});

test("etcd wants a client certificate of its own authority, on the client port and on the peer port", () => {
  const [store] = components as [ControlPlaneComponent];
  for (const prefix of ["", "peer-"]) {
    expect(argument(store, `${prefix}client-cert-auth`)).toBe("true");
    expect(argument(store, `${prefix}trusted-ca-file`)).toBe(paths.authority("etcd").certificate);
  }
  expect(argument(store, "listen-client-urls")).toBe("https://127.0.0.1:1002");
  expect(argument(store, "listen-peer-urls")).toBe("https://127.0.0.1:1003");
  expect(store.arguments.join(" ")).not.toContain("no-fsync");
});

test("the API server lets nobody in anonymously but for its health", () => {
  expect(JSON.parse(content(server, paths.authentication))).toEqual({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthenticationConfiguration",
    anonymous: { enabled: true, conditions: [{ path: "/livez" }, { path: "/readyz" }, { path: "/healthz" }] },
  });
  expect(argument(server, "anonymous-auth")).toBeUndefined();
});

test("nodes, RBAC and access policies are asked in this order, and the webhooks where they are", () => {
  const { authorizers } = JSON.parse(content(server, paths.authorization)) as { authorizers: { type: string }[] };
  expect(authorizers.map(({ type }) => type)).toEqual(["Node", "RBAC", "Webhook"]);
  expect(authorizers[2]).toMatchObject({
    webhook: {
      failurePolicy: "NoOpinion",
      connectionInfo: { type: "KubeConfigFile", kubeConfigFile: paths.kubeconfig("authorize") },
      matchConditions: [{ expression: "!request.user.startsWith('system:')" }],
    },
  });
  const address = (name: string) =>
    (parse(content(server, paths.kubeconfig(name))) as { clusters: [{ cluster: { server: string } }] }).clusters[0]
      .cluster.server;
  expect([address("authenticate"), address("authorize")]).toEqual(Object.values(context.webhooks));
  expect(argument(server, "authentication-token-webhook-version")).toBe("v1");
});

test("a webhook at another address means another start of the API server", () => {
  const moved = kubeApiserver({ ...context, webhooks: { ...context.webhooks, authenticate: "http://127.0.0.1:1/a" } });
  expect(moved.files).not.toEqual(server.files);
});

test("the audit log tells who asked for what, never with what", () => {
  const policy = JSON.parse(content(server, paths.auditPolicy)) as { rules: { level: string }[]; omitStages: string[] };
  expect(new Set(policy.rules.map(({ level }) => level))).toEqual(new Set(["None", "Metadata"]));
  expect(policy.rules.at(-1)).toEqual({ level: "Metadata" });
  expect(policy.omitStages).toEqual(["RequestReceived"]);
  expect([argument(server, "audit-log-maxsize"), argument(server, "audit-log-maxbackup")]).toEqual(["32", "3"]);
});

test("Secrets are encrypted at rest", () => {
  expect(argument(server, "encryption-provider-config")).toBe(paths.encryption);
  expect(JSON.parse(content(server, paths.encryption))).toMatchObject({
    resources: [
      { resources: ["secrets"], providers: [{ secretbox: { keys: [{ secret: "c2VjcmV0" }] } }, { identity: {} }] },
    ],
  });
});

test("admission is what EKS has, but for webhooks, which simulated pods cannot answer", () => {
  expect(argument(server, "enable-admission-plugins")).toBe("NodeRestriction,ExtendedResourceToleration");
  expect(argument(server, "disable-admission-plugins")).toBe("MutatingAdmissionWebhook,ValidatingAdmissionWebhook");
  expect(argument(server, "allow-privileged")).toBe("true");
});

test("the controller manager cannot sign certificates, and gives nodes no addresses", () => {
  const manager = components[2]!;
  expect(manager.arguments.join(" ")).not.toContain("cluster-signing");
  expect(argument(manager, "controllers")).toBe("*,-node-ipam-controller");
  expect(argument(manager, "use-service-account-credentials")).toBe("true");
});

test.each([
  [2, "kube-controller-manager"],
  [3, "kube-scheduler"],
  [4, "kwok"],
])("component %i comes to the API server as %s", (index, name) => {
  const file = parse(content(components[index]!, paths.kubeconfig(name))) as Record<string, [Record<string, unknown>]>;
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  expect(file["clusters"]?.[0]["cluster"]).toEqual({
    server: "https://127.0.0.1:1001",
    "certificate-authority-data": base64("certificate of cluster"),
  });
  expect(file["users"]?.[0]["user"]).toEqual({
    "client-certificate-data": base64(`certificate of ${name}`),
    "client-key-data": base64(`key of ${name}`),
  });
});

describe("simulated nodes, pods and volumes", () => {
  interface Stage {
    kind: string;
    metadata: { name: string };
    spec: { resourceRef: { apiGroup: string; kind: string }; selector: unknown; steps: unknown[] };
  }
  const documents = parseAllDocuments(
    readFileSync(join(__dirname, "../../../sandbox/control-plane/components/kwok.yaml"), "utf8"),
  ).map((document) => document.toJS() as Stage);
  const stages = documents.filter(({ kind }) => kind === "Stage");

  test("their stages are the ones that kwok is given", () => {
    expect(content(components[4]!, paths.kwokConfiguration)).toContain("kind: Stage");
    expect(stages.map(({ metadata }) => metadata.name)).toEqual([
      "node-ready",
      "node-heartbeat",
      "pod-running",
      "pod-succeeded",
      "pod-deleted",
      "claim-provisioned",
      "volume-deleted",
      "volume-attached",
    ]);
    expect(components[4]!.arguments).toContain("--manage-all-nodes=true");
    expect(components[4]!.arguments.join(" ")).not.toContain("enable-crds");
  });

  test("kwok may watch every kind that a stage is about, and no Secret", () => {
    const [role] = clusterFoundation() as unknown as [
      { rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[] },
    ];
    for (const { spec } of stages) {
      const group = spec.resourceRef.apiGroup.includes("/") ? spec.resourceRef.apiGroup.split("/")[0] : "";
      const resource = `${spec.resourceRef.kind.toLowerCase()}s`;
      const rule = role.rules.find(
        ({ apiGroups, resources }) => apiGroups.includes(group ?? "") && resources.includes(resource),
      );
      expect([resource, rule?.verbs.includes("watch")]).toEqual([resource, true]);
    }
    expect(JSON.stringify(role.rules)).not.toMatch(/secrets|\*|impersonate|escalate|bind/);
  });
});

test("what simulated programs would serve or convert, Kubernetes answers for", () => {
  const policies = clusterFoundation().filter(({ kind }) => kind === "MutatingAdmissionPolicy");
  const bindings = clusterFoundation().filter(({ kind }) => kind === "MutatingAdmissionPolicyBinding");
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(["sandbox-served-apis", "sandbox-conversion"]);
  expect(bindings.map(({ metadata }) => metadata.name)).toEqual(policies.map(({ metadata }) => metadata.name));
});
