import { neuronDevicePluginImage, neuronDevicePluginRegistry, tryFindPublicRegistry } from "../../catalog";

test("the device plugin for Neuron is AWS's own image, at one version", () => {
  expect(neuronDevicePluginImage(neuronDevicePluginRegistry)).toBe(
    "public.ecr.aws/neuron/neuron-device-plugin:2.32.0.0",
  );
});

test("a registry that keeps AWS's images under a prefix has it too", () => {
  const mirror = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/ecr-public";

  expect(neuronDevicePluginImage(mirror)).toBe(`${mirror}/neuron/neuron-device-plugin:2.32.0.0`);
});

test("its registry is one that ECR can keep images of", () => {
  expect(tryFindPublicRegistry(neuronDevicePluginRegistry)).toMatchObject({ needsCredentials: false });
});
