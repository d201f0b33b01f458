import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type DcgmCounter, dcgmCounters, dcgmCountersCsv, nearestName, needsProfiling } from "../../catalog";
import { GpuNodePool } from "../cluster/gpu-node-pool";
import type { INodePool } from "../cluster/pool";
import type { ComponentProps } from "../components/component-props";
import { GPU_TOLERATION, poolNames, tolerationsFor } from "../components/gpu-pools";
import { installChart } from "../components/install-chart";
import type { Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { operatorWithExporter } from "./private/dcgm-exporter-owner";

/** A pool whose nodes the exporter runs on: one of the cluster, or one that Karpenter starts nodes for. */
export type MeasuredPool = Pick<INodePool, "poolName" | "kind" | "place">;

/** What a `DcgmExporter` is made of. */
export interface DcgmExporterProps extends ComponentProps {
  /**
   * Pools with GPUs besides those of the cluster, such as a `KarpenterNodePool`; those without GPUs are passed over.
   *
   * @default - none
   */
  readonly furtherPools?: readonly MeasuredPool[];
  /**
   * Seconds between two measurements, 1 to 300; Prometheus asks as often.
   *
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Whether DCGM profiles the GPUs: how busy tensor cores, multiprocessors and memory are. It takes the capability `SYS_ADMIN`
   * in the exporter, and keeps NVIDIA's profilers (Nsight) from the same GPUs.
   *
   * @default - where a pool cuts its GPUs with MIG: slices have no other measure of how busy they are
   */
  readonly profiling?: boolean;
  /**
   * Names of counters of the catalogue to measure besides those that are measured anyway.
   *
   * @default - none
   */
  readonly furtherCounters?: readonly string[];
  /**
   * Taints to tolerate besides those of GPU nodes and of the pools.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
}

/**
 * NVIDIA's DCGM exporter on every GPU node, Amazon Linux and Bottlerocket alike: what the GPUs do, and what is wrong with them,
 * as metrics. Series carry the name of the node, and while a pod holds the GPU its namespace, name and container.
 *
 * A cluster takes one exporter: this one is refused where the `GpuOperator` runs its own. The namespace must allow privileged
 * pods, and the definitions of the Prometheus operator must stand before it.
 *
 * @example
 * new DcgmExporter(this, "DcgmExporter", { cluster, namespace: agents, dependsOn: prometheus.ready });
 *
 * @see https://github.com/NVIDIA/dcgm-exporter
 */
export class DcgmExporter extends Construct {
  /** The strictest level its pods run under: they run as root and mount folders of the node. */
  static readonly podSecurity: PodSecurityLevel = "privileged";
  /** Port on which Prometheus asks its pods. */
  static readonly metricsPort = 9400;

  /** What must stand before GPUs are measured. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_DCGM_EXPORTER_PROPS` */
  constructor(scope: Construct, id: string, props: DcgmExporterProps) {
    super(scope, id);
    const { cluster, furtherPools = [], intervalSeconds = 30, furtherCounters = [], tolerations = [] } = props;
    const pools = [...cluster.pools, ...furtherPools].filter(({ kind }) => kind === "gpu");
    const { profiling = cluster.pools.some(isCut) } = props;

    this.validateProps(props, { pools, intervalSeconds, profiling, furtherCounters });

    const chart = installChart(this, "Chart", props, {
      chart: "dcgm-exporter",
      values: {
        ...exporterValues(intervalSeconds, countersFor(profiling, furtherCounters)),
        ...podValues(profiling),
        tolerations: tolerationsFor(pools, [GPU_TOLERATION, ...tolerations]),
      },
    });
    this.ready = [chart.resource];
  }

  private validateProps({ cluster }: DcgmExporterProps, settings: ExporterSettings): void {
    const { pools, intervalSeconds, profiling, furtherCounters } = settings;
    const checks = new PropChecks(this, "INVALID_DCGM_EXPORTER_PROPS");
    const some = "must have a pool with GPUs, or `furtherPools` name one: the exporter would run nowhere";
    checks.require(pools.length > 0, "cluster", some, poolNames(cluster.pools));
    const operator = operatorWithExporter(this, cluster);
    const one = "must have one exporter, or every GPU counts twice: set `dcgmExporter` of the `GpuOperator` to false";
    checks.require(operator === undefined, "cluster", one, operator);
    const whole = Number.isInteger(intervalSeconds) && intervalSeconds >= 1 && intervalSeconds <= 300;
    checks.require(whole, "intervalSeconds", "must be a whole number from 1 to 300", intervalSeconds);
    furtherCounters.forEach((name, index) => checkCounter(checks, `furtherCounters[${index}]`, name, profiling));
    checks.throwIfAny();
  }
}

interface ExporterSettings {
  readonly pools: readonly MeasuredPool[];
  readonly intervalSeconds: number;
  readonly profiling: boolean;
  readonly furtherCounters: readonly string[];
}

const NAMES = dcgmCounters().map(({ name }) => name);
/** Target labels that the workload's own would be renamed for. */
const TARGET_LABELS = "pod|namespace|container|endpoint|service";
/** Bottlerocket gives GPUs to pods without privileges that mount this, and not for `NVIDIA_VISIBLE_DEVICES=all` in the image. */
const ALL_GPUS = { name: "all-gpus", hostPath: "/dev/null", mountPath: "/var/run/nvidia-container-devices/all" };
/** What pools call GPUs that several pods share; whole GPUs and slices the exporter knows. */
const SHARED_GPU = "nvidia.com/gpu.shared";
const COUNTERS_FILE = "/etc/dcgm-exporter/default-counters.csv";

function isCut(pool: INodePool): boolean {
  return GpuNodePool.isGpuNodePool(pool) && pool.sharing?.mig !== undefined;
}

function checkCounter(checks: PropChecks, prop: string, name: string, profiling: boolean): void {
  const counter = dcgmCounters().find((known) => known.name === name);
  const nearest = nearestName(name, NAMES);
  const hint = nearest === undefined ? "" : `, such as ${nearest}`;
  checks.require(counter !== undefined, prop, `must be a counter of the catalogue${hint}`, name);
  const allowed = counter === undefined || profiling || !needsProfiling(counter);
  checks.require(allowed, prop, "must not need profiling while `profiling` is false", name);
}

function countersFor(profiling: boolean, further: readonly string[]): readonly DcgmCounter[] {
  return dcgmCounters().filter(
    ({ name, set }) => set === "default" || (set === "profiling" && profiling) || further.includes(name),
  );
}

function exporterValues(intervalSeconds: number, counters: readonly DcgmCounter[]): Record<string, unknown> {
  const interval = `${intervalSeconds}s`;
  return {
    // The chart prints arguments without quotes: a number of its own would be no text.
    arguments: ["-f", COUNTERS_FILE, `--collect-interval=${intervalSeconds * 1000}`],
    customMetrics: dcgmCountersCsv(counters),
    // Pods read the counters at their start alone.
    podAnnotations: { "flightdeck.dev/counters": counters.map(({ name }) => name).join(",") },
    serviceMonitor: {
      enabled: true,
      interval,
      scrapeTimeout: `${Math.min(intervalSeconds, 10)}s`,
      honorLabels: false,
      relabelings: [
        { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" },
        { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "instance" },
        { action: "labeldrop", regex: TARGET_LABELS },
      ],
    },
  };
}

function podValues(profiling: boolean): Record<string, unknown> {
  return {
    nodeSelector: { "nvidia.com/gpu.present": "true" },
    extraEnv: [{ name: "NVIDIA_RESOURCE_NAMES", value: SHARED_GPU }],
    // One node at a time would take longer than Helm waits where there are many.
    rollingUpdate: { maxUnavailable: "10%", maxSurge: 0 },
    // Only root may ask the kubelet which pod has which GPU.
    securityContext: {
      runAsNonRoot: false,
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"], add: profiling ? ["SYS_ADMIN"] : [] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    extraHostVolumes: [{ name: ALL_GPUS.name, hostPath: ALL_GPUS.hostPath }],
    extraVolumeMounts: [
      { name: "exporter-metrics-volume", mountPath: COUNTERS_FILE, subPath: "default-counters.csv" },
      { name: ALL_GPUS.name, mountPath: ALL_GPUS.mountPath, readOnly: true },
    ],
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi", cpu: null } },
    // DCGM takes its time on nodes with eight GPUs.
    livenessProbe: { initialDelaySeconds: 60, periodSeconds: 30 },
    readinessProbe: { initialDelaySeconds: 30 },
  };
}
