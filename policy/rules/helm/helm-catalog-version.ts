import { findChart } from "../../../catalog";
import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { chartOf, isExactVersion } from "./private/releases";

const { version: VERSION } = findChart("metrics-server");

/** A range, or no version at all, is another rule's finding. Whose environment is not of this project has no say in the catalogue. */
export const helmCatalogVersion = resourceRule({
  id: "FD-HELM-015",
  slug: "helm-catalog-version",
  title: "Charts of the catalogue are installed at its version",
  severity: "medium",
  packs: ["mlops"],
  why: "Keys, definitions and defaults were looked at for one version, which the tests render: at another one nothing says that they still hold.",
  fix: "Take the version of the catalogue, or move the catalogue.",
  types: ["helm_release"],
  judge: (release, { environment }) => {
    if (environment.project === undefined) return notApplicable();
    const chart = chartOf(release);
    const version = release.at("version");
    if (chart === undefined || (version.known && !isExactVersion(version.literal)) || version.absent)
      return notApplicable();
    return must(
      version,
      (literal) => String(literal) === chart.version,
      `must be ${chart.version}, the version of the catalogue`,
    );
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "metrics-server", version: "3.0.0" }) },
    passing: { terraform: helmRelease({ chart: "metrics-server", version: VERSION }) },
    unknown: { terraform: helmRelease({ chart: "metrics-server", version: "${var.version}" }) },
  },
});
