import { refusal, withChange } from "../environment-fixture";

describe("pod roles", () => {
  test.each([
    {
      behaviour: "refuses a store under both read and readWrite",
      before: "",
      after: "podRoles:\n  a: {namespace: n, serviceAccount: s, read: [models], readWrite: [models]}\n",
      message:
        'dev.yaml:18 podRoles.a.read[0]: must not be under both read and readWrite; readWrite includes reading, got "models"',
    },
    {
      behaviour: "refuses a store named twice",
      before: "",
      after: "podRoles:\n  a: {namespace: n, serviceAccount: s, read: [models, models]}\n",
      message: 'dev.yaml:18 podRoles.a.read[1]: must not name a store twice, got "models"',
    },
    {
      behaviour: "refuses a store that does not exist",
      before: "",
      after: "podRoles:\n  a: {namespace: n, serviceAccount: s, read: [secrets]}\n",
      message:
        'dev.yaml:18 podRoles.a.read[0]: must be one of the allowed values, got "secrets"; allowed: datasets, artifacts, models, logs',
    },
    {
      behaviour: "refuses a name that the cluster's own roles use",
      before: "",
      after: "podRoles:\n  eks-a: {namespace: n, serviceAccount: s, read: [logs]}\n",
      message: 'dev.yaml:18 podRoles.eks-a: must not start with eks-, as roles of the platform itself do, got "eks-a"',
    },
    {
      behaviour: "refuses a role that grants nothing",
      before: "",
      after: "podRoles:\n  a: {namespace: n, serviceAccount: s}\n",
      message: "dev.yaml:18 podRoles.a: must grant something: a store under read or readWrite, database or cache",
    },
    {
      behaviour: "refuses a second role for a service account",
      before: "",
      after:
        "podRoles:\n  a: {namespace: n, serviceAccount: s, read: [logs]}\n  b: {namespace: n, serviceAccount: s, read: [logs]}\n",
      message:
        'dev.yaml:19 podRoles.b.serviceAccount: must not share its service account with podRoles.a: a service account has one role, got "n/s"',
    },
    {
      behaviour: "refuses a namespace that Kubernetes refuses",
      before: "",
      after: "podRoles:\n  a: {namespace: N_s, serviceAccount: s, read: [logs]}\n",
      message: 'dev.yaml:18 podRoles.a.namespace: must be a DNS label of at most 63 characters, got "N_s"',
    },
    {
      behaviour: "refuses a service account of 64 characters",
      before: "",
      after:
        "podRoles:\n  a: {namespace: n, serviceAccount: ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss, read: [logs]}\n",
      message:
        'dev.yaml:18 podRoles.a.serviceAccount: must be a DNS label of at most 63 characters, got "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"',
    },
    {
      behaviour: "refuses a role name that is not kebab-case, and what is wrong behind it",
      before: "",
      after: "podRoles:\n  My_Role: {namespace: n, read: [logs]}\n",
      message: [
        'dev.yaml:18 podRoles.My_Role: must be lower-case words joined by hyphens, got "My_Role"; allowed: for example training, cpu-large',
        "dev.yaml:18 podRoles.My_Role.serviceAccount: is required",
      ].join("\n"),
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts one service account name in two namespaces",
      before: "",
      after:
        "podRoles:\n  a: {namespace: n, serviceAccount: s, read: [logs]}\n  b: {namespace: m, serviceAccount: s, read: [logs]}\n",
    },
    {
      behaviour: "accepts a namespace of 63 characters",
      before: "",
      after:
        "podRoles:\n  a: {namespace: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, serviceAccount: s, read: [logs]}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});

test.each(["database", "cache"])("a role cannot use a %s that is not there", (service) => {
  const role = `podRoles: {a: {namespace: a, serviceAccount: a, ${service}: true}}\n`;
  expect(refusal(withChange("", `${role}data: {${service}: {enabled: false}}\n`))).toBe(
    `dev.yaml:17 podRoles.a.${service}: must be false while data.${service}.enabled is false, got true`,
  );
  expect(refusal(withChange("", role))).toBe("");
});

test.each([
  ["ci-runner", "start with ci-"],
  ["ecr-mirror", "start with ecr-"],
  ["rds-reader", "start with rds-"],
  ["vpc-reader", "start with vpc-"],
  ["models-replication", "end with -replication"],
])("a role cannot be called %s", (name, rule) => {
  const text = `podRoles: {${name}: {namespace: a, serviceAccount: a, read: [models]}}\n`;
  expect(refusal(withChange("", text))).toBe(
    `dev.yaml:17 podRoles.${name}: must not ${rule}, as roles of the platform itself do, got "${name}"`,
  );
});
