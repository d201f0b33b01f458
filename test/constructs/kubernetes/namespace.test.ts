import { Namespace, type NamespaceProps } from "../../../constructs/kubernetes/namespace";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";

type Options = Partial<Omit<NamespaceProps, "cluster">>;

const namespaceWith = (options: Options = {}, use: (namespace: Namespace) => void = () => undefined) =>
  synthesizeKubernetes((stack) => {
    use(new Namespace(stack, "Namespace", { cluster: importedCluster(stack), name: "tracking", ...options }));
  });
const refused = (options: Options, use: (namespace: Namespace) => void = () => undefined) =>
  failure(() => {
    const stack = kubernetesStack();
    use(new Namespace(stack, "Namespace", { cluster: importedCluster(stack), name: "tracking", ...options }));
  });
const message = (...lines: string[]) => ({
  code: "INVALID_NAMESPACE_PROPS",
  message: [...lines, "  in test/Namespace"].join("\n"),
});

describe("Namespace with minimal props", () => {
  const out = namespaceWith();

  test("holds pods to the restricted standard of the cluster's version", () => {
    expect(out.resource("kubernetes_namespace_v1")["metadata"]).toEqual({
      name: "tracking",
      labels: {
        "app.kubernetes.io/managed-by": "flightdeck",
        "flightdeck.dev/project": "atlas",
        "flightdeck.dev/stage": "dev",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.36",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.36",
      },
    });
  });

  test("shuts pods off but for DNS and the credentials of their own role", () => {
    expect(out.resource("kubernetes_network_policy_v1")["spec"]).toEqual({
      pod_selector: {},
      policy_types: ["Ingress", "Egress"],
      egress: [
        {
          to: [
            {
              namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
              pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { port: "53", protocol: "TCP" },
            { port: "53", protocol: "UDP" },
          ],
        },
        { to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: [{ port: "80", protocol: "TCP" }] },
      ],
    });
  });

  test("counts containers that say nothing, and limits nothing", () => {
    expect(out.resource("kubernetes_limit_range_v1")["spec"]).toEqual({
      limit: [{ type: "Container", default_request: { cpu: "100m", memory: "128Mi" } }],
    });
    expect(out.resources("kubernetes_resource_quota_v1")).toEqual({});
  });

  test("cannot be destroyed with everything in it, and keeps its address", () => {
    expect(out.resource("kubernetes_namespace_v1")["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(out.addresses("kubernetes_namespace_v1")).toEqual({
      "Namespace/Resource": "kubernetes_namespace_v1.Namespace_9B63B8C8",
    });
  });
});

describe("Namespace with every prop", () => {
  const out = namespaceWith({
    team: "ml-platform",
    podSecurityLevel: "baseline",
    podSecurityVersion: "latest",
    quota: {
      cpuRequests: "0.5",
      cpuLimits: "2000m",
      memoryRequests: "1024Mi",
      memoryLimits: "2Gi",
      gpus: { "nvidia.com/gpu": 8, "nvidia.com/mig-1g.10gb": 0 },
      pods: 50,
      volumeClaims: 4,
      storage: "100Gi",
      loadBalancers: 0,
    },
    containerDefaults: { cpuRequest: "50m", cpuLimit: "1", memoryRequest: "64Mi", memoryLimit: "64Mi" },
    labels: { "example.com/purpose": "tracking" },
    deletionProtection: false,
  });

  test("passes every choice on, quantities as the API server writes them back", () => {
    expect(out.resource("kubernetes_namespace_v1")).toEqual({
      metadata: {
        name: "tracking",
        labels: expect.objectContaining({
          "example.com/purpose": "tracking",
          "flightdeck.dev/team": "ml-platform",
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/enforce-version": "latest",
        }) as unknown,
      },
    });
    expect(out.resource("kubernetes_resource_quota_v1")).toMatchObject({
      metadata: { name: "flightdeck", namespace: "tracking" },
      spec: {
        hard: {
          "requests.cpu": "500m",
          "limits.cpu": "2",
          "requests.memory": "1Gi",
          "limits.memory": "2Gi",
          "requests.nvidia.com/gpu": "8",
          "requests.nvidia.com/mig-1g.10gb": "0",
          pods: "50",
          persistentvolumeclaims: "4",
          "requests.storage": "100Gi",
          "services.loadbalancers": "0",
        },
      },
      depends_on: ["kubernetes_namespace_v1.Namespace_9B63B8C8"],
    });
    expect(out.resource("kubernetes_limit_range_v1")["spec"]).toEqual({
      limit: [
        {
          type: "Container",
          default_request: { cpu: "50m", memory: "64Mi" },
          default: { cpu: "1", memory: "64Mi" },
        },
      ],
    });
  });
});

test("what gives traffic free and containers nothing defines neither policy nor defaults", () => {
  const out = namespaceWith({ allowAllTraffic: true, containerDefaults: {} }, (namespace) => {
    expect(namespace.ready).toEqual([namespace.resource]);
  });
  expect(out.counts()).toEqual({ kubernetes_namespace_v1: 1 });
});

describe("traffic is let through", () => {
  const policies = (use: (namespace: Namespace) => void) => {
    const all = namespaceWith({}, use).resources("kubernetes_network_policy_v1");
    return Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith("DefaultDeny")));
  };
  const peer = (namespace: Namespace) => Namespace.fromNamespaceName(namespace, "Peer", "ingress");
  const selector = { namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "ingress" } } };

  test("within the namespace", () => {
    expect(policies((namespace) => namespace.allowWithin())).toMatchObject({
      "Namespace/AllowWithin": {
        metadata: { name: "allow-within", namespace: "tracking" },
        spec: {
          pod_selector: {},
          policy_types: ["Ingress", "Egress"],
          ingress: [{ from: [{ pod_selector: {} }] }],
          egress: [{ to: [{ pod_selector: {} }] }],
        },
      },
    });
  });

  test("from another namespace, to some ports", () => {
    expect(policies((namespace) => namespace.allowFromNamespace(peer(namespace), { tcp: [5000] }))).toMatchObject({
      "Namespace/AllowFrom-ingress": {
        metadata: { name: "allow-from-ingress" },
        spec: {
          policy_types: ["Ingress"],
          ingress: [{ from: [selector], ports: [{ port: "5000", protocol: "TCP" }] }],
        },
      },
    });
  });

  test("to another namespace, to all ports", () => {
    const [policy] = Object.values(policies((namespace) => namespace.allowToNamespace(peer(namespace))));
    expect(policy?.["spec"]).toEqual({ pod_selector: {}, policy_types: ["Egress"], egress: [{ to: [selector] }] });
  });

  test("from and to addresses", () => {
    const both = policies((namespace) => {
      namespace.allowFromAddresses("api-server", ["10.20.0.0/16"], { tcp: [9443] });
      namespace.allowToAddresses("database", ["10.20.0.0/20", "10.20.16.0/20"], { tcp: [5432], udp: [5433] });
    });
    expect(both).toMatchObject({
      "Namespace/AllowFromAddresses-api-server": {
        metadata: { name: "allow-from-api-server-addresses" },
        spec: {
          ingress: [{ from: [{ ip_block: { cidr: "10.20.0.0/16" } }], ports: [{ port: "9443", protocol: "TCP" }] }],
        },
      },
      "Namespace/AllowToAddresses-database": {
        spec: {
          egress: [
            {
              to: [{ ip_block: { cidr: "10.20.0.0/20" } }, { ip_block: { cidr: "10.20.16.0/20" } }],
              ports: [
                { port: "5432", protocol: "TCP" },
                { port: "5433", protocol: "UDP" },
              ],
            },
          ],
        },
      },
    });
  });

  test.each<[string, Options, (namespace: Namespace) => void, string]>([
    [
      "where all traffic is allowed",
      { allowAllTraffic: true },
      (namespace) => namespace.allowWithin(),
      "`allowAllTraffic` must be false where traffic is allowed one by one: a rule would shut out all else, got true",
    ],
    [
      "twice",
      {},
      (namespace) => [1, 2].forEach(() => namespace.allowWithin()),
      '`traffic` must be allowed once, with all its ports, got "AllowWithin"',
    ],
    [
      "to a range that is none, under a name that is none, to no port",
      {},
      (namespace) => namespace.allowToAddresses("Data base", ["10.20.0.1/16"], {}),
      [
        '`name` must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends, got "Data base"',
        '`cidrs[0]` must start at the first address of its range (10.20.0.0/16), got "10.20.0.1/16"',
        "`ports` must name at least one port, or be left out, got {}",
      ].join("\n"),
    ],
    [
      "to no range, to ports that are none",
      {},
      (namespace) => namespace.allowToAddresses("database", [], { tcp: [0, 65536, 80] }),
      [
        "`cidrs` must name at least one range, got []",
        "`ports` must be whole numbers from 1 to 65535, got [0,65536]",
      ].join("\n"),
    ],
  ])("but not %s", (_name, options, use, lines) => {
    expect(refused(options, use)).toEqual({ code: "INVALID_TRAFFIC", message: `${lines}\n  in test/Namespace` });
  });
});

describe("Namespace refuses", () => {
  const LABEL = "must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
  const OWN = "must not be a namespace that every cluster has: use `Namespace.fromNamespaceName`";
  const QUANTITY = "must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi";

  test.each<[string, Options, string]>([
    ["a name that is none", { name: "Tracking" }, `\`name\` ${LABEL}, got "Tracking"`],
    ["a name that is too long", { name: "a".repeat(64) }, `\`name\` ${LABEL}, got "${"a".repeat(64)}"`],
    [
      "a reference for a name",
      { name: "${TfToken[TOKEN.0]}" },
      `\`name\` ${LABEL}, got "a value known only after apply"`,
    ],
    ["Kubernetes' own", { name: "kube-system" }, `\`name\` ${OWN}, got "kube-system"`],
    ["the default one", { name: "default" }, `\`name\` ${OWN}, got "default"`],
    ["a team that is no name", { team: "ML" }, `\`team\` ${LABEL}, got "ML"`],
    [
      "a version that is none",
      { podSecurityVersion: "1" },
      '`podSecurityVersion` must be a Kubernetes minor version such as 1.36, or "latest", got "1"',
    ],
    [
      "a label of the library's",
      { labels: { "flightdeck.dev/stage": "prod" } },
      '`labels["flightdeck.dev/stage"]` must not be under flightdeck.dev, kubernetes.io or k8s.io, which are set by the library or by Kubernetes, got "flightdeck.dev/stage"',
    ],
    [
      "a label's value that is none",
      { labels: { purpose: "a b" } },
      '`labels["purpose"]` must be at most 63 letters, digits, - _ and . that start and end with a letter or digit, got "a b"',
    ],
    [
      "a label's key that is none",
      { labels: { "a b": "" } },
      '`labels["a b"]` must be a Kubernetes name of at most 63 characters, with a DNS prefix and a slash at will, got "a b"',
    ],
    ["a quota of nothing", { quota: {} }, "`quota` must limit something, or be left out, got {}"],
    ["an amount that is none", { quota: { storage: "1TB" } }, `\`quota.storage\` ${QUANTITY}, got "1TB"`],
    ["half a pod", { quota: { pods: 0.5 } }, "`quota.pods` must be a whole number, 0 or more, got 0.5"],
    [
      "GPUs by no resource",
      { quota: { gpus: { gpu: 1 } } },
      '`quota.gpus["gpu"]` must be a resource such as nvidia.com/gpu, got "gpu"',
    ],
    [
      "requests above limits",
      { quota: { cpuRequests: "3", cpuLimits: "2" } },
      '`quota.cpuRequests` must be at most `quota.cpuLimits` (2), got "3"',
    ],
    [
      "defaults that are none, or contradict",
      { containerDefaults: { cpuRequest: "much", memoryRequest: "2Gi", memoryLimit: "1Gi" } },
      [
        `\`containerDefaults.cpuRequest\` ${QUANTITY}, got "much"`,
        '`containerDefaults.memoryRequest` must be at most `containerDefaults.memoryLimit` (1Gi), got "2Gi"',
      ].join("\n"),
    ],
  ])("%s", (_name, options, lines) => {
    expect(refused(options)).toEqual(message(lines));
  });
});

test("an imported namespace has a name, and nothing to wait for", () => {
  const namespace = Namespace.fromNamespaceName(kubernetesStack(), "KubeSystem", "kube-system");
  expect(namespace).toMatchObject({ namespaceName: "kube-system", resource: undefined, ready: [] });
  expect(failure(() => Namespace.fromNamespaceName(kubernetesStack(), "KubeSystem", "Kube"))).toEqual({
    code: "INVALID_NAMESPACE_NAME",
    message:
      '`namespaceName` must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends, got "Kube"\n  in test/KubeSystem',
  });
});
