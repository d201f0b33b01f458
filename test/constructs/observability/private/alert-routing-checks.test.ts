import { PropChecks } from "../../../../constructs/core/prop-checks";
import type { AlertReceiver, AlertRouting, QuietHours } from "../../../../constructs/observability/alert-receivers";
import { checkRouting } from "../../../../constructs/observability/private/alert-routing-checks";
import { failure, IDENTITY } from "../../../support/fixtures";
import { FULL_ROUTING, NOBODY_TOLD } from "../alert-routings";

function check(routing: AlertRouting): void {
  const checks = new PropChecks(undefined, "INVALID");
  checkRouting(checks, routing, IDENTITY);
  checks.throwIfAny();
}

/** Problems of a routing, without the prefix that all of them have. */
function problems(options: Partial<AlertRouting>): readonly string[] {
  const lines = failure(() => check({ ...NOBODY_TOLD, ...options })).message.split("\n");
  return lines.map((line) => line.replace("`alerting.", "`"));
}

const webhook = (url: string): AlertReceiver => ({ kind: "webhook", url });
const HOOK = webhook("https://example.com/hook");

test("a routing that says what it must, and one that says everything, are taken", () => {
  expect(() => check(NOBODY_TOLD)).not.toThrow();
  expect(() => check(FULL_ROUTING)).not.toThrow();
});

test("receivers are named in words, and not as those that start trainings", () => {
  const words = 'must be words of lower-case letters and digits joined by single hyphens, other than "nobody"';
  expect(problems({ receivers: { Ops: HOOK, nobody: HOOK, "retrain-x": HOOK } })).toEqual([
    `\`receivers.Ops\` ${words}, got "Ops"`,
    `\`receivers.nobody\` ${words}, got "nobody"`,
    '`receivers.retrain-x` must not start with retrain-, as the receivers of `retraining` do, got "retrain-x"',
  ]);
});

test("channels, mail addresses and mail servers look like what they are", () => {
  const secret = { secret: "atlas/dev/x" };
  const receivers: AlertRouting["receivers"] = {
    chat: { kind: "slack", channel: "ops", url: secret },
    mail: { kind: "email", to: ["a@b", "a@b.de"], from: "me", smarthost: "mail", username: "", password: secret },
    silent: { kind: "email", to: [], from: "a@b.de", smarthost: "mail.b.de:25", username: "u", password: secret },
  };
  expect(problems({ receivers })).toEqual([
    '`receivers.chat.channel` must be a channel with its #, got "ops"',
    '`receivers.mail.to[0]` must be an e-mail address, got "a@b"',
    '`receivers.mail.from` must be an e-mail address, got "me"',
    '`receivers.mail.smarthost` must be a mail server as host:port, got "mail"',
    '`receivers.mail.username` must not be empty, got ""',
    "`receivers.silent.to` must name at least one address, got []",
  ]);
});

test.each(["https://example.com", "http://hook.tools.svc:8080/x", "http://hook.tools.svc.cluster.local"])(
  "%s is an address for notifications",
  (url) => {
    expect(() => check({ ...NOBODY_TOLD, receivers: { hook: webhook(url) } })).not.toThrow();
  },
);

test.each(["http://example.com", "https://user:word@example.com", "http://svc.example.com", "ftp://a.b.svc", "hook"])(
  "%s is none",
  (url) => {
    const rule = "must be an address https://…, or http://<service>.<namespace>.svc… within the cluster";
    expect(problems({ receivers: { hook: webhook(url) } })).toEqual([`\`receivers.hook.url\` ${rule}, got "${url}"`]);
  },
);

test("secrets are those of the environment", () => {
  const rule = "must be the name of a secret of AWS Secrets Manager under atlas/dev/";
  const receivers: AlertRouting["receivers"] = {
    chat: { kind: "slack", channel: "#ops", url: { secret: "atlas/prod/chat" } },
    pager: { kind: "pagerduty", routingKey: { secret: "atlas/dev/" } },
    tools: { kind: "webhook", url: "https://example.com", token: { secret: "atlas/dev/a b", property: "" } },
  };
  expect(problems({ receivers })).toEqual([
    `\`receivers.chat.url.secret\` ${rule}, got "atlas/prod/chat"`,
    `\`receivers.pager.routingKey.secret\` ${rule}, got "atlas/dev/"`,
    `\`receivers.tools.token.secret\` ${rule}, got "atlas/dev/a b"`,
    '`receivers.tools.token.property` must be a key, or left out for the whole secret, got ""',
  ]);
});

test("each severity goes to receivers that there are, each once, or to nobody in so many words", () => {
  const severities = { critical: ["hooks", "hook", "hook"], warning: [], info: ["nobody"] };
  expect(problems({ receivers: { hook: HOOK }, severities, deadMansSwitch: "hok" })).toEqual([
    '`severities.critical[0]` must be the name of a receiver, such as hook, or "nobody", got "hooks"',
    '`severities.critical[2]` must not be named twice, got "hook"',
    '`severities.warning` must name a receiver; say "nobody" where nobody is told, got []',
    '`severities.info[0]` must stand alone, not in a list: "nobody", got "nobody"',
    '`deadMansSwitch` must be the name of a receiver, such as hook, or "nobody", got "hok"',
  ]);
});

test("a severity that is left out, as plain data may, is not taken for nobody", () => {
  const severities = { critical: "nobody", warning: "nobody" } as unknown as AlertRouting["severities"];
  expect(problems({ severities })).toEqual(['`severities.info` must name receivers, or be "nobody", got nothing']);
});

test("areas and teams go to receivers that there are, and a namespace is of one team", () => {
  const teams: AlertRouting["teams"] = {
    ranking: { namespaces: ["ranking", "Ranking"], severities: { critical: ["pager"] } },
    vision: { namespaces: ["ranking"], areas: [], severities: {} },
    empty: { namespaces: [], severities: {} },
  };
  const label = "must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens";
  expect(problems({ areas: { cost: { warning: ["mail"] } }, teams })).toEqual([
    '`areas.cost.warning[0]` must be the name of a receiver, or "nobody", got "mail"',
    `\`teams.ranking.namespaces[1]\` ${label}, got "Ranking"`,
    '`teams.ranking.severities.critical[0]` must be the name of a receiver, or "nobody", got "pager"',
    "`teams.vision.areas` must name at least one area, got []",
    '`teams.vision.namespaces[0]` must be of one team: ranking has it already, got "ranking"',
    "`teams.empty.namespaces` must name at least one namespace, got []",
  ]);
});

test.each<[string, "nobody" | []]>([
  ["nobody", "nobody"],
  ["an empty list", []],
])("neither a team nor an area leaves what is critical to %s, what can wait it may", (_, critical) => {
  const told = { critical, warning: "nobody", info: "nobody" } as const;
  const got = JSON.stringify(critical);
  const rule = (who: string) => `must name a receiver: ${who} may not silence what wakes somebody, got ${got}`;
  const teams = { ranking: { namespaces: ["ranking"], severities: told } };
  expect(problems({ areas: { cost: told }, teams })).toEqual([
    `\`areas.cost.critical\` ${rule("an area")}`,
    `\`teams.ranking.severities.critical\` ${rule("a team")}`,
  ]);
});

test("triggers have names of their own, addresses and tokens by name", () => {
  const trigger = { triggerName: "train", webhookUrl: "https://example.com", token: undefined };
  const token = { secretName: "Tokens", key: "a b" };
  const retraining = [
    trigger,
    { ...trigger, webhookUrl: "http://example.com", token },
    { ...trigger, triggerName: "Up" },
  ];
  const rule = "must be an address https://…, or http://<service>.<namespace>.svc… within the cluster";
  expect(problems({ retraining })).toEqual([
    '`retraining[1].triggerName` must be the name of one trigger, got "train"',
    `\`retraining[1].webhookUrl\` ${rule}, got "http://example.com"`,
    '`retraining[1].token.secretName` must be the name of a Kubernetes secret, got "Tokens"',
    '`retraining[1].token.key` must be a key of a Kubernetes secret, got "a b"',
    '`retraining[2].triggerName` must be words of lower-case letters and digits joined by single hyphens, got "Up"',
  ]);
});

test("times are within what Alertmanager remembers", () => {
  const timing = (waitSeconds: number, intervalMinutes: number, repeatHours: number) => ({
    timing: { warning: { waitSeconds, intervalMinutes, repeatHours } },
  });
  for (const [wait, interval, repeat] of [
    [0, 1, 1],
    [3600, 1440, 120],
  ] as const) {
    expect(() => check({ ...NOBODY_TOLD, ...timing(wait, interval, repeat) })).not.toThrow();
  }
  for (const [wait, interval, repeat] of [
    [-1, 0, 0],
    [3601, 1441, 121],
  ] as const) {
    expect(problems(timing(wait, interval, repeat))).toEqual([
      `\`timing.warning.waitSeconds\` must be whole seconds, 0 to 3600, got ${wait}`,
      `\`timing.warning.intervalMinutes\` must be whole minutes, 1 to 1440, got ${interval}`,
      `\`timing.warning.repeatHours\` must be whole hours, 1 to 120, got ${repeat}`,
    ]);
  }
});

test.each<[QuietHours, string[]]>([
  [{ timeZone: "Europe/Atlantis", start: "20:00", stop: "07:00" }, ["timeZone"]],
  [{ timeZone: "UTC", start: "8pm", stop: "24:00" }, ["start", "stop"]],
  [{ timeZone: "UTC", start: "07:00", stop: "07:00" }, ["stop"]],
])("quiet hours %j are none", (quietHours, wrong) => {
  const found = problems({ quietHours }).map((line) => /^`quietHours\.(\w+)`/.exec(line)?.[1]);
  expect(found).toEqual(wrong);
});
