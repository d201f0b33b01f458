import { AlertRules } from "../../constructs/observability/alert-rules";
import { platformRules } from "../../constructs/observability/rules/platform-rules";
import { FULL_SETTINGS } from "../constructs/observability/rules/full-settings";
import { importedCluster } from "./cluster";
import { namespace, objectsOf, synthesizeReleases } from "./releases";
import type { RenderedGroup } from "./rule-tests";

/** All groups of rules as they stand in the objects of a synthesised stack. */
export function renderedRules(): readonly RenderedGroup[] {
  const synthesised = synthesizeReleases((stack) => {
    new AlertRules(stack, "AlertRules", {
      cluster: importedCluster(stack),
      namespace: namespace(stack, "monitoring"),
      groups: platformRules(FULL_SETTINGS),
      links: { grafana: "https://grafana.example.com", runbooks: "https://example.com/runbooks" },
    });
  });
  const objects = Object.values(synthesised.resources("helm_release")).flatMap(objectsOf);
  return objects.flatMap(({ spec }) => (spec as { readonly groups: readonly RenderedGroup[] }).groups);
}
