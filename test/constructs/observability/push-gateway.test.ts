import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { PushGateway, type PushGatewayProps } from "../../../constructs/observability/push-gateway";
import { importedCluster } from "../../support/cluster";
import { addressesOf, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf } from "../../support/releases";

type Options = Partial<Omit<PushGatewayProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): PushGateway {
  return new PushGateway(stack, "PushGateway", { cluster, namespace: namespace(stack, "monitoring"), ...options });
}

const labelled = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
const pods = { matchLabels: { "app.kubernetes.io/name": "push-gateway" } };

describe("a push gateway with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const { metadata, spec } = out.resource("kubernetes_deployment_v1") as unknown as DeploymentJson;
  const [policy, monitor] = objectsOf(out.resource("helm_release"));

  test("is one pod of the catalogue's image that a new one replaces, and that is not moved to save nodes", () => {
    const [container] = spec.template.spec.container;
    expect([metadata.name, spec.replicas, spec.strategy]).toEqual(["push-gateway", "1", { type: "Recreate" }]);
    expect(container).toMatchObject({
      image: "quay.io/prometheus/pushgateway:v1.11.3",
      args: ["--web.listen-address=:9091", "--log.format=json"],
      readiness_probe: { http_get: { path: "/-/ready", port: "http" } },
      liveness_probe: { http_get: { path: "/-/healthy", port: "http" } },
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "64Mi" } },
      security_context: { read_only_root_filesystem: true },
    });
    expect(spec.template.metadata.annotations).toMatchObject({ "karpenter.sh/do-not-disrupt": "true" });
  });

  test("is reached by pods of its namespace on its port, and by no others", () => {
    expect(policy).toMatchObject({
      kind: "NetworkPolicy",
      spec: {
        podSelector: pods,
        policyTypes: ["Ingress"],
        ingress: [{ from: [labelled("monitoring")], ports: [{ port: 9091, protocol: "TCP" }] }],
      },
    });
  });

  test("is scraped with the labels that were pushed, and without those of its pod", () => {
    expect(monitor).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      spec: {
        selector: pods,
        endpoints: [
          {
            port: "http",
            honorLabels: true,
            relabelings: [{ action: "labeldrop", regex: "pod|container|endpoint|service" }],
          },
        ],
      },
    });
  });

  test("is found under its service's name", () => {
    const stack = kubernetesStack();
    const gateway = define(stack, importedCluster(stack));
    expect(gateway.url).toBe("http://push-gateway.monitoring.svc.cluster.local:9091");
    expect(addressesOf(stack, gateway.ready).map((address) => address.split(".")[0])).toEqual([
      "kubernetes_deployment_v1",
      "helm_release",
    ]);
    expect([PushGateway.podSecurity, PushGateway.port]).toEqual(["restricted", 9091]);
  });
});

test("a push gateway with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    define(stack, cluster, {
      clients: [namespace(stack, "models")],
      image: "registry.example.com/pushgateway:1.0.0",
      pool: systemPool(cluster),
      resources: { cpu: "50m", memory: "128Mi" },
    });
  });
  const [policy] = objectsOf(out.resource("helm_release"));
  expect(policy).toMatchObject({ spec: { ingress: [{ from: [labelled("monitoring"), labelled("models")] }] } });
  const { spec } = out.resource("kubernetes_deployment_v1") as unknown as DeploymentJson;
  expect(spec.template.spec.container[0]).toMatchObject({
    image: "registry.example.com/pushgateway:1.0.0",
    resources: { requests: { cpu: "50m", memory: "128Mi" } },
  });
  expect(spec.template.spec.node_selector).toMatchObject({ "flightdeck.dev/pool": "system" });
});

test("a push gateway reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const models = namespace(stack, "models");
  const clients = [models, models];
  expect(failure(() => define(stack, cluster, { pool: addGpuPool(cluster, "l4"), clients }))).toEqual({
    code: "INVALID_PUSH_GATEWAY_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`clients[1]` must be a namespace that may not push yet, got "models"',
      "  in test/PushGateway",
    ].join("\n"),
  });
});

test("a push gateway that is defined elsewhere has an address without a path", () => {
  const stack = kubernetesStack();
  const imported = (id: string, url: string) => PushGateway.fromPushGatewayAttributes(stack, id, { url });
  expect(imported("Good", "https://push.example.com").url).toBe("https://push.example.com");
  expect(failure(() => imported("Bad", "push.example.com/metrics"))).toEqual({
    code: "INVALID_PUSH_GATEWAY_ATTRIBUTES",
    message: [
      '`url` must be http:// or https://, a host and at will a port, without a path, got "push.example.com/metrics"',
      "  in test/Bad",
    ].join("\n"),
  });
});

interface DeploymentJson {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: string;
    readonly strategy: unknown;
    readonly template: {
      readonly metadata: { readonly annotations: unknown };
      readonly spec: { readonly container: readonly unknown[]; readonly node_selector: unknown };
    };
  };
}
