import type { AlertRouting } from "../alert-receivers";
import { type InhibitRuleConfig, inhibitRules } from "./alert-inhibitions";
import { NOBODY, receiverConfig, type ReceiverConfig, retrainingConfig } from "./alert-receiver-configs";
import { alertRoutes, type RouteConfig } from "./alert-routes";
import { quietInterval, type TimeIntervalConfig } from "./quiet-hours";

/** Alertmanager's configuration, as far as this layer writes it. */
export interface AlertmanagerConfig {
  readonly global: { readonly resolve_timeout: string };
  readonly route: RouteConfig;
  readonly receivers: readonly ReceiverConfig[];
  readonly inhibit_rules: readonly InhibitRuleConfig[];
  readonly time_intervals?: readonly TimeIntervalConfig[];
  readonly templates: readonly string[];
}

/** Where the operator puts the templates. */
const TEMPLATES = "/etc/alertmanager/config/*.tmpl";

/**
 * Alertmanager's configuration for a routing that has been checked. Each list and each key of the chart's own configuration is
 * written, so that none of it is left.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertmanagerConfig(routing: AlertRouting): AlertmanagerConfig {
  const { receivers, retraining = [], quietHours } = routing;
  return {
    global: { resolve_timeout: "5m" },
    route: alertRoutes(routing),
    receivers: [
      { name: NOBODY },
      ...Object.entries(receivers).map(([name, receiver]) => receiverConfig(name, receiver)),
      ...retraining.map((trigger) => retrainingConfig(trigger)),
    ],
    inhibit_rules: inhibitRules(),
    ...(quietHours !== undefined && { time_intervals: [quietInterval(quietHours)] }),
    templates: [TEMPLATES],
  };
}
