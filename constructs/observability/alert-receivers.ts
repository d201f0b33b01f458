import type { IRetrainingTrigger } from "../core/retraining-trigger";
import type { AlertArea, Severity } from "./rules/rule";
import type { StoredSecret } from "./stored-secret";

/** A channel of Slack. */
export interface SlackReceiver {
  /** What it is. */
  readonly kind: "slack";
  /** Channel with its `#`. */
  readonly channel: string;
  /** Address of the incoming webhook, which lets whoever knows it write to the channel. */
  readonly url: StoredSecret;
}

/** A channel of Microsoft Teams, through a workflow that takes webhooks. */
export interface TeamsReceiver {
  /** What it is. */
  readonly kind: "teams";
  /** Address of the workflow, which lets whoever knows it write to the channel. */
  readonly url: StoredSecret;
}

/** A service of PagerDuty. */
export interface PagerDutyReceiver {
  /** What it is. */
  readonly kind: "pagerduty";
  /** Integration key of the service (Events API v2). */
  readonly routingKey: StoredSecret;
}

/** E-mail. */
export interface EmailReceiver {
  /** What it is. */
  readonly kind: "email";
  /** Addresses it goes to, at least one. */
  readonly to: readonly string[];
  /** Address it comes from. */
  readonly from: string;
  /** SMTP server as `host:port`. */
  readonly smarthost: string;
  /** User of the server. */
  readonly username: string;
  /** Password of the user. */
  readonly password: StoredSecret;
  /**
   * Whether nothing is sent to a server that does not offer STARTTLS.
   *
   * @default true
   */
  readonly requireTls?: boolean;
}

/** Anything else: an address that takes a POST of Alertmanager's webhook format (version 4). */
export interface WebhookReceiver {
  /** What it is. */
  readonly kind: "webhook";
  /** The address: `https://`, or `http://` of a service of the cluster; by reference where it is itself the secret. */
  readonly url: string | StoredSecret;
  /**
   * Bearer token for the address.
   *
   * @default - none
   */
  readonly token?: StoredSecret;
  /**
   * Whether it is told too that an alert has ended.
   *
   * @default true
   */
  readonly sendResolved?: boolean;
}

/** Where notifications go. */
export type AlertReceiver = SlackReceiver | TeamsReceiver | PagerDutyReceiver | EmailReceiver | WebhookReceiver;

/** Names of receivers, at least one; or that nobody is told, on purpose. */
export type ReceiverNames = readonly string[] | "nobody";

/** Who is told, by severity; what is left out goes to those who would be told without this entry. */
export type SeverityReceivers = Readonly<Partial<Record<Severity, ReceiverNames>>>;

/** Who is told of what concerns the namespaces of a team. */
export interface TeamRouting {
  /** Namespaces of the team, at least one; no two teams share one. */
  readonly namespaces: readonly string[];
  /**
   * What the team is told of, instead of those who run the platform.
   *
   * @default - everything but `gpu` and `monitoring`: broken hardware is the platform's, whoever holds it
   */
  readonly areas?: readonly AlertArea[];
  /** Who is told. */
  readonly severities: SeverityReceivers;
}

/** How soon, and how often, somebody is told of one group of alerts. */
export interface AlertTiming {
  /** Seconds for which a new group waits, so that alerts of one cause come together. */
  readonly waitSeconds: number;
  /** Minutes after which new alerts of a group that was sent are sent. */
  readonly intervalMinutes: number;
  /** Hours after which alerts that still fire are sent again, up to 120: Alertmanager remembers what it sent for so long. */
  readonly repeatHours: number;
}

/** Hours in which warnings and infos wait. What fires still when they end is sent then. */
export interface QuietHours {
  /** IANA time zone, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** When the quiet begins, `HH:MM`. */
  readonly start: string;
  /** When it ends, `HH:MM`; before `start`: on the next day. */
  readonly stop: string;
  /**
   * Whether Saturday and Sunday are quiet all day.
   *
   * @default true
   */
  readonly weekends?: boolean;
}

/** Who is told of which alerts. */
export interface AlertRouting {
  /** Where notifications can go, by name in kebab-case. */
  readonly receivers: Readonly<Record<string, AlertReceiver>>;
  /** Who is told of what no team and no area says otherwise. Each severity is spelled out. */
  readonly severities: Readonly<Record<Severity, ReceiverNames>>;
  /**
   * Receiver that gets the alert `Watchdog` every five minutes and raises the alarm when it does not: without one nobody
   * notices that alerts are no longer sent.
   */
  readonly deadMansSwitch: string;
  /**
   * Other receivers for alerts of some areas. An area may not leave what is critical to nobody.
   *
   * @default - none
   */
  readonly areas?: Readonly<Partial<Record<AlertArea, SeverityReceivers>>>;
  /**
   * Other receivers for the namespaces of teams, by the name of the team. They go before areas. A team may not leave what is
   * critical to nobody.
   *
   * @default - none
   */
  readonly teams?: Readonly<Record<string, TeamRouting>>;
  /**
   * What alerts with the label `retrain` start; people are told of them all the same.
   *
   * @default - nothing
   */
  readonly retraining?: readonly IRetrainingTrigger[];
  /**
   * How soon and how often, by severity.
   *
   * @default - critical after 15 seconds and every 4 hours, warning after 1 minute and every day, info after 5 minutes and
   * every 3 days
   */
  readonly timing?: Readonly<Partial<Record<Severity, AlertTiming>>>;
  /**
   * Hours in which nobody is told of warnings and infos.
   *
   * @default - none
   */
  readonly quietHours?: QuietHours;
}
