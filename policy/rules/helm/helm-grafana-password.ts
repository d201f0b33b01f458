import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { fail, notApplicable, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { hidden } from "../k8s/private/secret-values";
import { helmRelease } from "./private/example-release";
import { judgeValue, releaseValues } from "./private/release-values";
import { grafanaPrefixOf } from "./private/secret-places";

export const helmGrafanaPassword = resourceRule({
  id: "FD-HELM-009",
  slug: "helm-grafana-password",
  title: "Grafana's administrator has a password that nobody wrote down",
  severity: "high",
  packs: ["mlops"],
  why: "With a literal everyone with the repository administers Grafana, and with none `kube-prometheus-stack` takes a password that stands in its documentation.",
  fix: "Name a Secret in `grafana.admin.existingSecret`, or `admin.existingSecret` in Grafana's own chart.",
  types: ["helm_release"],
  judge: (release) => {
    const prefix = grafanaPrefixOf(release);
    if (prefix === undefined) return notApplicable();
    const { root } = releaseValues(release);
    if (prefix !== "" && root.at(`${prefix}enabled`).boolean === false) return notApplicable();
    const secret = root.at(`${prefix}admin.existingSecret`);
    if (!secret.absent && secret.literal !== "") return pass();
    return judgeValue(release, `${prefix}adminPassword`, (password) => judgePassword(password, secret));
  },
  examples: {
    failing: {
      terraform: helmRelease({ chart: "kube-prometheus-stack" }, { grafana: { adminPassword: "prom-operator" } }),
    },
    passing: {
      terraform: helmRelease({ chart: "kube-prometheus-stack" }, { grafana: { admin: { existingSecret: "grafana" } } }),
    },
    unknown: { terraform: helmRelease({ chart: "kube-prometheus-stack", values: ["${file(var.values)}"] }) },
  },
});

function judgePassword(password: Value, secret: Value): Verdict {
  const about = { attribute: password.path };
  if (password.absent)
    return fail(`\`${secret.path}\` must be set: the chart's own password is public`, { attribute: secret.path });
  const got = password.unknown ? password.toString() : hidden(String(password.literal));
  return fail(`\`${password.path}\` must not be set, got ${got}: name a Secret in \`${secret.path}\``, about);
}
