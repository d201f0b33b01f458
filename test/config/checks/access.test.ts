import { refusal, withChange } from "../environment-fixture";

const role = (name: string, account = "111111111111") => `arn:aws:iam::${account}:role/${name}`;
const withAccess = (lines: string) => withChange("cluster:", `cluster:\n  ${lines}`);

describe("access to the cluster", () => {
  test.each([
    [
      "a deployer who is an admin too",
      `deployers: ["${role("platform-admin")}"]`,
      `dev.yaml:10 cluster.deployers[0]: must not also be one of cluster.admins, got "${role("platform-admin")}"`,
    ],
    [
      "an editor who is a viewer too",
      `viewers: ["${role("a")}"]\n  editors: [{role: "${role("a")}", namespaces: [training]}]`,
      `dev.yaml:11 cluster.editors[0].role: must not also be one of cluster.viewers, got "${role("a")}"`,
    ],
    [
      "an editor named twice",
      `editors: [{role: "${role("a")}", namespaces: [a]}, {role: "${role("a")}", namespaces: [b]}]`,
      `dev.yaml:10 cluster.editors[1].role: must not name a role twice, got "${role("a")}"`,
    ],
    [
      "an editor of another account",
      `editors: [{role: "${role("a", "222222222222")}", namespaces: [training]}]`,
      `dev.yaml:10 cluster.editors[0].role: must be a role of the environment's own account, got "${role("a", "222222222222")}"; allowed: a role of account 111111111111`,
    ],
    [
      "an editor of no namespace",
      `editors: [{role: "${role("a")}", namespaces: []}]`,
      "dev.yaml:10 cluster.editors[0].namespaces: must name at least one namespace, got []",
    ],
    [
      "a namespace that Kubernetes refuses",
      `editors: [{role: "${role("a")}", namespaces: [Training]}]`,
      'dev.yaml:10 cluster.editors[0].namespaces[0]: must be a DNS label of at most 63 characters, got "Training"',
    ],
  ])("refuses %s", (_what, lines, message) => {
    expect(refusal(withAccess(lines))).toBe(message);
  });

  test("accepts a role in each list", () => {
    const lists = [
      `deployers: ["${role("ci")}"]`,
      `viewers: ["${role("dev")}"]`,
      `editors: [{role: "${role("team")}", namespaces: [training, serving]}]`,
    ];
    expect(refusal(withAccess(lists.join("\n  ")))).toBe("");
  });
});
