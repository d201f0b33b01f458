import { defaultTlsPolicy, takesOnlyTls12, tlsPoliciesAsOf } from "../../catalog";
import data from "../../catalog/load-balancer-tls-policies.json";

test("a policy is known by the oldest protocol it takes", () => {
  expect(takesOnlyTls12("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")).toBe(true);
  expect(takesOnlyTls12("ELBSecurityPolicy-TLS-1-1-2017-01")).toBe(false);
  expect(takesOnlyTls12("ELBSecurityPolicy-TLS14-2031-01")).toBeUndefined();
});

test("the default takes TLS 1.0", () => {
  expect(takesOnlyTls12(defaultTlsPolicy())).toBe(false);
});

test("no policy is both, and the table has a day", () => {
  expect(data.fromTls12.filter((policy) => data.older.includes(policy))).toEqual([]);
  expect(tlsPoliciesAsOf()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
