import { TerraformStack, TerraformVariable, Token } from "cdktf";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChartName, findChart } from "../../../catalog";
import { HelmChart, type HelmChartProps } from "../../../constructs/kubernetes/helm-chart";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { synth } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const METRICS = { chart: "metrics-server", namespace: "kube-system" } as const;

const release = (props: Partial<HelmChartProps> = {}) =>
  synthesizeKubernetes((stack) => {
    new HelmChart(stack, "Chart", { ...METRICS, ...props });
  }).resource("helm_release");
const refused = (props: Partial<HelmChartProps>) =>
  failure(() => new HelmChart(kubernetesStack(), "Chart", { ...METRICS, ...props }));
const message = (...lines: string[]) => ({
  code: "INVALID_HELM_CHART_PROPS",
  message: [...lines, "  in test/Chart"].join("\n"),
});
const values = (given: Readonly<Record<string, unknown>>, chart: ChartName = "metrics-server") => ({
  chart,
  values: given,
});

describe("HelmChart with minimal props", () => {
  test("is a release of the catalogue's version that is waited for, and taken back when it fails", () => {
    expect(release()).toEqual({
      name: "metrics-server",
      namespace: "kube-system",
      create_namespace: false,
      chart: "metrics-server",
      repository: "https://kubernetes-sigs.github.io/metrics-server",
      version: findChart("metrics-server").version,
      values: ["{}"],
      timeout: 600,
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      skip_crds: false,
      max_history: 5,
    });
  });

  test("keeps its address", () => {
    const out = synthesizeKubernetes((stack) => {
      new HelmChart(stack, "MetricsServer", METRICS);
    });
    expect(out.addresses("helm_release")).toEqual({
      "MetricsServer/Resource": "helm_release.MetricsServer_3A4CC0E9",
    });
  });

  test("tells its name, namespace and version", () => {
    const chart = new HelmChart(kubernetesStack(), "Chart", METRICS);
    expect([chart.releaseName, chart.namespaceName, chart.chartVersion]).toEqual([
      "metrics-server",
      "kube-system",
      findChart("metrics-server").version,
    ]);
  });
});

test("HelmChart takes every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const crds = new HelmChart(stack, "Crds", { chart: "karpenter-crd", namespace: "kube-system" });
    new HelmChart(stack, "Chart", {
      chart: "karpenter",
      releaseName: "nodes",
      namespace: "nodes",
      createNamespace: true,
      values: { settings: { clusterName: "atlas-dev" } },
      source: { kind: "oci-mirror", address: "oci://registry.example.com:5000/charts" },
      kubernetesVersion: "1.36",
      timeoutSeconds: 900,
      atomic: false,
      wait: false,
      skipCrds: true,
      dependsOn: [crds.resource],
    });
  });
  expect(out.resource("helm_release", "Chart/Resource")).toMatchObject({
    name: "nodes",
    namespace: "nodes",
    create_namespace: true,
    chart: "karpenter",
    repository: "oci://registry.example.com:5000/charts",
    version: findChart("karpenter").version,
    values: ['{"settings":{"clusterName":"atlas-dev"}}'],
    timeout: 900,
    atomic: false,
    wait: false,
    skip_crds: true,
    depends_on: ["helm_release.Crds_3B137FBA"],
  });
});

test("without waiting, a release is not taken back", () => {
  expect(release({ wait: false })).toMatchObject({ wait: false, atomic: false });
});

describe("the chart", () => {
  test("comes from the registry of its maintainers, found by its own name", () => {
    const out = release({ chart: "kueue", namespace: "kueue-system" });
    expect([out["repository"], out["chart"]]).toEqual(["oci://registry.k8s.io/kueue/charts", "kueue"]);
  });

  test("is refused when the catalogue has none, with the nearest it has", () => {
    expect(refused({ chart: "metric-server" as ChartName })).toEqual(
      message('`chart` must be a chart of the catalogue, such as metrics-server, got "metric-server"'),
    );
  });

  test.each(["https://example.com", "oci://", "oci://Example.com/x", "oci://example.com/x/"])(
    "is refused from a mirror %s",
    (address) => {
      expect(refused({ source: { kind: "oci-mirror", address } })).toEqual(
        message(
          `\`source.address\` must be an address oci://<host>/<path>, without a slash at the end, got "${address}"`,
        ),
      );
    },
  );

  test("is refused on a cluster older than it takes, and taken from there on", () => {
    const stack = { chart: "kube-prometheus-stack", releaseName: "monitoring" } as const;
    expect(refused({ ...stack, kubernetesVersion: "1.24" })).toEqual(
      message(
        '`kubernetesVersion` must be at least 1.25, the oldest that kube-prometheus-stack 88.5.3 takes, got "1.24"',
      ),
    );
    expect(() => release({ ...stack, kubernetesVersion: "1.25" })).not.toThrow();
    expect(() => release({ ...METRICS, kubernetesVersion: "1.2" })).not.toThrow();
  });
});

describe("a chart from a folder", () => {
  const { version } = findChart("metrics-server");
  const folderWith = (file: string, more: readonly string[] = []) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "metrics-server"));
    writeFileSync(join(folder, "metrics-server/Chart.yaml"), file);
    more.forEach((name) => {
      mkdirSync(join(folder, "metrics-server", name));
    });
    return folder;
  };

  test("is copied beside the stack, so that the JSON holds no path of this machine", () => {
    const path = folderWith(`apiVersion: v2\nname: metrics-server\nversion: ${version}\n`);
    const out = release({ source: { kind: "folder", path } });
    expect(out).not.toHaveProperty("repository");
    expect(out["chart"]).toMatch(/^assets\/Chart_[0-9A-F]{8}\/[0-9A-F]{32}$/);
    expect(JSON.stringify(out)).not.toContain(path);
  });

  test("may be given relative to the project", () => {
    const folder = "catalog";
    expect(existsSync(folder)).toBe(true);
    expect(refused({ source: { kind: "folder", path: folder } })).toEqual(
      message(
        '`source.path` must be a folder that holds the unpacked chart as metrics-server/Chart.yaml, got "catalog"',
      ),
    );
  });

  test("is refused at another version, and without the charts inside it", () => {
    const path = folderWith("name: metrics-server\nversion: 3.0.0\ndependencies: [{ name: common, version: 1.x }]\n");
    expect(refused({ source: { kind: "folder", path } })).toEqual(
      message(
        `\`source.path\` must hold metrics-server ${version}, the version of the catalogue, got "3.0.0"`,
        `\`source.path\` must hold metrics-server with the charts it depends on in metrics-server/charts (helm dependency build), got "${path}"`,
      ),
    );
    const complete = folderWith(`version: ${version}\ndependencies: [{ name: common, version: 1.x }]\n`, ["charts"]);
    expect(() => release({ source: { kind: "folder", path: complete } })).not.toThrow();
  });
});

describe("the release", () => {
  test.each([
    ["releaseName", "Metrics", "must be lower-case letters, digits and hyphens, at most 53 characters"],
    ["releaseName", "m".repeat(54), "must be lower-case letters, digits and hyphens, at most 53 characters"],
    ["namespace", "kube_system", "must be lower-case letters, digits and hyphens, at most 63 characters"],
    ["namespace", "n".repeat(64), "must be lower-case letters, digits and hyphens, at most 63 characters"],
    ["timeoutSeconds", 0, "must be a whole number from 1 to 3600"],
    ["timeoutSeconds", 3601, "must be a whole number from 1 to 3600"],
    ["timeoutSeconds", 1.5, "must be a whole number from 1 to 3600"],
  ])("is refused with %s %j", (prop, got, rule) => {
    expect(refused({ [prop]: got })).toEqual(message(`\`${prop}\` ${rule}, got ${JSON.stringify(got)}`));
  });

  test.each([
    ["releaseName", "m".repeat(53)],
    ["namespace", "n".repeat(63)],
    ["timeoutSeconds", 1],
    ["timeoutSeconds", 3600],
  ])("is taken with %s %j", (prop, value) => {
    expect(() => release({ [prop]: value })).not.toThrow();
  });

  test("needs a namespace that is known at synthesis", () => {
    const namespace = Token.asString({ resolve: () => "x", creationStack: [] });
    expect(refused({ namespace }).message).toContain('got "a value known only after apply"');
  });

  test("cannot be taken back without being waited for", () => {
    expect(refused({ atomic: true, wait: false })).toEqual(
      message("`atomic` must be false without `wait`: only what is waited for can fail, got true"),
    );
  });
});

describe("values", () => {
  test.each([
    ["a key beside another", { replcas: 2 }, "replcas", "replicas"],
    ["a key at another place", { enabled: true }, "enabled", "addonResizer.enabled"],
    ["a key below another", { image: { tagg: "v1" } }, "image.tagg", "image.tag"],
    ["a key with a dot", { "image.tag": "v1" }, "image\\.tag", "image.tag"],
  ])("are refused with %s that the chart lacks", (_case, given, path, nearest) => {
    const key = Object.keys(given).includes("image") ? "tagg" : Object.keys(given)[0];
    expect(refused(values(given))).toEqual(
      message(`\`values.${path}\` must be a key of chart metrics-server 3.13.1, such as \`${nearest}\`, got "${key}"`),
    );
  });

  test("are refused with a key like no other", () => {
    expect(refused(values({ zzzzzzzzzzzzzzzzzzzzzzzz: 1 }))).toEqual(
      message(
        '`values.zzzzzzzzzzzzzzzzzzzzzzzz` must be a key of chart metrics-server 3.13.1, got "zzzzzzzzzzzzzzzzzzzzzzzz"',
      ),
    );
  });

  test.each([
    ["replicas", "2", "a number", '"text of 1 characters"'],
    ["image", "nginx", "a map", '"text of 5 characters"'],
    ["nodeSelector", ["a"], "a map", '"a list of 1"'],
    ["args", { a: 1 }, "a list", '"a map of a"'],
    ["hostNetwork", true, "a map", "true"],
    ["apiService", { create: "true" }, "true or false", '"text of 4 characters"'],
    ["image", { repository: 7 }, "text", "7"],
  ])("are refused with another type: %s %j", (key, value, type, got) => {
    const below =
      typeof value === "object" && !Array.isArray(value) && key !== "args" ? `.${Object.keys(value)[0]}` : "";
    expect(refused(values({ [key]: value }))).toEqual(
      message(`\`values.${key}${below}\` must be ${type} in chart metrics-server 3.13.1, got ${got}`),
    );
  });

  test("are taken where the chart leaves keys and types open, and where null takes a default away", () => {
    const given = {
      nodeSelector: { "kubernetes.io/os": "linux" },
      podAnnotations: { any: "thing" },
      resources: { limits: { memory: "1Gi", "nvidia.com/gpu": 1 } },
      tolerations: [{ key: "a", operator: "Exists" }],
      podDisruptionBudget: { enabled: true, minAvailable: "50%" },
      replicas: null,
      image: { tag: undefined },
    };
    expect(JSON.parse(String((release(values(given))["values"] as string[])[0]))).toEqual({
      ...given,
      image: {},
    });
  });

  test("of charts inside the chart are known by their name there", () => {
    expect(() => release(values({ nfd: { worker: { tolerations: [] } } }, "nvidia-device-plugin"))).not.toThrow();
    expect(refused(values({ nfd: { wrker: {} } }, "nvidia-device-plugin"))).toEqual(
      message(
        '`values.nfd.wrker` must be a key of chart nvidia-device-plugin 0.20.0, such as `nfd.worker`, got "wrker"',
      ),
    );
  });

  test("with a dot in a key are told from those below another", () => {
    expect(() =>
      release(values({ grafana: { "grafana.ini": { auth: { disable_login_form: true } } } }, "kube-prometheus-stack")),
    ).not.toThrow();
  });

  test("without which the chart does not render must be given", () => {
    expect(refused({ ...values({ settings: {} }, "karpenter") })).toEqual(
      message(
        "`values.settings.clusterName` must be given: chart karpenter 1.14.1 does not render without it, got nothing",
      ),
    );
  });

  test("stay references to other stacks, and what only looks like one does not become one", () => {
    const stack = kubernetesStack();
    const other = new TerraformStack(stack.node.root, "other");
    const queue = new TerraformVariable(other, "Queue", { type: "string" }).stringValue;
    const settings = { clusterName: queue, interruptionQueue: `arn:${queue}` };
    new HelmChart(stack, "Chart", {
      ...METRICS,
      ...values({ settings, podAnnotations: { note: "costs $${x} ${y} %{z}" } }, "karpenter"),
    });
    stack.prepareStack();
    const [json] = synth(stack).resource("helm_release")["values"] as string[];
    const reference = String.raw`\$\{data\.terraform_remote_state\.cross-stack-reference-input-other\.outputs\.[\w-]+\}`;
    expect(json).toMatch(
      new RegExp(`^\\{"settings":\\{"clusterName":"${reference}","interruptionQueue":"arn:${reference}"`),
    );
    expect(json).toContain(String.raw`"note":"costs $\u0024{x} \u0024{y} \u0025{z}"`);
  });

  test("must not be numbers or lists that are known only after apply, nor text where the chart takes a number", () => {
    const token = { resolve: () => 1, creationStack: [] };
    const rule = "must not be a number, list or map that is known only after apply: only text can be";
    const given = { replicas: Token.asNumber(token), args: Token.asList(token), image: { tag: Token.asString(token) } };
    expect(refused(values(given))).toEqual(
      message(
        `\`values.replicas\` ${rule}, got "a value known only after apply"`,
        `\`values.args[0]\` ${rule}, got "a value known only after apply"`,
      ),
    );
    expect(refused(values({ replicas: Token.asString(token) }))).toEqual(
      message(
        '`values.replicas` must be a number in chart metrics-server 3.13.1, got "text that is known only after apply"',
      ),
    );
  });
});

describe("secrets in values", () => {
  const rule = (what: string) =>
    `must not hold ${what}: name an existing Kubernetes secret instead, which External Secrets brings`;
  const hidden = (length: number) => `"a hidden value (${length} characters)"`;
  const byName = rule("a secret by its name");

  test.each([
    [{ backendStore: { postgres: { password: "hunter2" } } }, "backendStore.postgres.password"],
    [{ flaskServerSecretKey: "hunter2" }, "flaskServerSecretKey"],
    [{ artifactRoot: { s3: { awsAccessKeyId: "hunter2" } } }, "artifactRoot.s3.awsAccessKeyId"],
    [{ extraEnvVars: { DB_PASSWORD: "hunter2" } }, "extraEnvVars.DB_PASSWORD"],
  ])("are refused by the name of their key: %j", (given, path) => {
    expect(refused(values(given, "mlflow"))).toEqual(message(`\`values.${path}\` ${byName}, got ${hidden(7)}`));
  });

  test("are refused in environment variables, and as references", () => {
    const password = Token.asString({ resolve: () => "x", creationStack: [] });
    expect(
      refused(
        values(
          { controller: { env: [{ name: "API_TOKEN", value: password }] }, settings: { clusterName: "a" } },
          "karpenter",
        ),
      ),
    ).toEqual(message(`\`values.controller.env[0].value\` ${byName}, got "a hidden value (a reference)"`));
  });

  test.each([
    ["-----BEGIN RSA PRIVATE KEY-----\nMII…", "a private key"],
    ["AKIA" + "IOSFODNN7EXAMPLE", "an AWS access key"],
    ["ghp_" + "a".repeat(36), "an access token of a code host"],
    ["xoxb-" + "1234567890", "a Slack token"],
    ["hf_" + "a".repeat(34), "a Hugging Face token"],
    ["eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0xxxx.abcdefghijklmn", "a JSON web token"],
    ["postgresql://mlflow:" + "hunter2@db:5432/mlflow", "a URL with a password"],
  ])("are refused wherever they stand: %s", (text, what) => {
    expect(refused(values({ podAnnotations: { note: [text] } }))).toEqual(
      message(`\`values.podAnnotations.note[0]\` ${rule(what)}, got ${hidden(text.length)}`),
    );
  });

  test("are not what names a secret, a key in it, or is filled in elsewhere", () => {
    const given = {
      backendStore: {
        existingDatabaseSecret: { name: "mlflow-db", usernameKey: "username", passwordKey: "password" },
        postgres: { password: "" },
      },
      extraEnvVars: { URI: "postgresql://mlflow:$(PASSWORD)@db/mlflow", TOKEN: "$(TOKEN_FROM_FILE)" },
      extraFlags: ["-----BEGIN CERTIFICATE-----"],
    };
    expect(() => release(values(given, "mlflow"))).not.toThrow();
  });
});

test("HelmChart reports everything at once", () => {
  expect(
    refused({ ...values({ replcas: 1, image: "x" }), timeoutSeconds: 0, source: { kind: "oci-mirror", address: "x" } }),
  ).toEqual(
    message(
      "`timeoutSeconds` must be a whole number from 1 to 3600, got 0",
      '`source.address` must be an address oci://<host>/<path>, without a slash at the end, got "x"',
      '`values.replcas` must be a key of chart metrics-server 3.13.1, such as `replicas`, got "replcas"',
      '`values.image` must be a map in chart metrics-server 3.13.1, got "text of 1 characters"',
    ),
  );
});
