import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

/** 0, which the provider takes when nothing is said, means all. */
export const helmHistoryBounded = resourceRule({
  id: "FD-HELM-007",
  slug: "helm-history-bounded",
  title: "Helm keeps a bounded number of versions of a release",
  severity: "low",
  packs: ["mlops"],
  why: "Every version is a Secret of up to a megabyte in etcd, with all values of its time in it, and none is ever removed.",
  fix: "Set `max_history` to 10 or less.",
  types: ["helm_release"],
  judge: (release, { thresholds: { maxReleaseHistory } }) =>
    must(
      release.at("max_history"),
      (literal) => Number(literal ?? 0) >= 1 && Number(literal) <= maxReleaseHistory,
      `must be from 1 to ${maxReleaseHistory}`,
    ),
  examples: {
    failing: { terraform: helmRelease({ max_history: 0 }) },
    passing: { terraform: helmRelease({ max_history: 5 }) },
    unknown: { terraform: helmRelease({ max_history: "${var.history}" }) },
  },
});
