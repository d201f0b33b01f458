import { supportNotice } from "../../../../constructs/cluster/private/support-notice";

jest.mock("../../../../catalog/kubernetes-versions.json", () => ({
  asOf: "2026-06-01",
  source: "made up",
  versions: [
    version("1.4", "2026-08-31"),
    version("1.3", "2026-08-30"),
    version("1.2", "2026-06-01"),
    version("1.1", "2026-05-31"),
  ],
}));

function version(name: string, standardSupportUntil: string) {
  return { version: name, released: "2025-06-01", standardSupportUntil, extendedSupportUntil: "2027-08-31" };
}

test("a version with more than ninety days of standard support is passed over", () => {
  expect(supportNotice("1.4", "STANDARD")).toBeUndefined();
});

test("with ninety days or less it is said what happens then, by the kind of support chosen", () => {
  expect(supportNotice("1.3", "STANDARD")).toBe(
    "Kubernetes 1.3 (as of 2026-06-01): standard support ends on 2026-08-30; then EKS upgrades the control plane by itself",
  );
  expect(supportNotice("1.2", "EXTENDED")).toBe(
    "Kubernetes 1.2 (as of 2026-06-01): standard support ends on 2026-06-01; then it costs six times as much",
  );
});

test("past standard support it is said what that costs and how long it lasts", () => {
  expect(supportNotice("1.1", "EXTENDED")).toBe(
    "Kubernetes 1.1 (as of 2026-06-01): standard support ended on 2026-05-31, the control plane costs six times as much; " +
      "EKS upgrades it by itself after 2027-08-31",
  );
});
