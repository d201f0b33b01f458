import { resourceRule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, notApplicable, pass } from "../../engine/verdict";
import { secretsIn } from "../helm/private/secret-places";
import { faultOf, judgeAlertmanager } from "./private/alertmanager-config";
import { alerting } from "./private/example-alerting";

/** Arguments of receivers that are secrets though their names do not say so, by what takes them from a file instead. */
const SECRETS: Readonly<Record<string, string>> = {
  api_url: "api_url_file",
  routing_key: "routing_key_file",
  service_key: "service_key_file",
  webhook_url: "webhook_url_file",
};

export const alertsNoLiteralSecret = resourceRule({
  id: "FD-OBS-003",
  slug: "alerts-no-literal-secret",
  title: "Receivers of alerts take their secrets from files",
  severity: "high",
  packs: ["mlops"],
  why: "Who has the address of a Slack webhook or the key of a PagerDuty service can write to it. In values they stand in the repository, in plans, in Terraform's state and in every version that Helm keeps.",
  fix: "Have External Secrets make a Secret, name it in `alertmanager.alertmanagerSpec.secrets`, and the file in `api_url_file`, `routing_key_file` and their like.",
  types: ["helm_release"],
  judge: (release) =>
    judgeAlertmanager(release, (config) => {
      // What another rule finds by its name or its looks is no second finding.
      const told = new Set(secretsIn(config).map(({ path }) => path));
      const found = literals(config).filter(({ path }) => !told.has(path));
      if (config.absent) return notApplicable();
      if (found.length === 0) return pass();
      return allOf(
        found.map((value) => faultOf(value, `\`${value.path}\` must not hold a secret: use \`${fileOf(value)}\``)),
      );
    }),
  examples: {
    failing: {
      terraform: alerting({
        route: { receiver: "pager" },
        receivers: [{ name: "pager", pagerduty_configs: [{ routing_key: "an integration key" }] }],
      }),
    },
    passing: {
      terraform: alerting({
        route: { receiver: "pager" },
        receivers: [
          { name: "pager", pagerduty_configs: [{ routing_key_file: "/etc/alertmanager/secrets/alerts/pager" }] },
        ],
      }),
    },
    unknown: { terraform: alertingElsewhere() },
  },
});

/** Every secret argument of receivers that is given as text. */
function literals(config: Value): readonly Value[] {
  const settings = config
    .each("receivers")
    .flatMap((receiver) =>
      receiver.keys.filter((key) => key.endsWith("_configs")).flatMap((key) => receiver.each(key)),
    );
  return [config.at("global"), ...settings].flatMap((block) =>
    Object.keys(SECRETS)
      .map((key) => block.at(key))
      .filter((value) => !value.absent && value.literal !== ""),
  );
}

function fileOf({ path }: Value): string {
  return SECRETS[path.split(".").at(-1) ?? ""] ?? "a file";
}

function alertingElsewhere(): ReturnType<typeof alerting> {
  const release = alerting({});
  const values = [JSON.stringify({ alertmanager: { alertmanagerSpec: { configSecret: "alerting" } } })];
  const { helm_release: releases = {} } = release.resource ?? {};
  return { resource: { helm_release: { release: { ...releases["release"], values } } } };
}
