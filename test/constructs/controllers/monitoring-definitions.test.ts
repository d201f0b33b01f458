import { MonitoringDefinitions } from "../../../constructs/controllers/monitoring-definitions";
import { importedCluster } from "../../support/cluster";
import { addressesOf } from "../../support/controllers";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace, valuesOf } from "../../support/releases";

describe("MonitoringDefinitions", () => {
  test("are the definitions alone, which stay when the release goes", () => {
    const out = synthesizeKubernetes((stack) => {
      const cluster = importedCluster(stack);
      new MonitoringDefinitions(stack, "Definitions", { cluster, namespace: namespace(stack, "kube-system") });
    });
    const release = out.resource("helm_release");
    expect(release).toMatchObject({ name: "prometheus-operator-crds", namespace: "kube-system", version: "31.0.1" });
    expect(valuesOf(release)).toEqual({ crds: { annotations: { "helm.sh/resource-policy": "keep" } } });
  });

  test("are what monitors wait for", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    const definitions = new MonitoringDefinitions(stack, "Definitions", {
      cluster,
      namespace: namespace(stack, "kube-system"),
      source: { kind: "oci-mirror", address: "oci://registry.example.com/charts" },
    });
    expect(addressesOf(stack, definitions.ready)).toEqual([expect.stringMatching(/^helm_release\.Definitions_Chart_/)]);
  });
});
