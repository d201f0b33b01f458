import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";

export const helmAtomic = resourceRule({
  id: "FD-HELM-004",
  slug: "helm-atomic",
  title: "A release that fails is taken back",
  severity: "medium",
  packs: ["mlops"],
  why: "Half a release stays in the cluster in the state `failed` or `pending`, and the next apply stops at it until someone clears it by hand.",
  fix: "Set `atomic` to true.",
  types: ["helm_release"],
  judge: (release) => (release.at("wait").boolean === false ? notApplicable() : mustBe(release.at("atomic"), true)),
  examples: {
    failing: { terraform: helmRelease({}) },
    passing: { terraform: helmRelease({ atomic: true }) },
    unknown: { terraform: helmRelease({ atomic: "${var.atomic}" }) },
  },
});
