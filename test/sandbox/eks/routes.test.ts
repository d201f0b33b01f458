import { apiModel } from "../../../sandbox/eks/model/api-model";
import { operations } from "../../../sandbox/eks/operations/registry";
import { findRoute } from "../../../sandbox/eks/routes";

test.each(Object.entries(apiModel.operations))("%s is found by its method and path", (name, { method, path }) => {
  const filled = path.replace(/\{(\w+)\}/g, (_all, param: string) => `the-${param}`);
  const params = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => [param, `the-${param}`]));
  expect(findRoute(method, filled)).toEqual({ operation: name, params });
});

test("ARNs in paths are decoded", () => {
  const path = `/clusters/a/access-entries/${encodeURIComponent("arn:aws:iam::1:role/x/Y")}/access-policies/${encodeURIComponent("arn:aws:eks::aws:cluster-access-policy/P")}`;
  expect(findRoute("delete", path)?.params).toEqual({
    name: "a",
    principalArn: "arn:aws:iam::1:role/x/Y",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/P",
  });
});

test("ARNs after /tags/ may keep their slashes", () => {
  expect(findRoute("GET", "/tags/arn:aws:eks:r:1:nodegroup/a/b/c")?.params).toEqual({
    resourceArn: "arn:aws:eks:r:1:nodegroup/a/b/c",
  });
});

test("a trailing slash changes nothing", () => {
  expect(findRoute("GET", "/clusters/")?.operation).toBe("ListClusters");
});

test.each([
  ["PUT", "/clusters"],
  ["GET", "/"],
  ["GET", "/clusters/a/b/c/d/e/f"],
  ["GET", "/nothing"],
])("%s %s is no operation", (method, path) => {
  expect(findRoute(method, path)).toBe(undefined);
});

test("a path with a broken escape is taken as it is", () => {
  expect(findRoute("GET", "/clusters/%zz")?.params).toEqual({ name: "%zz" });
});

test("every operation that is carried out is in the model with its input", () => {
  const withInput = Object.entries(apiModel.operations).filter(([, { input }]) => input !== undefined);
  expect(Object.keys(operations).sort()).toEqual(withInput.map(([name]) => name).sort());
});

test("reads are GET or describe; everything else mutates", () => {
  for (const [name, { mutates }] of Object.entries(operations)) {
    expect([name, mutates]).toEqual([name, !/^(Describe|List)/.test(name)]);
  }
});
