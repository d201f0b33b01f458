import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ManifestObject } from "../../../constructs/kubernetes/manifest-object";
import { ManifestSet, type ManifestSetProps } from "../../../constructs/kubernetes/manifest-set";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { synth } from "../../support/synth";

const POOL: ManifestObject = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "gpu" },
  spec: { weight: 10, note: "{{ .Values.x }} ${y}" },
};
const PROPS: ManifestSetProps = { name: "pools", namespace: "kube-system", objects: [POOL] };
const named = (name: string, more: Partial<ManifestObject> = {}): ManifestObject => ({
  ...POOL,
  metadata: { name },
  ...more,
});

const release = (props: Partial<ManifestSetProps> = {}) =>
  synthesizeKubernetes((stack) => {
    new ManifestSet(stack, "Set", { ...PROPS, ...props });
  }).resource("helm_release");
const refused = (props: Partial<ManifestSetProps>) =>
  failure(() => new ManifestSet(kubernetesStack(), "Set", { ...PROPS, ...props }));
const refusedObject = (object: unknown) => refused({ objects: [object as ManifestObject] });
const message = (...lines: string[]) => ({
  code: "INVALID_MANIFEST_SET_PROPS",
  message: [...lines, "  in test/Set"].join("\n"),
});

describe("ManifestSet with minimal props", () => {
  test("is a release of the project's own chart, with the objects as its values", () => {
    expect(release()).toEqual({
      name: "pools",
      namespace: "kube-system",
      create_namespace: false,
      chart: expect.stringMatching(/^assets\/ManifestChart\/[0-9A-F]{32}$/) as unknown,
      values: [
        String.raw`{"objects":[{"apiVersion":"karpenter.sh/v1","kind":"NodePool","metadata":{"name":"gpu"},"spec":{"weight":10,"note":"{{ .Values.x }} \u0024{y}"}}]}`,
      ],
      timeout: 600,
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      max_history: 5,
    });
  });

  test("keeps its address", () => {
    const out = synthesizeKubernetes((stack) => {
      new ManifestSet(stack, "Pools", PROPS);
    });
    expect(out.addresses("helm_release")).toEqual({ "Pools/Resource": "helm_release.Pools_61245744" });
  });
});

test("ManifestSet takes every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const first = new ManifestSet(stack, "First", PROPS);
    new ManifestSet(stack, "Second", {
      ...PROPS,
      name: "more",
      objects: [],
      timeoutSeconds: 60,
      dependsOn: [first.resource],
    }).add(POOL);
  });
  expect(out.resource("helm_release", "Second/Resource")).toMatchObject({
    name: "more",
    timeout: 60,
    depends_on: [out.addresses("helm_release")["First/Resource"]],
  });
});

describe("the chart", () => {
  const FOLDER = join(__dirname, "../../../constructs/kubernetes/manifest-chart");

  test("is one for all sets of a stack", () => {
    const out = synthesizeKubernetes((stack) => {
      new ManifestSet(stack, "One", PROPS);
      new ManifestSet(stack, "Other", { ...PROPS, name: "other" });
    });
    const charts = Object.values(out.resources("helm_release")).map((found) => found["chart"]);
    expect(new Set(charts).size).toBe(1);
  });

  test("has one template, which prints the objects and runs nothing of them", () => {
    expect(readFileSync(join(FOLDER, "templates/objects.yaml"), "utf8")).toBe(
      "{{- range .Values.objects }}\n---\n{{ toYaml . }}\n{{- end }}\n",
    );
  });
});

describe("objects", () => {
  test("can be added until synthesis, in order", () => {
    const stack = kubernetesStack();
    const set = new ManifestSet(stack, "Set", { ...PROPS, objects: undefined });
    set.add(named("b"));
    set.add(named("a"));
    expect(set.objects.map(({ metadata }) => metadata.name)).toEqual(["b", "a"]);
    expect(String(synth(stack).resource("helm_release")["values"])).toMatch(/"b".*"a"/);
    expect([set.releaseName, set.namespaceName]).toEqual(["pools", "kube-system"]);
  });

  test("may hold references to other stacks, but not in their names", () => {
    const stack = kubernetesStack();
    const other = new TerraformStack(stack.node.root, "other");
    const role = new TerraformVariable(other, "Role", { type: "string" }).stringValue;
    new ManifestSet(stack, "Set", { ...PROPS, objects: [named("gpu", { spec: { role } })] });
    stack.prepareStack();
    expect(String(synth(stack).resource("helm_release")["values"])).toContain(
      '"role":"${data.terraform_remote_state.cross-stack-reference-input-other.outputs.',
    );
    expect(refusedObject(named(role)).message).toContain('got "a value known only after apply"');
  });

  test.each([
    [
      "without a version",
      { ...POOL, apiVersion: undefined },
      "`objects[0].apiVersion` must be `v1` or a group and a version, such as `karpenter.sh/v1`, got nothing",
    ],
    [
      "with a group only",
      { ...POOL, apiVersion: "karpenter.sh" },
      '`objects[0].apiVersion` must be `v1` or a group and a version, such as `karpenter.sh/v1`, got "karpenter.sh"',
    ],
    [
      "without a kind",
      { ...POOL, kind: "nodePool" },
      '`objects[0].kind` must be a kind, such as `NodePool`, got "nodePool"',
    ],
    [
      "without a name",
      { ...POOL, metadata: undefined },
      "`objects[0].metadata.name` must be lower-case letters, digits, hyphens and dots, at most 253 characters, got nothing",
    ],
    [
      "with a name Kubernetes refuses",
      named("GPU"),
      '`objects[0].metadata.name` must be lower-case letters, digits, hyphens and dots, at most 253 characters, got "GPU"',
    ],
    [
      "of RBAC with a slash in the name",
      named("a/b", { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" }),
      '`objects[0].metadata.name` must be a name without slashes, spaces and percent signs, at most 253 characters, got "a/b"',
    ],
    [
      "in a namespace Kubernetes refuses",
      { ...POOL, metadata: { name: "a", namespace: "A" } },
      '`objects[0].metadata.namespace` must be lower-case letters, digits and hyphens, at most 63 characters, got "A"',
    ],
    [
      "that are hooks",
      { ...POOL, metadata: { name: "a", annotations: { "helm.sh/hook": "pre-install" } } },
      '`objects[0].metadata.annotations` must not be a hook: Helm makes hooks apart from the release and does not keep them, got "helm.sh/hook"',
    ],
    [
      "that are secrets",
      { apiVersion: "v1", kind: "Secret", metadata: { name: "a" }, stringData: { password: "hunter2" } },
      '`objects[0]` must not hold a secret: External Secrets brings it, so that it is in no state and in no values, got "keys password"',
    ],
    [
      "that hold a secret",
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { "db.password": "hunter2" } },
      '`objects[0].data.db\\.password` must not hold a secret by its name: name an existing Kubernetes secret instead, which External Secrets brings, got "a hidden value (7 characters)"',
    ],
    [
      "with a number that is known only after apply",
      named("a", { spec: { weight: Token.asNumber({ resolve: () => 1, creationStack: [] }) } }),
      '`objects[0].spec.weight` must not be a number, list or map that is known only after apply: only text can be, got "a value known only after apply"',
    ],
    [
      "with a character that Helm loses",
      named("a", { spec: { note: "\ufeffx" } }),
      '`objects[0].spec.note` must be text that Helm can carry, got "text with the character U+FEFF"',
    ],
  ])("%s are refused", (_case, object, line) => {
    expect(refusedObject(object)).toEqual(message(line));
  });

  test("of External Secrets say which key a value becomes; elsewhere a key of that name is a secret", () => {
    const data = [{ secretKey: "chat-url", remoteRef: { key: "atlas/dev/alerting", property: "chat" } }];
    expect(() => release({ objects: [named("alerts", { spec: { data } })] })).not.toThrow();
    const spec = { data: [{ secretKey: "chat-url" }] };
    expect(refusedObject(named("alerts", { spec })).message).toMatch(
      /^`objects\[0\]\.spec\.data\[0\]\.secretKey` must not hold a secret by its name/,
    );
  });

  test("of RBAC may have a colon in the name, secrets may be empty", () => {
    const role = named("system:nodes", { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" });
    const token = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "token" },
      type: "kubernetes.io/service-account-token",
    };
    expect(() => release({ objects: [role, token] })).not.toThrow();
  });

  test("are the same in another version, or in the set's own namespace", () => {
    const twin = { ...POOL, apiVersion: "karpenter.sh/v1beta1", metadata: { name: "gpu", namespace: "kube-system" } };
    expect(refused({ objects: [POOL, twin] })).toEqual(
      message('`objects[1]` must be in the set once, got "NodePool kube-system/gpu"'),
    );
    const set = new ManifestSet(kubernetesStack(), "Set", PROPS);
    expect(failure(() => set.add(POOL))).toEqual({
      code: "INVALID_MANIFEST_OBJECT",
      message: '`object` must be in the set once, got "NodePool kube-system/gpu"\n  in test/Set',
    });
    expect(() =>
      release({ objects: [POOL, { ...POOL, metadata: { name: "gpu", namespace: "other" } }] }),
    ).not.toThrow();
  });

  test.each([
    ["name", "Pools", "must be lower-case letters, digits and hyphens, at most 53 characters"],
    ["namespace", "", "must be lower-case letters, digits and hyphens, at most 63 characters"],
    ["timeoutSeconds", 3601, "must be a whole number from 1 to 3600"],
  ])("are refused in a release with %s %j", (prop, got, rule) => {
    expect(refused({ [prop]: got })).toEqual(message(`\`${prop}\` ${rule}, got ${JSON.stringify(got)}`));
  });
});

describe("the whole set is refused", () => {
  const problemsOf = (objects: readonly ManifestObject[]) => {
    const stack = kubernetesStack();
    new ManifestSet(stack, "Set", { ...PROPS, objects });
    return () => Testing.synth(stack, true);
  };

  test("when it is empty", () => {
    expect(problemsOf([])).toThrow("[test/Set] the set must hold at least one object");
  });

  test("when it defines a kind and uses it", () => {
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "nodepools.karpenter.sh" },
      spec: { group: "karpenter.sh", names: { kind: "NodePool" } },
    };
    expect(problemsOf([definition, POOL])).toThrow(
      "[test/Set] NodePool gpu must be in another set than the definition of its kind: Helm looks kinds up before it makes anything",
    );
    expect(problemsOf([definition, named("a", { kind: "NodeClass" })])).not.toThrow();
  });

  test("when Helm could not keep it in one secret", () => {
    const data = (bytes: number) => [
      named("a", { apiVersion: "v1", kind: "ConfigMap", spec: { x: randomBytes(bytes).toString("base64") } }),
    ];
    expect(problemsOf(data(390_000))).toThrow(
      /\[test\/Set\] the objects must be at most 385024 bytes when compressed, so that Helm can keep the release in one secret, got \d+: make two sets of them/,
    );
    expect(problemsOf(data(370_000))).not.toThrow();
  });
});
