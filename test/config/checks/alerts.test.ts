import { accepted, refusal, VALID, withChange } from "../environment-fixture";

const AT = "dev.yaml:17 observability.alerts";
const withAlerts = (alerts: string) => withChange("", `observability: {alerts: ${alerts}}\n`);
const CHAT = 'chat: {slack: {channel: "#ml-alerts"}}';

describe("receivers", () => {
  test.each([
    ["Slack", CHAT],
    ["PagerDuty", "pager: {pagerduty: {}}"],
    [
      "e-mail",
      "mail: {email: {to: [a@example.com], from: b@example.com, server: 'smtp.example.com:587', username: u}}",
    ],
    ["a webhook", "hook: {webhook: {url: https://hooks.example.com/a?b=c, bearerToken: true}}"],
  ])("may be %s", (_kind, receiver) => {
    expect(refusal(withAlerts(`{receivers: {${receiver}}}`))).toBe("");
  });

  test.each([
    [
      "none of the kinds",
      "{chat: {}}",
      `${AT}.receivers.chat: must have one of slack, pagerduty, email, webhook, got "none"`,
    ],
    [
      "two kinds at once",
      '{chat: {slack: {channel: "#a"}, pagerduty: {}}}',
      `${AT}.receivers.chat: must have one of slack, pagerduty, email, webhook, got "slack, pagerduty"`,
    ],
    [
      "called nobody",
      "{nobody: {pagerduty: {}}}",
      `${AT}.receivers.nobody: must have another name: nobody is nobody, got "nobody"`,
    ],
    [
      "called as what starts trainings",
      "{retrain-x: {pagerduty: {}}}",
      `${AT}.receivers.retrain-x: must have another name: those with retrain- start trainings, got "retrain-x"`,
    ],
    [
      "reached without TLS",
      "{hook: {webhook: {url: http://hooks.example.com}}}",
      `${AT}.receivers.hook.webhook.url: must be an address that starts with https://, got "http://hooks.example.com"`,
    ],
    [
      "a channel without its #",
      "{chat: {slack: {channel: ml-alerts}}}",
      `${AT}.receivers.chat.slack.channel: must be a channel: # and up to 79 lower-case letters, digits, - and _, got "ml-alerts"; allowed: for example "#ml-alerts"`,
    ],
  ])("are not %s", (_what, receivers, message) => {
    expect(refusal(withAlerts(`{receivers: ${receivers}}`))).toBe(message);
  });
});

describe("routes", () => {
  test("lead nowhere in dev until somebody is named", () => {
    const { severities, deadMansSwitch } = accepted(VALID).observability.alerts;
    expect({ severities, deadMansSwitch }).toEqual({
      severities: { critical: [], warning: [], info: [] },
      deadMansSwitch: "nobody",
    });
  });

  test("lead to receivers that there are, each once", () => {
    const alerts = `{receivers: {${CHAT}}, severities: {critical: [chat, pager], warning: [chat, chat]}, deadMansSwitch: beat}`;
    expect(refusal(withAlerts(alerts)).split("\n")).toEqual([
      `${AT}.severities.critical[1]: must be the name of a receiver, got "pager"; allowed: chat`,
      `${AT}.severities.warning[1]: must not be named twice, got "chat"`,
      `${AT}.deadMansSwitch: must be the name of a receiver, got "beat"; allowed: chat`,
    ]);
  });

  test("of teams are of teams that there are", () => {
    expect(refusal(withAlerts(`{receivers: {${CHAT}}, teams: {research: {warning: [chat]}}}`))).toBe(
      `${AT}.teams.research: must be a team, got "research"; allowed: none yet`,
    );
  });

  test("of teams may leave to nobody what can wait, but not what is critical", () => {
    const team = "teams: {research: {namespaces: [research], quotas: {l4: {gpus: 1}}}}\n";
    const alerts = (routes: string) => `observability: {alerts: {teams: {research: ${routes}}}}\n`;
    expect(refusal(withChange("", `${team}${alerts("{warning: [], info: []}")}`))).not.toContain("alerts");
    expect(refusal(withChange("", `${team}${alerts("{critical: []}")}`))).toContain(
      "observability.alerts.teams.research.critical: must name a receiver: a team may not silence what wakes somebody, got []",
    );
  });

  test("are quiet for some of the day", () => {
    expect(refusal(withAlerts('{quietHours: {timeZone: UTC, start: "07:00", stop: "07:00"}}'))).toBe(
      `${AT}.quietHours.stop: must be another time than start, got "07:00"`,
    );
  });

  test("are quiet by the clock of a place", () => {
    expect(refusal(withAlerts('{quietHours: {timeZone: CET+1, start: "20:00", stop: "07:00"}}'))).toBe(
      `${AT}.quietHours.timeZone: must be an IANA time zone, got "CET+1"; allowed: for example Europe/Berlin, America/New_York, UTC`,
    );
  });
});

describe("triggers of trainings", () => {
  const withTrigger = (url: string) => withChange("", `observability: {retraining: {ranker: {url: "${url}"}}}\n`);

  test.each(["https://hooks.example.com/a", "http://hook.tools.svc:8080/x", "http://hook.tools.svc.cluster.local"])(
    "are taken at %s",
    (url) => {
      expect(refusal(withTrigger(url))).toBe("");
    },
  );

  test.each(["http://hooks.example.com/a", "http://svc.example.com", "http://hook.tools.svc.example.com"])(
    "are not taken at %s",
    (url) => {
      expect(refusal(withTrigger(url))).toBe(
        `dev.yaml:17 observability.retraining.ranker.url: must be encrypted on its way, or never leave the cluster, got "${url}"; allowed: https://…, or http://<service>.<namespace>.svc… within the cluster`,
      );
    },
  );
});
