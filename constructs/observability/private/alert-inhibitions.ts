/** A rule by which one alert silences others. */
export interface InhibitRuleConfig {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

const LESS_THAN_CRITICAL = 'severity=~"warning|info"';

/** What an alert is about: where both lack a label, they are about the same as far as it goes. */
const SAME_THING = [
  ...[
    "cluster",
    "namespace",
    "node",
    "gpu",
    "pool",
    "pod",
    "model_service",
    "variant",
    "slo",
    "model",
    "database",
    "cache",
  ],
  ...["persistentvolumeclaim", "cluster_queue", "job"],
];

/** Alerts that say that a node is gone, with what is on it. */
const NODE_GONE = ["NodeNotReady", "GpuNodeNotReady"];

/** Alerts without which nothing of the cluster can be judged. */
const CLUSTER_BLIND = ["ApiServerDown", "KubeStateMetricsMissing"];

/**
 * Which alerts silence which. The silenced are still shown by Alertmanager, and told of as soon as the other ends.
 *
 * - The same alert about the same thing, one severity up.
 * - An error budget that burns fast silences the same budget that burns slowly.
 * - A node that is gone silences what is wrong with its GPUs and pods, but for what is critical, which may be why it is gone.
 * - While the API server or what reads it is gone, what is not critical about the cluster, its queues and pipelines is hearsay.
 */
export function inhibitRules(): readonly InhibitRuleConfig[] {
  return [
    {
      source_matchers: ['severity="critical"'],
      target_matchers: [LESS_THAN_CRITICAL],
      equal: ["alertname", ...SAME_THING],
    },
    {
      source_matchers: ['severity="warning"'],
      target_matchers: ['severity="info"'],
      equal: ["alertname", ...SAME_THING],
    },
    {
      source_matchers: ['severity="critical"', 'area="serving"', 'slo!=""'],
      target_matchers: [LESS_THAN_CRITICAL, 'area="serving"', 'slo!=""'],
      equal: ["cluster", "namespace", "model_service", "slo"],
    },
    {
      source_matchers: [`alertname=~"${NODE_GONE.join("|")}"`, 'node!=""'],
      target_matchers: [LESS_THAN_CRITICAL, `alertname!~"${NODE_GONE.join("|")}"`, 'node!=""'],
      equal: ["cluster", "node"],
    },
    {
      source_matchers: [`alertname=~"${CLUSTER_BLIND.join("|")}"`, 'severity="critical"'],
      target_matchers: [LESS_THAN_CRITICAL, 'area=~"cluster|scheduling|pipelines"'],
      equal: ["cluster"],
    },
  ];
}
