import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

export const helmCleanupOnFail = resourceRule({
  id: "FD-HELM-006",
  slug: "helm-cleanup-on-fail",
  title: "What a failed upgrade made is removed",
  severity: "low",
  packs: ["mlops"],
  why: "Helm puts back what it changed, not what it made: new objects stay, and the next upgrade fails because they exist.",
  fix: "Set `cleanup_on_fail` to true.",
  types: ["helm_release"],
  judge: (release) => mustBe(release.at("cleanup_on_fail"), true),
  examples: {
    failing: { terraform: helmRelease({}) },
    passing: { terraform: helmRelease({ cleanup_on_fail: true }) },
    unknown: { terraform: helmRelease({ cleanup_on_fail: "${var.cleanup}" }) },
  },
});
