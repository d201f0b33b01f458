import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { isExactVersion, isFolderChart } from "./private/releases";

export const helmVersionPinned = resourceRule({
  id: "FD-HELM-001",
  slug: "helm-version-pinned",
  title: "Releases name one version of their chart",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Without a version, or with a range, the next plan of anyone may bring another chart, with other defaults and other definitions, and no commit that says so.",
  fix: "Set `version` to a whole version, such as `1.2.3`.",
  types: ["helm_release"],
  judge: (release) => {
    // An archive has its version in its name.
    if (isFolderChart(release) || /\.tgz$/.test(release.at("chart").text ?? "")) return notApplicable();
    return must(release.at("version"), isExactVersion, "must be one whole version");
  },
  examples: {
    failing: { terraform: helmRelease({ version: "~> 1.2" }) },
    passing: { terraform: helmRelease({ version: "1.2.3" }) },
    unknown: { terraform: helmRelease({ version: "${var.chart_version}" }) },
  },
});
