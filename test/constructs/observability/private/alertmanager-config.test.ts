import type { AlertRouting } from "../../../../constructs/observability/alert-receivers";
import { ALERT_TEMPLATES } from "../../../../constructs/observability/private/alert-templates";
import type { RouteConfig } from "../../../../constructs/observability/private/alert-routes";
import { alertmanagerConfig } from "../../../../constructs/observability/private/alertmanager-config";
import { FULL_ROUTING, NOBODY_TOLD } from "../alert-routings";

/** Who is told of an alert with these labels: what Alertmanager makes of a tree of one level. */
function told(labels: Readonly<Record<string, string>>, routing: AlertRouting = FULL_ROUTING): readonly string[] {
  const { routes = [] } = alertmanagerConfig(routing).route;
  const found: string[] = [];
  for (const route of routes) {
    if (!(route.matchers ?? []).every((matcher) => matches(matcher, labels))) continue;
    found.push(route.receiver);
    if (route.continue !== true) break;
  }
  return found;
}

function matches(matcher: string, labels: Readonly<Record<string, string>>): boolean {
  const [, name = "", operator, value = ""] = /^(\w+)(=~|=)"(.*)"$/.exec(matcher) ?? [];
  if (operator === undefined) throw new Error(`unknown matcher ${matcher}`);
  const label = labels[name] ?? "";
  return operator === "=" ? label === value : new RegExp(`^(?:${value})$`).test(label);
}

function routeTo(receiver: string): RouteConfig | undefined {
  return alertmanagerConfig(FULL_ROUTING).route.routes?.find((route) => route.receiver === receiver);
}

describe("routes", () => {
  test.each<[string, Record<string, string>, string[]]>([
    ["the dead man's switch", { alertname: "Watchdog", severity: "info", area: "monitoring" }, ["dead-man"]],
    ["a critical alert", { severity: "critical", area: "cluster" }, ["on-call", "platform-chat"]],
    ["a warning", { severity: "warning", area: "cluster" }, ["platform-chat"]],
    ["an info that nobody wants", { severity: "info", area: "cluster" }, ["nobody"]],
    [
      "a team's critical alert",
      { severity: "critical", area: "serving", namespace: "ranking" },
      ["on-call", "ranking-chat"],
    ],
    [
      "a team's alert in its second namespace",
      { severity: "warning", area: "models", namespace: "ranking-batch" },
      ["ranking-chat"],
    ],
    ["an info that a team does not want", { severity: "info", area: "serving", namespace: "ranking" }, ["nobody"]],
    [
      "broken hardware under a team's pods",
      { severity: "critical", area: "gpu", namespace: "ranking" },
      ["on-call", "platform-chat"],
    ],
    [
      "a namespace with a team's name in its own",
      { severity: "warning", area: "serving", namespace: "ranking2" },
      ["platform-chat"],
    ],
    [
      "what a team says nothing about",
      { severity: "critical", area: "serving", namespace: "vision" },
      ["on-call", "platform-chat"],
    ],
    [
      "an area that a team did not ask for",
      { severity: "warning", area: "cost", namespace: "vision" },
      ["finance-mail"],
    ],
    ["an area with receivers of its own", { severity: "critical", area: "cost" }, ["finance-mail", "platform-chat"]],
    ["a severity that an area says nothing about", { severity: "info", area: "cost" }, ["nobody"]],
    [
      "drift that retrains a model",
      { severity: "warning", area: "models", retrain: "ranker-training" },
      ["retrain-ranker-training", "platform-chat"],
    ],
    ["an alert without a severity", { area: "cluster" }, ["on-call", "platform-chat"]],
  ])("%s reaches those it is for", (_, labels, receivers) => {
    expect(told({ alertname: "Something", ...labels })).toEqual(receivers);
  });

  test("nobody is told where nobody is meant to be", () => {
    for (const severity of ["critical", "warning", "info"]) expect(told({ severity }, NOBODY_TOLD)).toEqual(["nobody"]);
    expect(told({ alertname: "Watchdog" }, NOBODY_TOLD)).toEqual(["nobody"]);
    expect(alertmanagerConfig(NOBODY_TOLD).receivers).toEqual([{ name: "nobody" }]);
  });

  test("alerts of one cause are one message, the severe soon and often", () => {
    expect(alertmanagerConfig(FULL_ROUTING).route).toMatchObject({
      receiver: "nobody",
      group_by: ["alertname", "cluster", "severity", "namespace", "model_service", "model"],
    });
    expect(routeTo("on-call")).toMatchObject({ group_wait: "15s", group_interval: "2m", repeat_interval: "4h" });
    expect(routeTo("finance-mail")).toMatchObject({ group_wait: "15s" });
    expect(routeTo("incidents")).toMatchObject({ group_wait: "120s", group_interval: "15m", repeat_interval: "48h" });
  });

  test("the dead man's switch is told every five minutes, a training started once while a drift is remembered", () => {
    expect(routeTo("dead-man")).toMatchObject({ group_interval: "1m", repeat_interval: "5m" });
    expect(routeTo("retrain-ranker-training")).toMatchObject({
      group_by: ["cluster", "model"],
      group_interval: "24h",
      repeat_interval: "120h",
    });
  });

  test("warnings and infos wait in quiet hours, nothing else does", () => {
    const { routes = [] } = alertmanagerConfig(FULL_ROUTING).route;
    const muted = routes.filter((route) => route.mute_time_intervals !== undefined);
    const severities = muted.map(({ matchers = [] }) => matchers[0]);
    expect(new Set(severities)).toEqual(new Set(['severity="warning"', 'severity="info"']));
    const waiting = routes.filter(({ matchers = [] }) => /warning|info/.test(matchers[0] ?? ""));
    expect(waiting).toEqual(muted);
  });
});

describe("receivers", () => {
  const receivers = alertmanagerConfig(FULL_ROUTING).receivers;
  const find = (name: string) => receivers.find((receiver) => receiver.name === name);

  test("find what is secret in files", () => {
    const folder = "/etc/alertmanager/secrets/alert-receivers";
    expect(find("platform-chat")).toMatchObject({
      slack_configs: [{ channel: "#ml-platform", api_url_file: `${folder}/platform-chat-url` }],
    });
    expect(find("ranking-chat")).toMatchObject({
      msteamsv2_configs: [{ webhook_url_file: `${folder}/ranking-chat-url` }],
    });
    expect(find("on-call")).toMatchObject({
      pagerduty_configs: [{ routing_key_file: `${folder}/on-call-routing-key` }],
    });
    expect(find("dead-man")).toMatchObject({
      webhook_configs: [{ url_file: `${folder}/dead-man-url`, send_resolved: false }],
    });
    expect(find("finance-mail")).toMatchObject({
      email_configs: [
        {
          to: "finance@example.com, ml@example.com",
          auth_password_file: `${folder}/finance-mail-password`,
          require_tls: true,
        },
      ],
    });
  });

  test("send a token to the address alone that it is for", () => {
    const authorization = {
      type: "Bearer",
      credentials_file: "/etc/alertmanager/secrets/alert-receivers/incidents-token",
    };
    expect(find("incidents")).toMatchObject({
      webhook_configs: [
        { url: "https://incidents.example.com/hook", http_config: { authorization, follow_redirects: false } },
      ],
    });
  });

  test("start a training with the token of the trigger, and say nothing when the alert ends", () => {
    const file = "/etc/alertmanager/secrets/retraining-tokens/ranker";
    expect(find("retrain-ranker-training")).toEqual({
      name: "retrain-ranker-training",
      webhook_configs: [
        {
          send_resolved: false,
          url: "http://retraining.orchestration.svc.cluster.local:8080/ranker",
          http_config: { authorization: { type: "Bearer", credentials_file: file }, follow_redirects: false },
        },
      ],
    });
  });
});

describe("inhibition", () => {
  const rules = alertmanagerConfig(NOBODY_TOLD).inhibit_rules;

  test("a critical alert silences the same warning about the same thing", () => {
    const [first] = rules;
    expect(first).toMatchObject({
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity=~"warning|info"'],
    });
    expect(first?.equal).toEqual(expect.arrayContaining(["alertname", "cluster", "namespace", "node", "gpu", "pod"]));
  });

  test("nothing critical is ever silenced", () => {
    for (const { target_matchers: targets } of rules) {
      expect(targets.filter((matcher) => /^severity=(~"warning\|info"|"info")$/.test(matcher))).toHaveLength(1);
    }
  });

  test("a node that is gone silences what is on it, a blind cluster what is known of it by hearsay", () => {
    const sources = rules.map(({ source_matchers: [first] }) => first);
    expect(sources).toContain('alertname=~"NodeNotReady|GpuNodeNotReady"');
    expect(sources).toContain('alertname=~"ApiServerDown|KubeStateMetricsMissing"');
  });
});

describe("quiet hours", () => {
  const intervals = (start: string, stop: string, weekends?: boolean) =>
    alertmanagerConfig({ ...NOBODY_TOLD, quietHours: { timeZone: "Europe/Berlin", start, stop, weekends } })
      .time_intervals;
  const location = "Europe/Berlin";
  const weekend = { weekdays: ["saturday", "sunday"], location };

  test.each([
    [
      "20:00",
      "07:30",
      [
        ["20:00", "24:00"],
        ["00:00", "07:30"],
      ],
    ],
    ["20:00", "00:00", [["20:00", "24:00"]]],
    ["00:00", "06:00", [["00:00", "06:00"]]],
  ])("from %s to %s do not go over midnight", (start, stop, ranges) => {
    const times = ranges.map(([from, to]) => ({ start_time: from, end_time: to }));
    expect(intervals(start, stop)).toEqual([{ name: "quiet-hours", time_intervals: [{ times, location }, weekend] }]);
  });

  test("leave weekends out on demand, and are left out altogether by default", () => {
    expect(intervals("01:00", "02:00", false)?.[0]?.time_intervals).toHaveLength(1);
    expect(alertmanagerConfig(NOBODY_TOLD)).not.toHaveProperty("time_intervals");
  });
});

test("every template that a receiver names is there, and each is closed", () => {
  const named = JSON.stringify(alertmanagerConfig(FULL_ROUTING)) + ALERT_TEMPLATES.replaceAll('"', '\\"');
  const used = [...named.matchAll(/template \\"([\w.]+)\\"/g)].map(([, name]) => name);
  const defined = [...ALERT_TEMPLATES.matchAll(/\{\{ define "([\w.]+)"/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(defined));
  const opened = ALERT_TEMPLATES.match(/\{\{-? ?(define|if|range|with) /g)?.length;
  expect(ALERT_TEMPLATES.match(/\{\{-? end \}\}/g)).toHaveLength(opened ?? 0);
});

describe("links", () => {
  const LINK = /<a href="|\]\(|\|(Runbook|Dashboard)>/g;

  test("are made of what is an address alone; a path of the repository is text", () => {
    const guarded =
      /\{\{ if match "\^https\?:\/\/" \. \}\}.*?\{\{ else \}\}(Runbook|Dashboard): \{\{ \. \}\}\{\{ end \}\}/g;
    expect(ALERT_TEMPLATES.match(guarded)).toHaveLength(6);
    expect(ALERT_TEMPLATES.match(LINK)).toHaveLength(6);
    expect(ALERT_TEMPLATES.replaceAll(guarded, "")).not.toMatch(LINK);
  });

  test("of Slack and PagerDuty are empty, and so left out, where there is no address", () => {
    expect(ALERT_TEMPLATES).toContain(`{{ define "flightdeck.runbook" -}}
{{ if match "^https?://" .CommonAnnotations.runbook_url }}{{ .CommonAnnotations.runbook_url }}{{ end }}
{{- end }}`);
    const runbook = '{{ template "flightdeck.runbook" . }}';
    const { receivers } = alertmanagerConfig(FULL_ROUTING);
    expect(receivers).toContainEqual(
      expect.objectContaining({ slack_configs: [expect.objectContaining({ title_link: runbook })] }),
    );
    expect(receivers).toContainEqual(
      expect.objectContaining({
        pagerduty_configs: [expect.objectContaining({ links: [{ href: runbook, text: "Runbook" }] })],
      }),
    );
  });
});
