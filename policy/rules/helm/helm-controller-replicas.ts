import { chartControllers } from "../../../catalog";
import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { judgeValue } from "./private/release-values";
import { chartNameOf, isFolderChart } from "./private/releases";

/** Facts of the charts, at the catalogue's versions, come from the catalogue. */
export const helmControllerReplicas = resourceRule({
  id: "FD-HELM-018",
  slug: "helm-controller-replicas",
  title: "In production, controllers and webhooks run more than once",
  severity: "medium",
  packs: ["mlops"],
  why: "While the only pod of a webhook moves, the API server refuses what it would have looked at: no pod starts, and the node that would help cannot join.",
  fix: "Set the replicas of the chart to 2.",
  types: ["helm_release"],
  judge: (release, { environment }) => {
    const controllers = isFolderChart(release) ? [] : chartControllers(chartNameOf(release) ?? "");
    if (environment.stage !== "prod" || controllers.length === 0) return notApplicable();
    return allOf(
      controllers.map(({ path, default: missing }) =>
        judgeValue(release, path, (value) => mustBeAtLeast(value, 2, missing)),
      ),
    );
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "metrics-server" }, { replicas: 1 }) },
    passing: { terraform: helmRelease({ chart: "metrics-server" }, { replicas: 2 }) },
    unknown: { terraform: helmRelease({ chart: "metrics-server", values: ["${file(var.values)}"] }) },
  },
});
