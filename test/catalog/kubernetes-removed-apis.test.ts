import { removedKubernetesApi, removedKubernetesKinds } from "../../catalog";

test.each([
  ["policy/v1beta1", "PodDisruptionBudget", "1.25", "policy/v1"],
  ["policy/v1beta1", "PodSecurityPolicy", "1.25", null],
  ["extensions/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26", "autoscaling/v2"],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.32", "flowcontrol.apiserver.k8s.io/v1"],
])("%s %s is gone since %s", (apiVersion, kind, removedIn, replacement) => {
  expect(removedKubernetesApi(apiVersion, kind)).toMatchObject({ removedIn, replacement });
});

test("what is served is not among them", () => {
  expect(removedKubernetesApi("policy/v1", "PodDisruptionBudget")).toBeUndefined();
  expect(removedKubernetesApi("storage.k8s.io/v1beta1", "Deployment")).toBeUndefined();
});

test("no replacement is itself gone", () => {
  for (const kind of removedKubernetesKinds())
    for (const version of ["v1beta1", "v1beta2", "v1beta3", "v2beta1", "v2beta2"])
      for (const group of [
        "apps",
        "extensions",
        "policy",
        "autoscaling",
        "flowcontrol.apiserver.k8s.io",
        "storage.k8s.io",
      ]) {
        const replacement = removedKubernetesApi(`${group}/${version}`, kind)?.replacement;
        if (typeof replacement === "string") expect(removedKubernetesApi(replacement, kind)).toBeUndefined();
      }
});
