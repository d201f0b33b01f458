import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";

/** With `atomic` Helm waits whatever `wait` says. The provider waits unless told otherwise. */
export const helmWait = resourceRule({
  id: "FD-HELM-003",
  slug: "helm-wait",
  title: "A release counts as done once its pods are ready",
  severity: "medium",
  packs: ["mlops"],
  why: "Without waiting, Terraform goes on to objects whose webhooks and definitions are not there yet, and a chart that never starts is a green deploy.",
  fix: "Leave `wait` out, or set it to true.",
  types: ["helm_release"],
  judge: (release) => (release.at("atomic").boolean === true ? pass() : mustNotBe(release.at("wait"), false)),
  examples: {
    failing: { terraform: helmRelease({ wait: false }) },
    passing: { terraform: helmRelease({ wait: true }) },
    unknown: { terraform: helmRelease({ wait: "${var.wait}" }) },
  },
});
