import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";
import { objectsOf } from "./releases";
import type { RenderedGroup } from "./rule-tests";
import type { Synthesized } from "./synth";

/** All groups of rules as they stand in the objects of a synthesised stack. */
export function renderedRules(stack: Synthesized): readonly RenderedGroup[] {
  return renderedObjects(stack).flatMap(({ kind, spec }) =>
    kind === "PrometheusRule" ? (spec as { readonly groups: readonly RenderedGroup[] }).groups : [],
  );
}

/** All objects that a stack itself writes, and none that charts make. */
export function renderedObjects(stack: Synthesized): readonly ManifestObject[] {
  const releases = Object.values(stack.resources("helm_release"));
  return releases.flatMap((release) => (objectsOf(release) as readonly ManifestObject[] | undefined) ?? []);
}
