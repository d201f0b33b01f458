import { chartControllers, chartNames, findChart } from "../../catalog";

test("every controller stands under a key that its chart has, which holds a number", () => {
  for (const name of chartNames())
    for (const { path } of chartControllers(name))
      expect([name, path, findChart(name).values[path]]).toEqual([name, path, "number"]);
});

test("charts with webhooks or API services have their controllers named", () => {
  expect(chartControllers("cert-manager").map(({ path }) => path)).toEqual([
    "replicaCount",
    "webhook.replicaCount",
    "cainjector.replicaCount",
  ]);
  expect(chartControllers("karpenter")).toEqual([{ path: "replicas", default: 2 }]);
});

test.each(["mlflow", "no-such-chart", "toString"])("%s has none", (name) => {
  expect(chartControllers(name)).toEqual([]);
});
