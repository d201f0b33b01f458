import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";

export const helmChecksOn = resourceRule({
  id: "FD-HELM-020",
  slug: "helm-checks-on",
  title: "Nothing that Helm would check is switched off",
  severity: "medium",
  packs: ["mlops"],
  why: "Without hooks migrations do not run and certificates are not made; without validation a misspelt field is dropped by the API server in silence.",
  fix: "Leave `disable_webhooks`, `disable_crd_hooks` and `disable_openapi_validation` out.",
  types: ["helm_release"],
  judge: (release) =>
    allOf(
      ["disable_webhooks", "disable_crd_hooks", "disable_openapi_validation"].map((name) =>
        mustNotBe(release.at(name), true),
      ),
    ),
  examples: {
    failing: { terraform: helmRelease({ disable_openapi_validation: true }) },
    passing: { terraform: helmRelease({}) },
    unknown: { terraform: helmRelease({ disable_webhooks: "${var.hooks}" }) },
  },
});
