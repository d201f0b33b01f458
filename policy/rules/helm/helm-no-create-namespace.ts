import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

export const helmNoCreateNamespace = resourceRule({
  id: "FD-HELM-016",
  slug: "helm-no-create-namespace",
  title: "Helm makes no namespaces",
  severity: "low",
  packs: ["mlops"],
  why: "A namespace that Helm makes has no labels, no quota and no network policy, and stays behind when the release goes.",
  fix: "Define the namespace as a resource, leave `create_namespace` out, and let the release depend on it.",
  types: ["helm_release"],
  judge: (release) => mustNotBe(release.at("create_namespace"), true),
  examples: {
    failing: { terraform: helmRelease({ create_namespace: true }) },
    passing: { terraform: helmRelease({}) },
    unknown: { terraform: helmRelease({ create_namespace: "${var.create}" }) },
  },
});
