import { mustBe, mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { judgeValue } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

export const logsExpire = resourceRule({
  id: "FD-OBS-010",
  slug: "logs-expire",
  title: "Loki deletes logs after a time that was chosen",
  severity: "low",
  packs: ["mlops", "cost"],
  why: "Unless its compactor is told to, Loki deletes nothing: logs cost more every month, and hold what people wrote to a model years ago.",
  fix: "Set `loki.compactor.retention_enabled: true` and `loki.limits_config.retention_period`.",
  types: ["helm_release"],
  judge: (release) =>
    chartNameOf(release) === "loki"
      ? allOf(
          judgeValue(release, "loki.compactor.retention_enabled", (enabled) => mustBe(enabled, true)),
          judgeValue(release, "loki.limits_config.retention_period", mustBeSet),
        )
      : notApplicable(),
  examples: {
    failing: { terraform: helmRelease({ chart: "loki" }, {}) },
    passing: {
      terraform: helmRelease(
        { chart: "loki" },
        { loki: { compactor: { retention_enabled: true }, limits_config: { retention_period: "720h" } } },
      ),
    },
    unknown: { terraform: helmRelease({ chart: "loki", values: ["${file(var.values)}"] }) },
  },
});
