import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { isFolderChart } from "./private/releases";

export const helmRepositoryTrusted = resourceRule({
  id: "FD-HELM-002",
  slug: "helm-repository-trusted",
  title: "Charts come from repositories that were chosen, over TLS",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "A chart runs with the rights of whoever deploys it. Over plain HTTP anyone on the way may hand out another one.",
  fix: "Take the chart over `https://` or `oci://` from a repository that the threshold `chartRepositories` names.",
  types: ["helm_release"],
  judge: (release, { thresholds }) => {
    if (isFolderChart(release)) return notApplicable();
    const repository = release.at("repository");
    const allowed = thresholds.chartRepositories;
    return must(
      repository.absent ? release.at("chart") : repository,
      (literal) => allowed.some((beginning) => String(literal).startsWith(beginning)),
      `must begin with ${allowed.join(" or ")}`,
    );
  },
  examples: {
    failing: { terraform: helmRelease({ repository: "http://charts.example.com" }) },
    passing: { terraform: helmRelease({ repository: "oci://registry.example.com/charts" }) },
    unknown: { terraform: helmRelease({ repository: "${var.repository}" }) },
  },
});
