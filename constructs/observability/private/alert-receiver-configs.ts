import type { IRetrainingTrigger } from "../../core/retraining-trigger";
import type { AlertReceiver, EmailReceiver, WebhookReceiver } from "../alert-receivers";
import { secretFile, secretKey } from "./receiver-secrets";

/** A receiver as Alertmanager's configuration has it. */
export interface ReceiverConfig {
  /** Name by which routes send to it. */
  readonly name: string;
  /** Lists such as `slack_configs`; none: what is sent here goes nowhere. */
  readonly [integrations: `${string}_configs`]: readonly Readonly<Record<string, unknown>>[];
}

/** Name of the receiver that tells nobody. */
export const NOBODY = "nobody";

/** What names of receivers start with that start a training. */
export const RETRAINING_PREFIX = "retrain-";

const TITLE = '{{ template "flightdeck.title" . }}';
/** Empty, which leaves the link out, where the runbook is a file of the repository. */
const RUNBOOK = '{{ template "flightdeck.runbook" . }}';

/** A receiver of people. */
export function receiverConfig(name: string, receiver: AlertReceiver): ReceiverConfig {
  switch (receiver.kind) {
    case "slack":
      return { name, slack_configs: [slackConfig(name, receiver.channel)] };
    case "teams":
      return { name, msteamsv2_configs: [teamsConfig(name)] };
    case "pagerduty":
      return { name, pagerduty_configs: [pagerDutyConfig(name)] };
    case "email":
      return { name, email_configs: [emailConfig(name, receiver)] };
    case "webhook":
      return { name, webhook_configs: [webhookConfig(name, receiver)] };
  }
}

/** The receiver of what retrains a model, which has nothing to do when the alert ends. */
export function retrainingConfig({ triggerName, webhookUrl: url, token }: IRetrainingTrigger): ReceiverConfig {
  const file = token && secretFile(token.key, token.secretName);
  return {
    name: `${RETRAINING_PREFIX}${triggerName}`,
    webhook_configs: [{ send_resolved: false, url, ...bearer(file) }],
  };
}

function slackConfig(name: string, channel: string): Record<string, unknown> {
  return {
    send_resolved: true,
    api_url_file: secretFile(secretKey(name, "url")),
    channel,
    color: '{{ template "flightdeck.color" . }}',
    title: TITLE,
    title_link: RUNBOOK,
    fallback: TITLE,
    text: '{{ template "flightdeck.slack" . }}',
  };
}

function teamsConfig(name: string): Record<string, unknown> {
  return {
    send_resolved: true,
    webhook_url_file: secretFile(secretKey(name, "url")),
    title: TITLE,
    text: '{{ template "flightdeck.markdown" . }}',
  };
}

function pagerDutyConfig(name: string): Record<string, unknown> {
  return {
    send_resolved: true,
    routing_key_file: secretFile(secretKey(name, "routing-key")),
    description: TITLE,
    severity: '{{ template "flightdeck.pagerduty.severity" . }}',
    class: "{{ .CommonLabels.alertname }}",
    component: "{{ .CommonLabels.area }}",
    group: "{{ .CommonLabels.environment }}",
    details: { environment: "{{ .CommonLabels.environment }}", alerts: '{{ template "flightdeck.text" . }}' },
    links: [{ href: RUNBOOK, text: "Runbook" }],
  };
}

function emailConfig(name: string, receiver: EmailReceiver): Record<string, unknown> {
  return {
    send_resolved: true,
    to: receiver.to.join(", "),
    from: receiver.from,
    smarthost: receiver.smarthost,
    auth_username: receiver.username,
    auth_password_file: secretFile(secretKey(name, "password")),
    require_tls: receiver.requireTls ?? true,
    headers: { Subject: TITLE },
    html: '{{ template "flightdeck.html" . }}',
    text: '{{ template "flightdeck.text" . }}',
  };
}

function webhookConfig(name: string, { url, token, sendResolved = true }: WebhookReceiver): Record<string, unknown> {
  const address = typeof url === "string" ? { url } : { url_file: secretFile(secretKey(name, "url")) };
  const file = token && secretFile(secretKey(name, "token"));
  return { send_resolved: sendResolved, ...address, ...bearer(file) };
}

/** A receiver that answers with another address must not get the token sent there. */
function bearer(file: string | undefined): Record<string, unknown> {
  if (file === undefined) return { http_config: { follow_redirects: false } };
  return { http_config: { authorization: { type: "Bearer", credentials_file: file }, follow_redirects: false } };
}
