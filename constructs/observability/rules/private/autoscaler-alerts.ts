import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";

const BASE = { area: "scheduling", severity: "warning", dashboard: { name: "cluster" } } as const;

/** What keeps Karpenter and KEDA from scaling. */
export function autoscalerAlerts({ components }: RuleSettings): readonly AlertRule[] {
  return [...(components.karpenter ? KARPENTER : []), ...(components.keda ? [KEDA] : [])];
}

/** What Karpenter calls a launch that failed for none of the causes that it knows by name: EC2 had no such instance. */
const NO_CAPACITY = 'reason="LaunchFailed"';
const LAUNCH_FAILURES = "karpenter_cloudprovider_instance_launch_failures_total";
const SPOT_WARNINGS = 'karpenter_interruption_received_messages_total{message_type="spot_interrupted"}';
const FEWEST_INTERRUPTIONS = 3;

const KARPENTER: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "KarpenterInsufficientCapacity",
    expression: `sum by (capacity_type, zone) (increase(${LAUNCH_FAILURES}{${NO_CAPACITY}}[15m])) > 0`,
    forMinutes: 30,
    summary: "EC2 has had no {{ $labels.capacity_type }} instances in {{ $labels.zone }} for half an hour",
    description:
      "Karpenter asks for instances of the pools and EC2 has none of these types in the zone. Pods wait until it has, or until a pool allows other types, zones or kinds of capacity.",
  },
  {
    ...BASE,
    alert: "KarpenterLaunchFailures",
    expression: `sum by (reason) (increase(${LAUNCH_FAILURES}{reason!="LaunchFailed"}[15m])) > 0`,
    forMinutes: 15,
    summary: "Karpenter starts no instances: {{ $labels.reason }}",
    description:
      "EC2 refuses what Karpenter asks for because of a quota, a permission, the network or the image. That does not pass by itself: pools do not grow until it is put right.",
  },
  {
    ...BASE,
    alert: "KarpenterPoolAtLimit",
    expression: promql`
      max by (nodepool, resource_type) (karpenter_nodepools_usage)
      / (max by (nodepool, resource_type) (karpenter_nodepools_limit) > 0)
      > 0.9
      and on () cluster:pods_pending:count > 0`,
    forMinutes: 15,
    summary:
      "Pool {{ $labels.nodepool }} uses {{ $value | humanizePercentage }} of its limit of {{ $labels.resource_type }}",
    description:
      "Pods wait while the pool may hardly grow any more: one more node of its types can be above the limit.",
  },
  {
    ...BASE,
    alert: "SpotInterruptionsHigh",
    expression: promql`
      sum(increase(${SPOT_WARNINGS}[1h])) >= ${FEWEST_INTERRUPTIONS}
      and sum(increase(${SPOT_WARNINGS}[1h]))
      > 0.25 * (sum(pool:nodes:count{capacity_type="spot"}) or vector(0))`,
    keepFiringForMinutes: 30,
    summary: "{{ $value | humanize }} spot instances were taken back within an hour",
    description:
      "AWS takes back more than a quarter of the spot nodes an hour. Jobs on them start over again and again, and servers on them lose replicas faster than new ones are ready.",
  },
];

/** KEDA's own labels for namespace and object; the former is renamed since the scraped pod has one too. */
const KEDA: AlertRule = {
  ...BASE,
  alert: "KedaScalerErrors",
  expression: "sum by (exported_namespace, scaledObject, scaler) (increase(keda_scaler_detail_errors_total[10m])) > 0",
  forMinutes: 10,
  summary: "KEDA cannot read {{ $labels.scaler }} of {{ $labels.exported_namespace }}/{{ $labels.scaledObject }}",
  description:
    "What the workload is scaled by cannot be read, so it keeps the number of replicas it has, or falls back to the number that its ScaledObject names: too few under load, too dear without.",
};
