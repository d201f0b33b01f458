import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";
import { GPU, withPool } from "./shared-selectors";

/**
 * Codes after which a GPU is reset or its node replaced at once, by NVIDIA's catalogue. 63 is not among them, which says that a
 * row will be replaced at the next reset, nor 94, which ends the process that it hits and leaves the others alone: they warn.
 *
 * @see https://docs.nvidia.com/deploy/xid-errors/analyzing-xid-catalog.html
 * @see https://github.com/aws/eks-node-monitoring-agent/blob/main/monitors/nvidia/dcgm/dcgm_policies.go, read in November 2026
 */
export const FATAL_XIDS: readonly number[] = [
  46, 48, 54, 62, 64, 74, 79, 95, 109, 110, 119, 120, 136, 140, 142, 143, 151, 155, 156, 158,
];

const FATAL = FATAL_XIDS.join("|");
const DASHBOARD = { name: "gpu-fleet", variables: { pool: "pool", node: "node" } } as const;
const WHERE = "GPU {{ $labels.gpu }} ({{ $labels.modelName }}) of {{ $labels.node }} in pool {{ $labels.pool }}";
const BASE = { area: "gpu", dashboard: DASHBOARD } as const;

/** Faults of the hardware. */
export function gpuHealthAlerts(settings: RuleSettings): readonly AlertRule[] {
  return [...XIDS, ...MEMORY, ...heat(settings), LINKS];
}

/**
 * The exporter counts what DCGM has recorded within its window of five minutes, one series for each code; a GPU without errors
 * has a single series without the label `xid`. So the count says what is new, where `DCGM_FI_DEV_XID_ERRORS` keeps the last code
 * until the driver is loaded again.
 */
function xidErrors(matchers: string): string {
  return withPool(`max by (${GPU}, xid) (DCGM_EXP_XID_ERRORS_COUNT{${matchers}}) > 0`);
}

const XIDS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "GpuXidError",
    severity: "critical",
    expression: xidErrors(`xid=~"${FATAL}"`),
    keepFiringForMinutes: 15,
    summary: `XID {{ $labels.xid }} on ${WHERE}`,
    description:
      "The GPU has a fault that it does not recover from by itself. What runs on it has failed or will, and new pods that land on the node fail too, until the GPU is reset or the node is replaced.",
  },
  {
    ...BASE,
    alert: "GpuXidWarning",
    severity: "warning",
    expression: xidErrors(`xid!="",xid!="0",xid!~"${FATAL}"`),
    keepFiringForMinutes: 15,
    summary: `XID {{ $labels.xid }} on ${WHERE}`,
    description:
      "The driver reports an error that the GPU survives. Most are the program's own, as 13, 31, 43 and 45 are: a process on the GPU has likely ended. 63 and 94 are of its memory: the node should be drained at the next occasion. Many errors on one GPU and with different programs are a sign of broken hardware.",
  },
];

const MEMORY: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "GpuEccDoubleBitErrors",
    severity: "warning",
    expression: withPool(`max by (${GPU}) (DCGM_FI_DEV_ECC_DBE_VOL_TOTAL) > 0`),
    summary: `{{ $value | printf "%.0f" }} memory errors that could not be corrected on ${WHERE}`,
    description:
      "Memory of the GPU has lost data since its driver was loaded: the processes that used it were ended. The rows are replaced when the GPU is reset; until then it may hit the same cells again.",
  },
  {
    ...BASE,
    alert: "GpuRowRemapFailure",
    severity: "critical",
    expression: withPool(`max by (${GPU}) (DCGM_FI_DEV_ROW_REMAP_FAILURE) > 0`),
    summary: `No spare memory rows are left on ${WHERE}`,
    description:
      "A broken row of the GPU's memory could not be replaced, and a reset does not help. Every further error ends what runs on the GPU: the instance must go.",
  },
  {
    ...BASE,
    alert: "GpuUncorrectableRemappedRows",
    severity: "warning",
    expression: "increase(gpu:uncorrectable_remapped_rows:max[1d]) > 0",
    summary: `Memory rows replaced within a day on ${WHERE}`,
    description:
      "Rows of the GPU's memory had errors that could not be corrected. The replacement takes effect when the GPU is reset, so the node should be drained at the next occasion, before the same rows are hit again.",
  },
];

function heat({ thresholds }: RuleSettings): readonly AlertRule[] {
  return [
    {
      ...BASE,
      alert: "GpuTemperatureHigh",
      severity: "warning",
      expression: `gpu:temperature_celsius:max > ${thresholds.gpuTemperatureCelsius}`,
      forMinutes: 5,
      summary: `{{ $value | printf "%.0f" }} °C on ${WHERE}`,
      description:
        "The GPU is hotter than it should be for five minutes. It lowers its clocks soon, and what runs on it gets slower; it switches itself off when that does not help.",
    },
    throttling("Thermal", "warning", 0.1, 10),
    throttling("Power", "info", 0.5, 30),
  ];
}

/** The counters are nanoseconds in which the clocks were held down: their rate, divided by as many as a second has, is a share. */
function throttling(
  cause: "Thermal" | "Power",
  severity: AlertRule["severity"],
  share: number,
  forMinutes: number,
): AlertRule {
  const metric = `DCGM_FI_DEV_${cause.toUpperCase()}_VIOLATION`;
  const why = cause === "Thermal" ? "its temperature" : "the power it may draw";
  return {
    ...BASE,
    alert: `Gpu${cause}Throttling`,
    severity,
    expression: withPool(`max by (${GPU}) (rate(${metric}[10m])) / 1e9 > ${share}`),
    forMinutes,
    summary: `Clocks held down {{ $value | humanizePercentage }} of the time on ${WHERE}`,
    description: `The GPU runs slower than it could because of ${why}. In a job on many GPUs all others wait for the slowest one.`,
  };
}

const LINKS: AlertRule = {
  ...BASE,
  alert: "GpuNvlinkErrors",
  severity: "warning",
  expression: promql`increase(gpu:nvlink_errors:sum[15m]) > 100`,
  forMinutes: 5,
  summary: `{{ $value | humanize }} NVLink errors in 15 minutes on ${WHERE}`,
  description:
    "Data between this GPU and the others of its node is sent again and again. Collective operations get slow, and a link that gives up ends the job with XID 74.",
};
