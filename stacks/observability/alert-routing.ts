import type { EnvironmentConfig, ReceiverConfig } from "../../config";
import type {
  AlertReceiver,
  AlertRouting,
  IRetrainingTrigger,
  ReceiverNames,
  SeverityReceivers,
} from "../../constructs";
import { ALERTING_SECRET } from "../data/secrets";

/** Who is told of which alerts, as the environment says. The secret of each receiver is the key of its name. */
export function alertRouting(config: EnvironmentConfig, retraining: readonly IRetrainingTrigger[]): AlertRouting {
  const { project, stage, teams } = config;
  const { alerts } = config.observability;
  const secret = `${project}/${stage}/${ALERTING_SECRET}`;
  return {
    receivers: mapValues(alerts.receivers, (receiver, name) => alertReceiver(receiver, { secret, property: name })),
    severities: mapValues(alerts.severities, receiverNames),
    deadMansSwitch: alerts.deadMansSwitch,
    teams: mapValues(alerts.teams, (severities, team) => ({
      namespaces: teams[team]?.namespaces ?? [],
      severities: severityReceivers(severities),
    })),
    retraining,
    quietHours: alerts.quietHours,
  };
}

function alertReceiver(receiver: ReceiverConfig, stored: { secret: string; property: string }): AlertReceiver {
  const { slack, pagerduty, email, webhook } = receiver;
  if (slack) return { kind: "slack", channel: slack.channel, url: stored };
  if (pagerduty) return { kind: "pagerduty", routingKey: stored };
  if (email) {
    const { server: smarthost, ...envelope } = email;
    return { kind: "email", ...envelope, smarthost, password: stored };
  }
  // The configuration was checked: a receiver is one of the four.
  const { url = "", bearerToken = false } = webhook ?? {};
  return { kind: "webhook", url, token: bearerToken ? stored : undefined };
}

function severityReceivers(
  severities: EnvironmentConfig["observability"]["alerts"]["teams"][string],
): SeverityReceivers {
  const said = Object.entries(severities).filter(([, names]) => names !== undefined);
  return Object.fromEntries(said.map(([severity, names]) => [severity, receiverNames(names ?? [])]));
}

function receiverNames(names: readonly string[]): ReceiverNames {
  return names.length === 0 ? "nobody" : names;
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Key, To>;
}
