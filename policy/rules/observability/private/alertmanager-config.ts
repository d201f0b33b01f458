import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { fail, notApplicable, unknown } from "../../../engine/verdict";
import type { Verdict } from "../../../engine/verdict";
import { releaseValues } from "../../helm/private/release-values";
import { chartNameOf } from "../../helm/private/releases";

const CHART = "kube-prometheus-stack";
/** Where the chart takes a configuration that does not stand in its values. */
const ELSEWHERE = [
  "alertmanager.alertmanagerSpec.useExistingSecret",
  "alertmanager.alertmanagerSpec.configSecret",
  "alertmanager.alertmanagerSpec.alertmanagerConfiguration",
  "alertmanager.stringConfig",
  "alertmanager.tplConfig",
];

/**
 * Judges the configuration of Alertmanager in the values of a release.
 *
 * @param judge is given the configuration, absent where the chart's own holds, which tells nobody
 */
export function judgeAlertmanager(release: Resource, judge: (config: Value) => Verdict): Verdict {
  if (chartNameOf(release) !== CHART) return notApplicable();
  const { root, complete } = releaseValues(release);
  if (root.at("alertmanager.enabled").boolean === false) return notApplicable();
  const config = root.at("alertmanager.config");
  const elsewhere = ELSEWHERE.map((path) => root.at(path)).find(isGiven);
  if (elsewhere !== undefined) {
    return unknown(`\`${elsewhere.path}\` has the configuration stand where it cannot be read`, {
      attribute: elsewhere.path,
    });
  }
  if (config.unknown || (config.absent && !complete)) {
    return unknown(`\`${config.path}\` is known only after apply`, { attribute: config.path });
  }
  return judge(config);
}

/** A fault of the configuration. */
export function faultOf({ path }: Value, message: string, key?: string): Verdict {
  return fail(message, { attribute: path, ...(key !== undefined && { key }) });
}

function isGiven({ absent, literal }: Value): boolean {
  return !absent && literal !== false && literal !== "";
}
