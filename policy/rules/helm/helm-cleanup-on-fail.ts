import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

/** `atomic` alone is not enough: Helm updates before it deletes when it rolls back, so that a rollback which fails deletes nothing. */
export const helmCleanupOnFail = resourceRule({
  id: "FD-HELM-006",
  slug: "helm-cleanup-on-fail",
  title: "What a failed upgrade made is removed",
  severity: "low",
  packs: ["mlops"],
  why: "An upgrade that fails leaves the objects that it had made. With `atomic` the rollback removes them, as long as it goes through: one that stops at a hook, or at a field that cannot be changed, leaves them too. With `cleanup_on_fail` Helm deletes them before it rolls back.",
  fix: "Set `cleanup_on_fail` to true.",
  types: ["helm_release"],
  judge: (release) => mustBe(release.at("cleanup_on_fail"), true),
  examples: {
    failing: { terraform: helmRelease({}) },
    passing: { terraform: helmRelease({ cleanup_on_fail: true }) },
    unknown: { terraform: helmRelease({ cleanup_on_fail: "${var.cleanup}" }) },
  },
});
