import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { helmRelease } from "./private/example-release";

/** The provider gives 300 seconds when nothing is said. */
export const helmTimeout = resourceRule({
  id: "FD-HELM-005",
  slug: "helm-timeout",
  title: "Releases get the time that their pods need to start",
  severity: "low",
  packs: ["mlops"],
  why: "A node takes minutes to come and an image of some gigabytes takes more: with less time a sound release counts as failed and is taken back.",
  fix: "Set `timeout` to 600 seconds or more, for pods on new GPU nodes to 1800.",
  types: ["helm_release"],
  judge: (release, { thresholds }) => mustBeAtLeast(release.at("timeout"), thresholds.minReleaseTimeoutSeconds, 300),
  examples: {
    failing: { terraform: helmRelease({ timeout: 60 }) },
    passing: { terraform: helmRelease({ timeout: 600 }) },
    unknown: { terraform: helmRelease({ timeout: "${var.timeout}" }) },
  },
});
