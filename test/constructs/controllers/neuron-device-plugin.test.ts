import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { NeuronNodePool } from "../../../constructs/cluster/neuron-node-pool";
import { NeuronDevicePlugin, type NeuronDevicePluginProps } from "../../../constructs/controllers/neuron-device-plugin";
import type { ManifestObject } from "../../../constructs/kubernetes/manifest-object";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { importedCluster } from "../../support/cluster";
import { defineKarpenterPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, addNeuronPool, addressesOf, namespace, objectsOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<NeuronDevicePluginProps, "cluster">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): NeuronDevicePlugin {
  const kubeSystem = namespace(stack, "kube-system");
  return new NeuronDevicePlugin(stack, "Neuron", { cluster, namespace: kubeSystem, ...options });
}

function plugin(addPools: (cluster: ICluster) => void, options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addPools(cluster);
    define(stack, cluster, options);
  });
}

interface PodSpec {
  readonly affinity: object;
  readonly tolerations: readonly object[];
  readonly volumes: readonly object[];
  readonly containers: readonly {
    readonly image: string;
    readonly securityContext: object;
    readonly resources: object;
    readonly volumeMounts: readonly object[];
  }[];
}

interface DaemonSet extends ManifestObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

function objectOf(out: Synthesized, kind: string): ManifestObject {
  return objectsOf(out.resource("helm_release")).find((object) => object.kind === kind)!;
}

const podOf = (out: Synthesized): PodSpec => (objectOf(out, "DaemonSet") as DaemonSet).spec.template.spec;

const onPools = (...values: string[]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "flightdeck.dev/pool", operator: "In", values }] }],
    },
  },
});

const NEURON = { key: "aws.amazon.com/neuron", operator: "Exists", effect: "NoSchedule" };
const LABELS = { "app.kubernetes.io/name": "neuron-device-plugin" };

describe("NeuronDevicePlugin in a cluster with a Neuron pool", () => {
  const out = plugin((cluster) => {
    addGpuPool(cluster, "l4");
    addNeuronPool(cluster);
  });

  test("is one release of its own objects", () => {
    const release = out.resource("helm_release");
    expect(release).toMatchObject({ name: "neuron-device-plugin", namespace: "kube-system" });
    expect(objectsOf(release).map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([
      ["ServiceAccount", "kube-system", "neuron-device-plugin"],
      ["ClusterRole", undefined, "neuron-device-plugin"],
      ["ClusterRoleBinding", undefined, "neuron-device-plugin"],
      ["DaemonSet", "kube-system", "neuron-device-plugin"],
    ]);
  });

  test("runs on the Neuron pool alone, before anything else on the node", () => {
    expect(podOf(out)).toMatchObject({
      affinity: onPools("neuron"),
      tolerations: [NEURON],
      priorityClassName: "system-node-critical",
      serviceAccountName: "neuron-device-plugin",
    });
  });

  test("runs AWS's image at the version of the catalogue, within limits", () => {
    const [container] = podOf(out).containers;
    expect(container).toMatchObject({
      image: "public.ecr.aws/neuron/neuron-device-plugin:2.32.0.0",
      env: [{ name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    });
  });

  test("meets the kubelet in its directory, and sees nothing else of the node but the settings of Neuron", () => {
    const { volumes, containers } = podOf(out);
    expect(volumes).toEqual([
      { name: "device-plugins", hostPath: { path: "/var/lib/kubelet/device-plugins" } },
      { name: "neuron-config", hostPath: { path: "/opt/aws" } },
    ]);
    expect(containers[0]!.volumeMounts).toEqual([
      { name: "device-plugins", mountPath: "/var/lib/kubelet/device-plugins" },
      { name: "neuron-config", mountPath: "/opt/aws", readOnly: true },
    ]);
  });

  test("has no capability and is not privileged", () => {
    expect(podOf(out)).toMatchObject({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } });
    expect(podOf(out).containers[0]!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ["ALL"] },
    });
  });

  test("may ask kubelets for pods and change those, look up nodes and report, and nothing else", () => {
    expect(objectOf(out, "ClusterRole")["rules"]).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch", "patch", "update"] },
      { apiGroups: [""], resources: ["nodes"], verbs: ["get"] },
      { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
      { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    ]);
    expect(objectOf(out, "ClusterRoleBinding")).toMatchObject({
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "neuron-device-plugin" },
      subjects: [{ kind: "ServiceAccount", name: "neuron-device-plugin", namespace: "kube-system" }],
    });
  });

  test("is replaced on a tenth of the nodes at a time", () => {
    expect(objectOf(out, "DaemonSet")).toMatchObject({
      spec: {
        selector: { matchLabels: LABELS },
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
        template: { metadata: { labels: LABELS } },
      },
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("helm_release")).toEqual({
      "Neuron/Objects/Resource": "helm_release.Neuron_Objects_82BE0FCD",
    });
  });
});

test("it gets past the taints of the pools' own", () => {
  const out = plugin((cluster) => {
    new NeuronNodePool(cluster, "Training", {
      ...{ cluster, poolName: "training", instanceTypes: ["trn1.32xlarge"], maxSize: 2 },
      taints: [{ key: "workload", value: "training", effect: "NoSchedule" }],
    });
  });

  expect(podOf(out).tolerations).toEqual([
    NEURON,
    { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
  ]);
});

test("of Karpenter's pools it serves those with Neuron devices, past their taints", () => {
  const taints = [{ key: "team", value: "research", effect: "NoSchedule" } as const];
  const limits = { accelerators: 4 };
  const karpenterPools = [
    defineKarpenterPool({ poolName: "burst-inf2", instanceTypes: ["inf2.xlarge"], limits, taints }).pool,
    defineKarpenterPool({ poolName: "burst-l4", instanceTypes: ["g6.xlarge"], limits }).pool,
  ];
  const pod = podOf(plugin(() => undefined, { karpenterPools }));

  expect(pod.affinity).toEqual(onPools("burst-inf2"));
  expect(pod.tolerations).toEqual([
    NEURON,
    { key: "team", operator: "Equal", value: "research", effect: "NoSchedule" },
  ]);
});

test("further pools, taints, another registry and `/run` can be given", () => {
  const team = { key: "team", operator: "Exists", effect: "NoExecute" } as const;
  const out = plugin(addNeuronPool, {
    furtherPools: ["elsewhere", "neuron"],
    imageRegistry: "registry.example.com:5000/mirror",
    tolerations: [team],
    exposeRunDirectory: true,
  });
  const { affinity, tolerations, volumes, containers } = podOf(out);

  expect(affinity).toEqual(onPools("neuron", "elsewhere"));
  expect(tolerations).toEqual([NEURON, team]);
  expect(containers[0]!.image).toBe("registry.example.com:5000/mirror/neuron/neuron-device-plugin:2.32.0.0");
  expect(volumes).toContainEqual({ name: "run", hostPath: { path: "/run" } });
  expect(containers[0]!.volumeMounts).toContainEqual({ name: "run", mountPath: "/run" });
});

test("it waits for its namespace and for what the caller names", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addNeuronPool(cluster);
    const own = new Namespace(stack, "Own", { cluster, name: "neuron", team: "ml", podSecurityLevel: "privileged" });
    const other = new Namespace(stack, "Other", { cluster, name: "other", team: "ml" });
    define(stack, cluster, { namespace: own, dependsOn: [other.resource!, ...own.ready] });
  });
  const waits = out.resource("helm_release")["depends_on"] as readonly string[];

  expect(waits).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^kubernetes_namespace_v1\.Own_/),
      expect.stringMatching(/^kubernetes_namespace_v1\.Other_/),
    ]),
  );
  expect(new Set(waits).size).toBe(waits.length);
});

describe("NeuronDevicePlugin refuses", () => {
  test("a cluster in which it would run nowhere", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    addGpuPool(cluster, "l4");

    expect(failure(() => define(stack, cluster))).toEqual({
      code: "INVALID_NEURON_DEVICE_PLUGIN_PROPS",
      message:
        "`cluster` must have a pool with AWS Inferentia or Trainium, or `furtherPools` name one: " +
        'the plugin would run nowhere, got ["l4"]\n  in test/Neuron',
    });
  });

  test.each(["", "-serving", "a b", "a".repeat(64)])("a further pool that no label can name: %j", (name) => {
    const stack = kubernetesStack();

    expect(failure(() => define(stack, importedCluster(stack), { furtherPools: ["ok", name] })).message).toBe(
      "`furtherPools` must be 1 to 63 letters, digits, - _ and . that start and end with a letter or digit, " +
        `got ${JSON.stringify([name])}\n  in test/Neuron`,
    );
  });

  test("accepts the longest name of a further pool", () => {
    const stack = kubernetesStack();

    expect(() => define(stack, importedCluster(stack), { furtherPools: ["a".repeat(63)] })).not.toThrow();
  });

  test("a registry that is not a host, with all other problems at once", () => {
    const stack = kubernetesStack();
    const options = { imageRegistry: "https://registry.example.com/" };

    expect(failure(() => define(stack, importedCluster(stack), options)).message).toBe(
      [
        "`cluster` must have a pool with AWS Inferentia or Trainium, or `furtherPools` name one: the plugin would run nowhere, got []",
        '`imageRegistry` must be a host, with a path if need be, without a slash at its end, got "https://registry.example.com/"',
        "  in test/Neuron",
      ].join("\n"),
    );
  });
});

test("what it installs is what others wait for", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack), { furtherPools: ["serving"] });

  expect(addressesOf(stack, ready)).toEqual(["helm_release.Neuron_Objects_82BE0FCD"]);
  expect(NeuronDevicePlugin.podSecurity).toBe("privileged");
});
