import { ModelServerMonitor } from "../../../constructs/observability/model-server-monitor";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace, objectsOf } from "../../support/releases";

const MINIMAL = synthesizeKubernetes((stack) => {
  new ModelServerMonitor(stack, "ModelServers", { namespace: namespace(stack, "monitoring") });
});

test("one monitor scrapes every model server of the cluster, whatever serves it", () => {
  const release = MINIMAL.resource("helm_release");
  expect(release).toMatchObject({ name: "model-servers", namespace: "monitoring" });
  expect(objectsOf(release)).toMatchObject([
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: "model-servers" },
      spec: {
        namespaceSelector: { any: true },
        selector: {
          matchExpressions: [
            {
              key: "flightdeck.dev/serving-engine",
              operator: "In",
              values: ["fastapi", "kserve", "ray-serve", "triton", "vllm"],
            },
            { key: "flightdeck.dev/model-service", operator: "Exists" },
          ],
        },
        sampleLimit: 20_000,
      },
    },
  ]);
});

test("series say which service they are of, what serves it, and whether it is the stable version", () => {
  const [monitor] = objectsOf(MINIMAL.resource("helm_release"));
  const { podMetricsEndpoints } = monitor?.["spec"] as { podMetricsEndpoints: Record<string, unknown>[] };
  const [endpoint] = podMetricsEndpoints;
  expect(endpoint).toMatchObject({ port: "metrics", path: "/metrics" });
  expect(endpoint).not.toHaveProperty("interval");
  expect(endpoint?.["relabelings"]).toEqual([
    { action: "replace", targetLabel: "job", replacement: "model-servers" },
    from("model_service", "model_service"),
    from("serving_engine", "serving_engine"),
    { action: "replace", targetLabel: "variant", replacement: "stable" },
    { ...from("variant", "variant"), regex: "(.+)" },
  ]);
});

test("interval and limit of series are as given, and the definitions stand before it", () => {
  const out = synthesizeKubernetes((stack) => {
    const own = namespace(stack, "monitoring");
    const first = new ModelServerMonitor(stack, "First", { namespace: namespace(stack, "other") });
    const options = { scrapeIntervalSeconds: 15, seriesPerPod: 50_000, dependsOn: [first.resource] };
    new ModelServerMonitor(stack, "ModelServers", { namespace: own, ...options });
  });
  const release = out.resource("helm_release", "ModelServers/Monitor/Resource");
  expect(objectsOf(release)).toMatchObject([
    { spec: { sampleLimit: 50_000, podMetricsEndpoints: [{ interval: "15s" }] } },
  ]);
  expect(release["depends_on"]).toHaveLength(1);
});

test.each([
  [10, 1000],
  [120, 200_000],
])("an interval of %d seconds and %d series are taken", (scrapeIntervalSeconds, seriesPerPod) => {
  const out = synthesizeKubernetes((stack) => {
    const props = { namespace: namespace(stack, "monitoring"), scrapeIntervalSeconds, seriesPerPod };
    new ModelServerMonitor(stack, "ModelServers", props);
  });
  expect(objectsOf(out.resource("helm_release", "ModelServers/Monitor/Resource"))).toMatchObject([
    { spec: { sampleLimit: seriesPerPod, podMetricsEndpoints: [{ interval: `${scrapeIntervalSeconds}s` }] } },
  ]);
});

test.each([
  [9, 999],
  [121, 200_001],
])("an interval of %d seconds and %d series are refused", (scrapeIntervalSeconds, seriesPerPod) => {
  const stack = kubernetesStack();
  const props = { namespace: namespace(stack, "monitoring"), scrapeIntervalSeconds, seriesPerPod };
  expect(failure(() => new ModelServerMonitor(stack, "ModelServers", props))).toEqual({
    code: "INVALID_MODEL_SERVER_MONITOR_PROPS",
    message: [
      `\`scrapeIntervalSeconds\` must be whole seconds, 10 to 120, got ${scrapeIntervalSeconds}`,
      `\`seriesPerPod\` must be a whole number, 1000 to 200000, got ${seriesPerPod}`,
      "  in test/ModelServers",
    ].join("\n"),
  });
});

function from(targetLabel: string, label: string) {
  return { action: "replace", sourceLabels: [`__meta_kubernetes_pod_label_flightdeck_dev_${label}`], targetLabel };
}
