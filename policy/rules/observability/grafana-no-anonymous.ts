import { must } from "../../engine/expect";
import type { Resource } from "../../engine/subject";
import { resourceRule } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { releaseValues } from "../helm/private/release-values";
import { grafanaPrefixOf } from "../helm/private/secret-places";

const OPEN = [
  ["auth.anonymous", "enabled"],
  ["users", "allow_sign_up"],
] as const;

export const grafanaNoAnonymous = resourceRule({
  id: "FD-OBS-008",
  slug: "grafana-no-anonymous",
  title: "Nobody enters Grafana without signing in, or signs up alone",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Dashboards name services, customers' models and what they cost, and every data source answers any query of a viewer.",
  fix: "Leave `auth.anonymous.enabled` and `users.allow_sign_up` of `grafana.ini` false, and let people in through single sign-on.",
  types: ["helm_release"],
  judge: (release) => {
    const prefix = grafanaPrefixOf(release);
    if (prefix === undefined) return notApplicable();
    const settings = OPEN.map((names) => settingOf(release, prefix, names)).filter((value) => !value.absent);
    return allOf(settings.map((value) => must(value, (literal) => String(literal) !== "true", "must not be true")));
  },
  examples: {
    failing: {
      terraform: helmRelease({ chart: "grafana" }, { "grafana.ini": { "auth.anonymous": { enabled: true } } }),
    },
    passing: { terraform: helmRelease({ chart: "grafana" }, { "grafana.ini": { users: { allow_sign_up: false } } }) },
    unknown: {
      terraform: helmRelease({ chart: "grafana" }, { "grafana.ini": { users: { allow_sign_up: "${var.open}" } } }),
    },
  },
});

function settingOf(release: Resource, prefix: string, [section, key]: readonly [string, string]) {
  const above = prefix === "" ? [] : [prefix.slice(0, -1)];
  return releaseValues(release).root.at([...above, "grafana.ini", section, key]);
}
