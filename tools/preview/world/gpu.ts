import { around, fixedShare, ramp } from "./noise";
import { GPU_PODS, isThere, NODES, type WorldNode } from "./platform";
import type { Moment, Sink } from "./sink";
import type { Faults, Target } from "./target";

const MEMORY_MIB: Readonly<Record<string, number>> = { "NVIDIA L40S": 46_068, "NVIDIA H100 80GB HBM3": 81_559 };
const WATTS: Readonly<Record<string, number>> = { "NVIDIA L40S": 350, "NVIDIA H100 80GB HBM3": 700 };

/** dcgm-exporter on each node with GPUs. */
export function gpuTargets(): readonly Target[] {
  return NODES.filter(({ gpus }) => gpus > 0).map((node) => ({
    job: "dcgm-exporter",
    labels: { instance: node.name, node: node.name },
    tell: (sink, moment, faults) => {
      for (let gpu = 0; gpu < node.gpus; gpu += 1) tellGpu(sink, node, gpu, { moment, faults });
    },
  }));
}

function tellGpu(
  sink: Sink,
  node: WorldNode,
  gpu: number,
  { moment, faults }: { readonly moment: Moment; readonly faults: Faults },
): void {
  const key = `${node.name}/${gpu}`;
  const holder = GPU_PODS.find((pod) => pod.node === node.name && pod.gpus.includes(gpu) && isThere(pod, moment));
  const busy = holder === undefined ? 0 : holder.busy(moment);
  const labels = {
    gpu: String(gpu),
    UUID: `GPU-${Math.floor(fixedShare(key) * 1e9).toString(16)}`,
    device: `nvidia${gpu}`,
    modelName: node.gpuModel,
    Hostname: node.name,
    ...(holder ? { namespace: holder.namespace, pod: holder.pod, container: holder.container } : {}),
  };
  const memory = MEMORY_MIB[node.gpuModel] ?? 0;
  const held = holder === undefined ? 0.01 : holder.namespace === "serving" ? 0.9 : busy < 0.01 ? 0.31 : 0.72;
  const used = Math.round(memory * Math.min(0.97, around(held, 0.02, key, moment)));
  const set = (name: string, value: number): void => sink.gauge(`DCGM_FI_${name}`, labels, value);
  set("DEV_GPU_UTIL", Math.round(busy * 100));
  set("DEV_FB_USED", used);
  set("DEV_FB_FREE", memory - used);
  set("DEV_GPU_TEMP", Math.round(31 + 42 * busy + 4 * fixedShare(key)));
  set("DEV_MEMORY_TEMP", Math.round(36 + 45 * busy + 4 * fixedShare(key)));
  set("DEV_POWER_USAGE", Math.round((WATTS[node.gpuModel] ?? 0) * (0.14 + 0.78 * busy)));
  set("DEV_SM_CLOCK", Math.round(300 + 1_650 * Math.sqrt(busy)));
  set("PROF_GR_ENGINE_ACTIVE", busy * 0.97);
  set("PROF_PIPE_TENSOR_ACTIVE", busy * (node.pool === "h100" ? 0.46 : 0.22));
  set("PROF_DRAM_ACTIVE", busy * 0.51);
  sink.counter("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", labels, busy * 700 * moment.elapsed * 1000);
  tellErrors(sink, labels, { key, moment, fallen: Boolean(faults.xidError) && node.pool === "h100" && gpu === 3 });
}

/** One GPU has had rows of its memory replaced; one falls off the bus when it is told to. */
function tellErrors(
  sink: Sink,
  labels: Readonly<Record<string, string>>,
  { key, moment, fallen }: { readonly key: string; readonly moment: Moment; readonly fallen: boolean },
): void {
  const set = (name: string, value: number): void => sink.gauge(`DCGM_FI_DEV_${name}`, labels, value);
  const worn = key.startsWith("ip-10-0-88-63") && key.endsWith("/6");
  set("XID_ERRORS", fallen ? 79 : 0);
  if (fallen) sink.gauge("DCGM_EXP_XID_ERRORS_COUNT", { ...labels, xid: "79", window_size_in_ms: "300000" }, 1);
  set("ECC_DBE_VOL_TOTAL", 0);
  set("ECC_SBE_VOL_TOTAL", worn ? 14 : 0);
  set("UNCORRECTABLE_REMAPPED_ROWS", worn ? Math.floor(3 * ramp(moment, 16, 3)) : 0);
  set("CORRECTABLE_REMAPPED_ROWS", worn ? 2 : 0);
  set("ROW_REMAP_FAILURE", 0);
  for (const kind of ["CRC_FLIT", "CRC_DATA", "REPLAY", "RECOVERY"]) {
    sink.counter(`DCGM_FI_DEV_NVLINK_${kind}_ERROR_COUNT_TOTAL`, labels, 0);
  }
  const hot = worn ? 0.02 : 0;
  sink.counter("DCGM_FI_DEV_THERMAL_VIOLATION", labels, hot * moment.elapsed * 1e9);
  sink.counter("DCGM_FI_DEV_POWER_VIOLATION", labels, 0.01 * moment.elapsed * 1e9);
  sink.counter("DCGM_FI_DEV_PCIE_REPLAY_COUNTER", labels, 0);
}
