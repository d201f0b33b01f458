import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartNames, findChart, tryFindChart } from "../../catalog";

const FOLDER = join(__dirname, "../../catalog/charts");
const SHARED = join(__dirname, "../../../shared/charts");
const charts = chartNames().map(findChart);

describe("charts", () => {
  test("of every layer are known", () => {
    const controllers = [
      "nvidia-device-plugin",
      "gpu-operator",
      "aws-efa-k8s-device-plugin",
      "aws-load-balancer-controller",
      "cert-manager",
      "external-secrets",
      "metrics-server",
      "karpenter-crd",
      "karpenter",
      "kueue",
      "keda",
    ];
    const later = ["kube-prometheus-stack", "mlflow", "airflow", "argo-workflows", "kserve-resources", "vllm-stack"];
    expect([...controllers, ...later].filter((name) => tryFindChart(name) === undefined)).toEqual([]);
  });

  test("have a file each and no other", () => {
    const files = readdirSync(FOLDER).filter((file) => file !== "index.json");
    expect(files.sort()).toEqual(
      chartNames()
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  test.each(charts.map((chart) => [chart.name, chart] as const))(
    "%s: names, types, versions and dates",
    (_name, chart) => {
      expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+/);
      expect(chart.repository).toMatch(/^(https|oci):\/\/[^/]+(\/.*[^/])?$/);
      expect(chart.repository.startsWith("oci://") && chart.repository.endsWith(`/${chart.name}/${chart.name}`)).toBe(
        false,
      );
      expect(chart.asOf).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
      if (chart.oldestKubernetes !== undefined) expect(chart.oldestKubernetes).toMatch(/^\d+\.\d+$/);
      expect(chart.crds.filter((crd) => !/^[a-z0-9.-]+\/[A-Z]\w+\/v\d\w*$/.test(crd))).toEqual([]);
      const types = ["string", "number", "bool", "list", "map", "any"];
      expect(Object.entries(chart.values).filter(([, type]) => !types.includes(type))).toEqual([]);
      expect(
        Object.keys(chart)
          .sort()
          .filter((key) => !KEPT.includes(key)),
      ).toEqual([]);
    },
  );

  test("spell their version as their repository does, with the v that some have", () => {
    expect(["gpu-operator", "cert-manager", "kueue", "karpenter"].map((name) => findChart(name).version)).toEqual([
      "v26.7.0",
      "v1.21.1",
      "0.19.2",
      "1.14.1",
    ]);
  });

  test("tell custom resources that only one switch brings", () => {
    expect(findChart("cert-manager").crds).toContain("cert-manager.io/Certificate/v1");
    expect(findChart("nvidia-device-plugin").crds).toContain("nfd.k8s-sigs.io/NodeFeature/v1alpha1");
  });

  test("are refused when unknown, with the nearest known", () => {
    expect(() => findChart("kuue")).toThrow('unknown chart "kuue", did you mean "kueue"?');
    expect(tryFindChart("toString")).toBeUndefined();
  });

  test("are read once", () => {
    expect(findChart("kueue")).toBe(findChart("kueue"));
  });
});

const KEPT = [
  "appVersion",
  "asOf",
  "crds",
  "dependencies",
  "kinds",
  "name",
  "oldestKubernetes",
  "repository",
  "required",
  "values",
  "version",
];

const FACTS = "charts have every key of the facts they were made from";
(existsSync(SHARED) ? test : test.skip)(existsSync(SHARED) ? FACTS : `${FACTS}: not beside this clone`, () => {
  // The others were taken from the charts themselves.
  const withFacts = charts.filter(({ name }) => existsSync(join(SHARED, `${name}.json`)));
  expect(withFacts.length).toBeGreaterThan(30);
  const missing = withFacts.flatMap(({ name, version, values }) => {
    const facts = JSON.parse(readFileSync(join(SHARED, `${name}.json`), "utf8")) as {
      readonly version: string;
      readonly values: Readonly<Record<string, string>>;
    };
    if (facts.version !== version) return [];
    const paths = Object.keys(values);
    return Object.keys(facts.values)
      .filter(
        (path) => !paths.some((kept) => kept === path || kept.startsWith(`${path}.`) || path.startsWith(`${kept}.`)),
      )
      .map((path) => `${name}: ${path}`);
  });
  expect(missing).toEqual([]);
});
