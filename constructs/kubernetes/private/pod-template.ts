import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecVolume,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Quantity } from "../../core/quantity";
import type { ScratchOptions } from "../container-options";
import type { VolumeSource, WorkloadOptions } from "../workload-options";
import { CONFIG_VOLUME, type ConfigFiles } from "./config-files";
import type { PodScheduling } from "./placements";
import { podContainer, scratchVolumeName } from "./pod-container";
import { containersOf, replicasOf } from "./workload-facts";

type Volume = DeploymentV1SpecTemplateSpecVolume;

/** Metadata and specification of the pods of a workload. */
export interface PodTemplate {
  readonly metadata: {
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string> | undefined;
  };
  readonly spec: DeploymentV1SpecTemplateSpec;
}

/** What a template is made of besides the caller's options. */
export interface TemplateParts {
  /** Labels by which pods are found. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of every object of the workload. */
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
  readonly files: ConfigFiles | undefined;
  /** What a pod asks for to get its GPUs. */
  readonly gpus: Readonly<Record<string, number>>;
  readonly scheduling: PodScheduling;
}

/** Not that of a user of the node, as 1000 may be. */
const USER_ID = 10001;
const GRACE_PERIOD_SECONDS = 30;
/** Both autoscalers leave the node alone for as long as the pod runs. */
const NOT_MOVABLE = {
  "karpenter.sh/do-not-disrupt": "true",
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
};

/** Renders the pods of a workload. */
export function podTemplate(options: WorkloadOptions, parts: TemplateParts): PodTemplate {
  const { run, labels, annotations, movable = run.kind === "deployment" } = options;
  const marks = {
    ...annotations,
    ...(movable ? {} : NOT_MOVABLE),
    ...(parts.files && { "flightdeck.dev/config-checksum": parts.files.checksum }),
  };
  return {
    metadata: {
      labels: { ...labels, ...parts.labels },
      annotations: Object.keys(marks).length === 0 ? undefined : marks,
    },
    spec: podSpec(options, parts),
  };
}

function podSpec(options: WorkloadOptions, parts: TemplateParts): DeploymentV1SpecTemplateSpec {
  const { name, run, container, sidecars = {}, initContainers = {}, userId = USER_ID } = options;
  const id = String(userId);
  const main = podContainer(name, container, { extended: parts.gpus, mounts: parts.files?.mounts });
  const init = Object.entries(initContainers).map(([each, its]) => podContainer(each, its));
  const volumes = volumesOf(options, parts.files);
  return {
    serviceAccountName: parts.serviceAccountName,
    automountServiceAccountToken: options.kubernetesApiAccess ?? false,
    enableServiceLinks: false,
    restartPolicy: run.kind === "deployment" ? "Always" : "Never",
    terminationGracePeriodSeconds: options.gracePeriodSeconds ?? GRACE_PERIOD_SECONDS,
    priorityClassName: options.priorityClass?.priorityClassName,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: id,
      runAsGroup: id,
      fsGroup: id,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    container: [main, ...Object.entries(sidecars).map(([each, its]) => podContainer(each, its))],
    initContainer: init.length === 0 ? undefined : init,
    volume: volumes.length === 0 ? undefined : volumes,
    topologySpreadConstraint: spreadOf(options, parts.selector),
    ...parts.scheduling,
  };
}

function volumesOf(options: WorkloadOptions, files: ConfigFiles | undefined): Volume[] {
  const scratch = containersOf(options).flatMap(({ name, container: { writablePaths = {} } }) =>
    Object.entries(writablePaths).map(([path, size]) =>
      scratchVolume(scratchVolumeName(name, path), typeof size === "string" ? { sizeLimit: size } : size),
    ),
  );
  const shared = Object.entries(options.volumes ?? {}).map(([name, source]) => volumeOf(name, source));
  const configured = files === undefined ? [] : [{ name: CONFIG_VOLUME, configMap: { name: files.configMapName } }];
  return [...shared, ...scratch, ...configured];
}

function volumeOf(name: string, source: VolumeSource): Volume {
  if ("scratch" in source) return scratchVolume(name, source.scratch);
  if ("secret" in source) return { name, secret: { secretName: source.secret } };
  if ("configMap" in source) return { name, configMap: { name: source.configMap } };
  return { name, persistentVolumeClaim: { claimName: source.claim } };
}

function scratchVolume(name: string, { sizeLimit, inMemory = false }: ScratchOptions): Volume {
  const medium = inMemory ? "Memory" : undefined;
  return { name, emptyDir: { sizeLimit: Quantity.of(sizeLimit).toString(), medium } };
}

/** Counted among pods of one version, so that the old ones do not push the new ones together during a rollout. */
function spreadOf(
  { run, spread = "preferred" }: WorkloadOptions,
  selector: Readonly<Record<string, string>>,
): DeploymentV1SpecTemplateSpec["topologySpreadConstraint"] {
  if (run.kind !== "deployment" || replicasOf(run) < 2 || spread === "none") return undefined;
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: spread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector: [{ matchLabels: { ...selector } }],
    matchLabelKeys: ["pod-template-hash"],
  }));
}
