import { isClusterScoped } from "../../catalog";

test.each([
  ["v1", "Namespace", true],
  ["v1", "ConfigMap", false],
  ["rbac.authorization.k8s.io/v1", "ClusterRole", true],
  ["rbac.authorization.k8s.io/v1", "Role", false],
  ["karpenter.sh/v1", "NodePool", true],
  ["karpenter.sh/v1beta1", "NodePool", true],
  ["example.com/v1", "NodePool", false],
  ["kueue.x-k8s.io/v1beta1", "LocalQueue", false],
])("%s %s is cluster-scoped: %s", (apiVersion, kind, answer) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(answer);
});
