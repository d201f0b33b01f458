import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

/** Without an argument the provider takes `default`. */
export const helmNamespaceNotDefault = resourceRule({
  id: "FD-HELM-013",
  slug: "helm-namespace-not-default",
  title: "No release is installed in the namespace `default`",
  severity: "low",
  packs: ["baseline", "mlops"],
  why: "That namespace has no owner, no quota, no network policy and no standard for its pods.",
  fix: "Set `namespace` to a namespace of its own.",
  types: ["helm_release"],
  judge: (release) => {
    const namespace = release.at("namespace");
    return must(
      namespace,
      (literal) => literal !== undefined && literal !== "default" && literal !== "",
      "must not be `default`",
    );
  },
  examples: {
    failing: { terraform: helmRelease({ namespace: "default" }) },
    passing: { terraform: helmRelease({ namespace: "monitoring" }) },
    unknown: { terraform: helmRelease({ namespace: "${var.namespace}" }) },
  },
});
