import { buildGraph } from "../../../policy/engine/build-graph";
import type { Example, Rule } from "../../../policy/engine/rule";
import { readTerraformJson } from "../../../policy/inputs/terraform-json";
import { helmAtomic } from "../../../policy/rules/helm/helm-atomic";
import { helmCatalogVersion } from "../../../policy/rules/helm/helm-catalog-version";
import { helmCleanupOnFail } from "../../../policy/rules/helm/helm-cleanup-on-fail";
import { helmControllerReplicas } from "../../../policy/rules/helm/helm-controller-replicas";
import { helmDefinitionsInstalled } from "../../../policy/rules/helm/helm-definitions-installed";
import { helmGrafanaPassword } from "../../../policy/rules/helm/helm-grafana-password";
import { helmImageTags } from "../../../policy/rules/helm/helm-image-tags";
import { helmKnownValues } from "../../../policy/rules/helm/helm-known-values";
import { helmMetricsRetention } from "../../../policy/rules/helm/helm-metrics-retention";
import { helmMlflowArtifacts } from "../../../policy/rules/helm/helm-mlflow-artifacts";
import { helmNoSecretInValues } from "../../../policy/rules/helm/helm-no-secret-in-values";
import { helmVersionPinned } from "../../../policy/rules/helm/helm-version-pinned";
import { helmRelease } from "../../../policy/rules/helm/private/example-release";
import { releaseValues } from "../../../policy/rules/helm/private/release-values";
import { findChart } from "../../../catalog";
import { answersOf } from "./answers-of";

type Fields = Readonly<Record<string, unknown>>;

/** What a rule says of a release. */
function ask(rule: Rule, args: Fields, values?: Fields, about: Omit<Example, "terraform"> = {}): readonly string[] {
  const { resource } = helmRelease(args, ...(values ? [values] : []));
  return answersOf(rule, resource!, about);
}

describe("values of a release", () => {
  const valuesOf = (args: Fields) => {
    const stack = readTerraformJson(JSON.stringify(helmRelease(args)), { stack: "s" });
    return releaseValues(buildGraph({ stacks: [stack], objects: [], changes: [] }).resources[0]!);
  };

  test("later documents and settings go over earlier ones, and null takes away", () => {
    const { root, complete } = valuesOf({
      values: ["a: {b: 1, c: 2}\nd: old\n", '{"a":{"b":null},"d":"new"}'],
      set: [
        { name: "a.c", value: "3" },
        { name: "e\\.f.g", value: "true", type: "string" },
      ],
    });
    expect([root.at("a.b").absent, root.at("a.c").literal, root.at("d").literal]).toEqual([true, 3, "new"]);
    expect(root.at(["e.f", "g"]).literal).toBe("true");
    expect(complete).toBe(true);
  });

  test("an expression hides what it stands for and nothing else", () => {
    const { root, complete } = valuesOf({
      values: ['name: "${lookup(var.names, "a}b")}-x"\nreplicas: ${var.replicas}\nport: 80\n'],
    });
    expect([root.at("name").unknown, root.at("name").text]).toEqual([true, '${lookup(var.names, "a}b")}-x']);
    expect(root.at("replicas").unknown).toBe(true);
    expect(root.at("port").literal).toBe(80);
    expect(complete).toBe(true);
  });

  test.each(["${file(var.path)}", "${yamlencode(local.values)}", "%{ if var.a }a: 1%{ endif }"])(
    "of %s nothing is known",
    (text) => {
      expect(valuesOf({ values: [text] }).complete).toBe(false);
    },
  );

  test("a setting in a list changes that element", () => {
    const { root } = valuesOf({ values: ["hosts: [a, b]\n"], set: { name: "hosts[1]", value: "c" } });
    expect(root.at("hosts").literal).toEqual(["a", "c"]);
  });
});

describe("versions", () => {
  test.each([
    [">= 1.2.0", "fail"],
    ["1.2", "fail"],
    ["^1.2.3", "fail"],
    ["1.x", "fail"],
    ["v0.5.30", "pass"],
    ["1.2.3-rc.1", "pass"],
    ["2026.8.18172642", "pass"],
  ])("%s: %s", (version, outcome) => {
    expect(ask(helmVersionPinned, { version })[0]).toMatch(new RegExp(`^${outcome}`));
  });

  test("a chart in a folder is at the version it is at", () => {
    const folder = { chart: "./charts/router", repository: undefined, version: undefined };
    expect(ask(helmVersionPinned, folder)).toEqual(["not applicable"]);
  });

  test("a range is no second finding", () => {
    expect(ask(helmCatalogVersion, { chart: "metrics-server", version: "3.x" })).toEqual(["not applicable"]);
  });

  test("a chart by its whole address is known by its last part", () => {
    const chart = "oci://public.ecr.aws/karpenter/karpenter";
    expect(ask(helmCatalogVersion, { chart, repository: undefined, version: "0.1.0" })[0]).toMatch(
      /^fail: `version` must be 1\./,
    );
  });
});

describe("secrets", () => {
  test("a finding names the place and hides what stands there", () => {
    expect(ask(helmNoSecretInValues, {}, { auth: { clientSecret: "correct-horse" } })).toEqual([
      "fail: `values.auth.clientSecret` must not hold a secret, got a hidden value (13 characters): one by its name",
    ]);
  });

  test.each([
    ["the name of a secret", { auth: { existingSecret: "db", passwordKey: "password" } }],
    ["no password at all", { auth: { password: "" } }],
    ["a reference to another kind of thing", { bucket: "${aws_s3_bucket.b.id}" }],
    ["a variable that comes from a secret", { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: {} } }] }],
    ["the number of tokens", { maxTokens: 4096, tokenizer: "bpe" }],
  ])("%s is none", (_what, values) => {
    expect(ask(helmNoSecretInValues, {}, values)).toEqual(["pass"]);
  });

  test.each([
    ["a variable", { env: [{ name: "DB_PASSWORD", value: "correct-horse" }] }],
    ["a reference to a password", { dsn: "${random_password.db.result}" }],
    ["a URL", { uri: "postgres://mlflow:correct-horse@db/mlflow" }],
  ])("%s can be one", (_what, values) => {
    expect(ask(helmNoSecretInValues, {}, values)[0]).toMatch(/^fail/);
  });

  test("a setting is looked into as a value is, and one made for secrets may hold a reference only", () => {
    expect(ask(helmNoSecretInValues, { set: [{ name: "db.password", value: "correct-horse" }] })).toHaveLength(1);
    expect(ask(helmNoSecretInValues, { set_sensitive: [{ name: "a", value: "${var.secret}" }] })).toEqual(["pass"]);
    expect(ask(helmNoSecretInValues, { set_sensitive: [{ name: "a", value: "plain" }] })[0]).toMatch(
      /^fail: `set_sensitive/,
    );
  });

  test("the password of Grafana is found once, by the rule for it", () => {
    const chart = "kube-prometheus-stack";
    const values = { grafana: { adminPassword: "correct-horse" } };
    expect(ask(helmNoSecretInValues, { chart }, values)).toEqual(["pass"]);
    expect(ask(helmGrafanaPassword, { chart }, values)).toEqual([
      "fail: `values.grafana.adminPassword` must not be set, got a hidden value (13 characters): name a Secret in `values.grafana.admin.existingSecret`",
    ]);
    expect(ask(helmGrafanaPassword, { chart }, {})[0]).toContain("the chart's own password is public");
    expect(ask(helmGrafanaPassword, { chart }, { grafana: { enabled: false } })).toEqual(["not applicable"]);
  });
});

describe("keys of charts", () => {
  const { version } = findChart("metrics-server");

  test("the nearest key is named", () => {
    expect(ask(helmKnownValues, { chart: "metrics-server", version }, { replica: 2 })).toEqual([
      `fail: \`values.replica\` must be a key of the chart, such as \`replicas\`: metrics-server ${version} does not take it`,
    ]);
  });

  test("at another version nothing is said", () => {
    expect(ask(helmKnownValues, { chart: "metrics-server", version: "3.0.0" }, { replica: 2 })).toEqual([
      "not applicable",
    ]);
  });
});

describe("what charts are for", () => {
  test.each([
    ["2w", "pass"],
    ["360h", "pass"],
    ["14d23h", "fail"],
    [undefined, "fail"],
  ])("a stack that keeps %s in production: %s", (retention, outcome) => {
    const values = { prometheus: { prometheusSpec: { retention } } };
    const stage = retention === "2w" ? "staging" : "prod";
    const answer = ask(helmMetricsRetention, { chart: "kube-prometheus-stack" }, values, { stage });
    expect(answer[0]).toMatch(new RegExp(`^${outcome}`));
  });

  test("a bucket is the project's by its name too", () => {
    const values = { artifactRoot: { s3: { enabled: true, bucket: "atlas-prod-models" } } };
    expect(ask(helmMlflowArtifacts, { chart: "mlflow" }, values)).toEqual(["pass"]);
  });

  test("what a chart takes by itself counts", () => {
    expect(ask(helmControllerReplicas, { chart: "karpenter" }, {})).toEqual(["pass"]);
    expect(ask(helmControllerReplicas, { chart: "metrics-server" }, {})).toEqual([
      "fail: `values.replicas` must be at least 2, got nothing",
    ]);
  });

  test("definitions may come in a release of their own", () => {
    const { resource } = helmRelease({ chart: "karpenter", skip_crds: true });
    const crds = helmRelease({ chart: "karpenter-crd" }).resource!.helm_release!.release!;
    const { release } = resource!.helm_release!;
    expect(answersOf(helmDefinitionsInstalled, { helm_release: { release: release!, crds } })).toEqual(["pass"]);
  });

  test("tags are found in lists and in names", () => {
    const values = { servers: [{ image: "vllm:latest" }, { imageTag: "nightly" }, { tag: "v1" }] };
    expect(ask(helmImageTags, {}, values)).toEqual([
      "fail: `values.servers[0].image` must be one version of the image, got vllm:latest",
      "fail: `values.servers[1].imageTag` must be one version of the image, got nightly",
    ]);
  });

  test("what is not waited for cannot be taken back, and is one finding", () => {
    expect(ask(helmAtomic, { wait: false })).toEqual(["not applicable"]);
  });
});

test("rolling back is no removal of what was made: the rollback may fail", () => {
  expect(ask(helmCleanupOnFail, { atomic: true })).toEqual(["fail: `cleanup_on_fail` must be true, got nothing"]);
  expect(ask(helmCleanupOnFail, { atomic: true, cleanup_on_fail: true })).toEqual(["pass"]);
});

test("the catalogue binds environments of projects, and nobody else", () => {
  const args = { chart: "metrics-server", version: "3.0.0" };
  expect(ask(helmCatalogVersion, args)[0]).toMatch(/^fail: `version` must be /);
  expect(ask(helmCatalogVersion, args, undefined, { environment: { project: undefined } })).toEqual(["not applicable"]);
});
