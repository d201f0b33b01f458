import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { judgeValue, releaseValues } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

const STORAGE = "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate";

export const alertmanagerPersistent = resourceRule({
  id: "FD-OBS-007",
  slug: "alertmanager-persistent",
  title: "In production, Alertmanager writes to a volume",
  severity: "low",
  packs: ["mlops"],
  why: "Silences and what was already sent are gone with the pod: a node that is replaced in the night wakes people for what they have silenced.",
  fix: "Set `alertmanager.alertmanagerSpec.storage.volumeClaimTemplate`.",
  types: ["helm_release"],
  judge: (release, { environment }) => {
    if (environment.stage !== "prod" || chartNameOf(release) !== "kube-prometheus-stack") return notApplicable();
    if (releaseValues(release).root.at("alertmanager.enabled").boolean === false) return notApplicable();
    return judgeValue(release, STORAGE, mustBeSet);
  },
  examples: {
    failing: { terraform: helmRelease({ chart: "kube-prometheus-stack" }, {}) },
    passing: {
      terraform: helmRelease(
        { chart: "kube-prometheus-stack" },
        {
          alertmanager: {
            alertmanagerSpec: { storage: { volumeClaimTemplate: { spec: { storageClassName: "gp3" } } } },
          },
        },
      ),
    },
    unknown: { terraform: helmRelease({ chart: "kube-prometheus-stack", values: ["${file(var.values)}"] }) },
  },
});
