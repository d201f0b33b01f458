import fc from "fast-check";
import { POLICIES_IN_PROSE, POLICIES_WITH_RULES, policyAllows } from "../../../sandbox/access/access-policies";
import type { AccessWish } from "../../../sandbox/access/access-policies";
import eksPolicies from "../../../sandbox/eks/model/access-policies.json";
import { policyArn } from "./clusters";

/** `get pods in team-a`, `list nodes`, `get /metrics`; a group stands before the resource, as in `apps/deployments`. */
function wish(text: string): AccessWish {
  const [verb = "", what = "", , namespace = ""] = text.split(" ");
  if (what.startsWith("/")) return { nonResource: { path: what, verb } };
  const [, group = "", resource = ""] = /^(?:([a-z0-9.]+):)?(.*)$/.exec(what) ?? [];
  return { resource: { verb, group, resource, namespace } };
}

const allows = (name: string, text: string, ...namespaces: string[]): boolean =>
  policyAllows({ policyArn: policyArn(name), namespaces }, wish(text));

test("every policy that EKS has is known here", () => {
  expect([...POLICIES_WITH_RULES, ...POLICIES_IN_PROSE].sort()).toEqual(eksPolicies.names);
});

test.each([
  ["AmazonEKSClusterAdminPolicy", "delete nodes"],
  ["AmazonEKSClusterAdminPolicy", "create pods/eviction in team-a"],
  ["AmazonEKSClusterAdminPolicy", "get /metrics"],
  ["AmazonEKSAdminPolicy", "create rbac.authorization.k8s.io:rolebindings in team-a"],
  ["AmazonEKSAdminPolicy", "get secrets in team-a"],
  ["AmazonEKSAdminPolicy", "create pods/exec in team-a"],
  ["AmazonEKSAdminPolicy", "create authorization.k8s.io:localsubjectaccessreviews in team-a"],
  ["AmazonEKSEditPolicy", "create apps:deployments in team-a"],
  ["AmazonEKSEditPolicy", "patch apps:deployments/scale in team-a"],
  ["AmazonEKSEditPolicy", "impersonate serviceaccounts in team-a"],
  ["AmazonEKSViewPolicy", "list pods in team-a"],
  ["AmazonEKSViewPolicy", "get pods/log in team-a"],
  ["AmazonEKSViewPolicy", "watch batch:jobs in team-a"],
  ["AmazonEKSAdminViewPolicy", "get secrets in team-a"],
  ["AmazonEKSAdminViewPolicy", "list nodes"],
  ["AmazonEKSAdminViewPolicy", "watch kueue.x-k8s.io:workloads in team-a"],
  ["AmazonEKSSecretReaderPolicy", "list secrets in team-a"],
  ["AmazonEKSHybridPolicy", "list nodes"],
])("%s allows: %s", (name, text) => {
  expect(allows(name, text)).toBe(true);
});

test.each([
  ["AmazonEKSClusterAdminPolicyX", "get pods in team-a"],
  ["AmazonEKSAdminPolicy", "create rbac.authorization.k8s.io:clusterroles"],
  ["AmazonEKSAdminPolicy", "get nodes"],
  ["AmazonEKSAdminPolicy", "get kueue.x-k8s.io:workloads in team-a"],
  ["AmazonEKSAdminPolicy", "get /metrics"],
  ["AmazonEKSEditPolicy", "create rbac.authorization.k8s.io:rolebindings in team-a"],
  ["AmazonEKSEditPolicy", "create namespaces"],
  ["AmazonEKSViewPolicy", "get secrets in team-a"],
  ["AmazonEKSViewPolicy", "create pods in team-a"],
  ["AmazonEKSViewPolicy", "create pods/exec in team-a"],
  ["AmazonEKSViewPolicy", "get extensions:pods in team-a"],
  ["AmazonEKSAdminViewPolicy", "update pods in team-a"],
  ["AmazonEKSAdminViewPolicy", "get /metrics"],
  ["AmazonEKSSecretReaderPolicy", "get configmaps in team-a"],
  ["AmazonEKSSecretReaderPolicy", "update secrets in team-a"],
  ["AmazonEKSHybridPolicy", "get nodes"],
  ...POLICIES_IN_PROSE.map((name) => [name, "get coordination.k8s.io:leases in kube-system"]),
])("%s does not allow: %s", (name = "", text = "") => {
  expect(allows(name, text)).toBe(false);
});

describe("a scope of namespaces", () => {
  test.each([
    ["team-a", "get pods in team-a", true],
    ["team-a", "get pods in team-ab", false],
    ["team-*", "get pods in team-ab", true],
    ["*-a", "get pods in team-a", true],
    ["team-*-prod", "get pods in team-a-prod", true],
    ["team-*-prod", "get pods in team-a-dev", false],
    ["*", "get pods in anything", true],
    ["team.a", "get pods in team-a", false],
    ["*", "list nodes", false],
    ["*", "get /metrics", false],
    // The API server asks for a namespace itself as an object in it.
    ["team-a", "get namespaces in team-a", true],
  ])("%s: %s %s", (pattern, text, allowed) => {
    expect(allows("AmazonEKSClusterAdminPolicy", text, pattern)).toBe(allowed);
  });

  test("has any of its namespaces", () => {
    expect(allows("AmazonEKSViewPolicy", "get pods in b", "a", "b")).toBe(true);
  });
});

test("a pattern without * is its own namespace and no other, and no pattern fails", () => {
  const namespace = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  fc.assert(
    fc.property(namespace, namespace, fc.string({ minLength: 1 }), (pattern, name, anything) => {
      expect(allows("AmazonEKSViewPolicy", `get pods in ${name}`, pattern)).toBe(pattern === name);
      expect(typeof allows("AmazonEKSViewPolicy", `get pods in ${name}`, anything)).toBe("boolean");
    }),
  );
});
