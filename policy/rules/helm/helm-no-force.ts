import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";

export const helmNoForce = resourceRule({
  id: "FD-HELM-021",
  slug: "helm-no-force",
  title: "Upgrades replace nothing by force",
  severity: "medium",
  packs: ["mlops"],
  why: "Force deletes what cannot be changed and makes it anew, pods and claims included; `replace` takes the name of a release that is still there.",
  fix: "Leave `force_update`, `recreate_pods` and `replace` out.",
  types: ["helm_release"],
  judge: (release) =>
    allOf(["force_update", "recreate_pods", "replace"].map((name) => mustNotBe(release.at(name), true))),
  examples: {
    failing: { terraform: helmRelease({ force_update: true }) },
    passing: { terraform: helmRelease({}) },
    unknown: { terraform: helmRelease({ force_update: "${var.force}" }) },
  },
});
