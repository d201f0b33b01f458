import { findChart } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { chartValueProblems } from "./private/chart-value-problems";
import { helmRelease } from "./private/example-release";
import { releaseValues } from "./private/release-values";
import { chartOf } from "./private/releases";

const { version: VERSION } = findChart("metrics-server");

/** Judged at the catalogue's version of the chart only, since keys come and go between versions. */
export const helmKnownValues = resourceRule({
  id: "FD-HELM-014",
  slug: "helm-known-values",
  title: "Values are keys that the chart has",
  severity: "medium",
  packs: ["mlops"],
  why: "Helm ignores a key that it does not know: the replica, the limit or the encryption that someone believes in was never set.",
  fix: "Write the key as the chart has it; the finding names the nearest one.",
  types: ["helm_release"],
  judge: (release) => {
    const chart = chartOf(release);
    if (chart === undefined || release.at("version").literal !== chart.version) return notApplicable();
    const { root, complete } = releaseValues(release);
    const problems = chartValueProblems(chart, root);
    if (problems.length > 0)
      return allOf(
        problems.map(({ path, rule }) =>
          fail(`\`${path}\` ${rule}: ${chart.name} ${chart.version} does not take it`, { attribute: path }),
        ),
      );
    return complete
      ? pass()
      : unknown("`values` must be keys of the chart, and are known only after apply", { attribute: "values" });
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "metrics-server", version: VERSION }, { replica: 2 }) },
    passing: { terraform: helmRelease({ chart: "metrics-server", version: VERSION }, { replicas: 2 }) },
    unknown: { terraform: helmRelease({ chart: "metrics-server", version: VERSION, values: ["${file(var.values)}"] }) },
  },
});
