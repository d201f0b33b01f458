import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass } from "../../engine/verdict";
import { helmRelease } from "./private/example-release";
import { releaseValues } from "./private/release-values";

const TAG = /(^t|T)ag$/;
const IMAGE = /(^i|I)mage$/;
const FLOATING = ["latest", "main", "master", "nightly"];

export const helmImageTags = resourceRule({
  id: "FD-HELM-017",
  slug: "helm-image-tags",
  title: "Values name images that stay what they are",
  severity: "medium",
  packs: ["mlops"],
  why: "With `latest` two pods of one release may run different programs, and a rollback brings nothing back.",
  fix: "Name the version of the image, or leave the tag out: charts pin their own.",
  types: ["helm_release"],
  judge: (release) => {
    const { root } = releaseValues(release);
    const faults = tagsIn(root).map(({ path, text }) =>
      fail(`\`${path}\` must be one version of the image, got ${text}`, { attribute: path }),
    );
    return allOf(pass(), faults);
  },
  examples: {
    failing: { terraform: helmRelease({}, { image: { repository: "vllm/vllm-openai", tag: "latest" } }) },
    passing: { terraform: helmRelease({}, { image: { repository: "vllm/vllm-openai", tag: "v0.19.0" } }) },
  },
});

/** Tags that move, wherever they stand. */
function tagsIn(value: Value): readonly { readonly path: string; readonly text: string }[] {
  if (Array.isArray(value.literal)) return value.items.flatMap(tagsIn);
  return value.keys.flatMap((key) => {
    const child = value.at([key]);
    const { text } = child;
    if (text === undefined) return tagsIn(child);
    const moves =
      (TAG.test(key) && FLOATING.includes(text)) || (IMAGE.test(key) && /:(latest|main|master|nightly)$/.test(text));
    return moves ? [{ path: child.path, text }] : [];
  });
}
