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

  test("are quiet by the clock of a place", () => {
    expect(refusal(withAlerts('{quietHours: {timeZone: CET+1, start: "20:00", stop: "07:00"}}'))).toBe(
      `${AT}.quietHours.timeZone: must be an IANA time zone, got "CET+1"; allowed: for example Europe/Berlin, America/New_York, UTC`,
    );
  });
});
