import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { judgeValue } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

const TAINT = "nvidia.com/gpu";

export const gpuExporterOnGpuNodes = resourceRule({
  id: "FD-OBS-011",
  slug: "gpu-exporter-on-gpu-nodes",
  title: "The exporter of GPU metrics is let onto GPU nodes",
  severity: "medium",
  packs: ["gpu"],
  why: "GPU nodes are tainted, and the chart tolerates no taint of theirs: its pods run where no GPU is, and no GPU is ever seen.",
  fix: "Add a toleration of `nvidia.com/gpu` with `operator: Exists` to `tolerations`.",
  types: ["helm_release"],
  judge: (release) =>
    chartNameOf(release) === "dcgm-exporter"
      ? judgeValue(release, "tolerations", (tolerations) => {
          const about = { attribute: tolerations.path };
          if (tolerations.items.some(tolerates)) return pass();
          if (tolerations.unknown) return unknown(`\`${tolerations.path}\` is known only after apply`, about);
          return fail(`\`${tolerations.path}\` must tolerate the taint ${TAINT}, got ${tolerations.toString()}`, about);
        })
      : notApplicable(),
  examples: {
    failing: { terraform: helmRelease({ chart: "dcgm-exporter" }, {}) },
    passing: {
      terraform: helmRelease(
        { chart: "dcgm-exporter" },
        { tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }] },
      ),
    },
    unknown: { terraform: helmRelease({ chart: "dcgm-exporter", values: ["${file(var.values)}"] }) },
  },
});

/** One without a key tolerates every taint. */
function tolerates(toleration: Value): boolean {
  const key = toleration.at("key");
  return key.text === TAINT || (key.absent && toleration.at("operator").text === "Exists");
}
