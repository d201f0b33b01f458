import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { IDLE_WINDOW_MINUTES } from "../gpu-recording-rules";
import { HOLDER, withPool } from "./shared-selectors";

/** GPUs that are held for nothing, and GPUs that have no room left. */
export function gpuUseAlerts(settings: RuleSettings): readonly AlertRule[] {
  return [idle(settings), memoryFull(settings)];
}

function idle({ components, thresholds }: RuleSettings): AlertRule {
  const holders = "namespace, pod, node, pool, modelName";
  const price = "max by (node) (node_gpu_hourly_cost)";
  const priced = `sum by (${holders}) (gpu:idle:share * on (node) group_left () ${price} or 0 * gpu:idle:share)`;
  const where =
    "{{ $labels.namespace }}/{{ $labels.pod }} leaves its {{ $labels.modelName }} on {{ $labels.node }} idle";
  return {
    alert: "GpuIdle",
    severity: "warning",
    area: "gpu",
    expression: components.cost ? priced : `sum by (${holders}) (gpu:idle:share)`,
    // The share is a mean already: the rest of the time is what it must last.
    forMinutes: Math.max(0, thresholds.gpuIdleMinutes - IDLE_WINDOW_MINUTES),
    summary: components.cost
      ? `${where}: {{ $value | printf "%.2f" }} USD an hour`
      : `${where}: {{ $value | humanize }} GPUs`,
    description: `The pod has held GPUs for ${thresholds.gpuIdleMinutes} minutes and used less than ${thresholds.gpuIdleRatio * 100}% of them. They cost as much as busy ones, and nobody else can have them. A price of 0 means that none is known.`,
    dashboard: { name: "gpu-cost", variables: { pool: "pool", namespace: "namespace" } },
  };
}

function memoryFull({ thresholds }: RuleSettings): AlertRule {
  const used = `max by (${HOLDER}) (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE))`;
  return {
    alert: "GpuMemoryFull",
    severity: "info",
    area: "gpu",
    expression: withPool(`${used} > ${thresholds.gpuMemoryRatio}`),
    forMinutes: 10,
    summary:
      "{{ $value | humanizePercentage }} of the memory in use on GPU {{ $labels.gpu }} ({{ $labels.modelName }}) of {{ $labels.node }} in pool {{ $labels.pool }}",
    description:
      "For many programs this is how they should run: vLLM takes its share of the memory at the start, and PyTorch keeps what it has freed. It matters where processes on the GPU end for lack of memory, or where pods share the GPU by time: an allocation that finds no memory fails and is never waited for.",
    dashboard: { name: "gpu-fleet", variables: { pool: "pool", node: "node" } },
  };
}
