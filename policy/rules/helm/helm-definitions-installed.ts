import { mustBe, mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { anyOf, notApplicable, pass } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { judgeValue } from "./private/release-values";
import { chartNameOf, chartOf } from "./private/releases";

/** Charts that bring no definitions unless told so, and the values that do. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = { "cert-manager": ["crds.enabled", "installCRDs"] };

export const helmDefinitionsInstalled = resourceRule({
  id: "FD-HELM-019",
  slug: "helm-definitions-installed",
  title: "A controller comes with the custom resource definitions that it serves",
  severity: "medium",
  packs: ["mlops"],
  why: "Without its definitions a controller crashes, or runs while every object for it is refused.",
  fix: "Leave `skip_crds` out, or install the chart of the definitions too; cert-manager needs `crds.enabled: true`.",
  types: ["helm_release"],
  judge: (release, { graph }) => {
    const chart = chartOf(release);
    if (chart === undefined) return notApplicable();
    const companions = graph
      .resourcesOf("helm_release")
      .filter((other) => [`${chart.name}-crd`, `${chart.name}-crds`].includes(chartNameOf(other) ?? ""));
    if (companions.length > 0) return pass();
    const switches = (SWITCHES[chart.name] ?? []).map((path) =>
      judgeValue(release, path, (value) => mustBe(value, true)),
    );
    if (switches.length > 0) return anyOf(switches);
    return chart.crds.length === 0 ? notApplicable() : mustNotBe(release.at("skip_crds"), true);
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "cert-manager" }, {}) },
    passing: { terraform: helmRelease({ chart: "cert-manager" }, { crds: { enabled: true } }) },
    unknown: { terraform: helmRelease({ chart: "cert-manager", values: ["${file(var.values)}"] }) },
  },
});
