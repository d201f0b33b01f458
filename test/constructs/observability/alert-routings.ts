import type { AlertRouting } from "../../../constructs/observability/alert-receivers";

/** The least there is to say: nobody is told of anything. */
export const NOBODY_TOLD: AlertRouting = {
  receivers: {},
  severities: { critical: "nobody", warning: "nobody", info: "nobody" },
  deadMansSwitch: "nobody",
};

const SECRET = "atlas/dev/observability/alerting";

/** Receivers of every kind, a team, an area, a trigger, quiet nights. */
export const FULL_ROUTING: AlertRouting = {
  receivers: {
    "on-call": { kind: "pagerduty", routingKey: { secret: SECRET, property: "on-call" } },
    "platform-chat": { kind: "slack", channel: "#ml-platform", url: { secret: SECRET, property: "platform-chat" } },
    "ranking-chat": { kind: "teams", url: { secret: SECRET, property: "ranking-chat" } },
    "finance-mail": {
      kind: "email",
      to: ["finance@example.com", "ml@example.com"],
      from: "alerts@example.com",
      smarthost: "email-smtp.eu-central-1.amazonaws.com:587",
      username: "smtp-user",
      password: { secret: SECRET, property: "finance-mail" },
    },
    incidents: {
      kind: "webhook",
      url: "https://incidents.example.com/hook",
      token: { secret: "atlas/dev/observability/incidents-token" },
    },
    "dead-man": { kind: "webhook", url: { secret: SECRET, property: "dead-man" }, sendResolved: false },
  },
  severities: { critical: ["on-call", "platform-chat"], warning: ["platform-chat"], info: "nobody" },
  deadMansSwitch: "dead-man",
  areas: { cost: { critical: ["finance-mail", "platform-chat"], warning: ["finance-mail"] } },
  teams: {
    ranking: {
      namespaces: ["ranking", "ranking-batch"],
      severities: { critical: ["on-call", "ranking-chat"], warning: ["ranking-chat"], info: "nobody" },
    },
    vision: { namespaces: ["vision"], areas: ["serving", "models"], severities: { warning: ["incidents"] } },
  },
  retraining: [
    {
      triggerName: "ranker-training",
      webhookUrl: "http://retraining.orchestration.svc.cluster.local:8080/ranker",
      token: { secretName: "retraining-tokens", key: "ranker" },
    },
  ],
  timing: { warning: { waitSeconds: 120, intervalMinutes: 15, repeatHours: 48 } },
  quietHours: { timeZone: "Europe/Berlin", start: "20:00", stop: "07:30" },
};
