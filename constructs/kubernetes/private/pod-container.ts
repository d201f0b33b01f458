import type {
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerEnv,
  DeploymentV1SpecTemplateSpecContainerLivenessProbe,
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { resourceName } from "../../core/naming";
import { Quantity } from "../../core/quantity";
import type { ContainerOptions, ContainerResources, EnvironmentValue, Probe } from "../container-options";

/** A container of a pod as the provider writes it. */
export type PodContainer = DeploymentV1SpecTemplateSpecContainer;
type Mount = DeploymentV1SpecTemplateSpecContainerVolumeMount;

/** A DNS label. */
const LONGEST_VOLUME_NAME = 63;

/** What the workload adds to a container. */
export interface ContainerAdditions {
  /** Extended resources beside the container's own. */
  readonly extended?: Readonly<Record<string, number>>;
  readonly mounts?: readonly Mount[];
}

/** Renders a container: without rights of root, capabilities and, unless told, a writable file system. */
export function podContainer(
  name: string,
  container: ContainerOptions,
  additions: ContainerAdditions = {},
): PodContainer {
  const { image, command, args, environment = {}, environmentFromSecrets = [], ports = {}, beforeStop } = container;
  const env = Object.entries(environment).map(([variable, value]) => variableOf(variable, value));
  const mounts = [...scratchMounts(name, container), ...volumeMounts(container), ...(additions.mounts ?? [])];
  return {
    name,
    image,
    command: command && [...command],
    args: args && [...args],
    env: orNothing(env),
    envFrom: orNothing(environmentFromSecrets.map((secret) => ({ secretRef: { name: secret } }))),
    port: orNothing(Object.entries(ports).map(([port, number]) => ({ name: port, containerPort: number }))),
    resources: resourcesOf(container.resources, additions.extended ?? {}),
    readinessProbe: probeOf(container.readiness),
    livenessProbe: probeOf(container.liveness),
    startupProbe: probeOf(container.startup),
    lifecycle: beforeStop && { preStop: [{ exec: { command: [...beforeStop] } }] },
    volumeMount: orNothing(mounts),
    terminationMessagePolicy: "FallbackToLogsOnError",
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: !(container.writableRootFilesystem ?? false),
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

/** Name of the volume behind a folder that a container may write to. */
export function scratchVolumeName(container: string, path: string): string {
  const words = path
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return resourceName([container, ...words], { max: LONGEST_VOLUME_NAME });
}

function variableOf(name: string, value: EnvironmentValue): DeploymentV1SpecTemplateSpecContainerEnv {
  if (typeof value === "string") return { name, value };
  if ("field" in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  const { secret, key, optional } = value;
  return { name, valueFrom: { secretKeyRef: { name: secret, key, optional } } };
}

function resourcesOf(resources: ContainerResources, more: Readonly<Record<string, number>>): PodContainer["resources"] {
  const { cpu, cpuLimit, memory, memoryLimit = memory, ephemeralStorage, extended = {} } = resources;
  const counts = Object.entries({ ...extended, ...more }).map(([resource, count]) => [resource, String(count)]);
  const storage = ephemeralStorage === undefined ? {} : { "ephemeral-storage": canonical(ephemeralStorage) };
  const both = { ...storage, ...Object.fromEntries(counts) };
  return {
    requests: { cpu: canonical(cpu), memory: canonical(memory), ...both },
    limits: { ...(cpuLimit !== undefined && { cpu: canonical(cpuLimit) }), memory: canonical(memoryLimit), ...both },
  };
}

function canonical(text: string): string {
  return Quantity.of(text).toString();
}

/** Every field is spelled out: what the API server fills in would otherwise come back as a change. */
function probeOf(probe: Probe | undefined): DeploymentV1SpecTemplateSpecContainerLivenessProbe | undefined {
  if (probe === undefined) return undefined;
  const { initialDelaySeconds = 0, periodSeconds = 10, timeoutSeconds = 5, failureThreshold = 3 } = probe;
  const timing = { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold: 1 };
  if ("command" in probe) return { ...timing, exec: { command: [...probe.command] } };
  if ("tcpPort" in probe) return { ...timing, tcpSocket: [{ port: probe.tcpPort }] };
  return { ...timing, httpGet: { path: probe.path, port: probe.port, scheme: "HTTP" } };
}

function scratchMounts(name: string, { writablePaths = {} }: ContainerOptions): Mount[] {
  return Object.keys(writablePaths).map((mountPath) => ({ mountPath, name: scratchVolumeName(name, mountPath) }));
}

function volumeMounts({ mounts = {} }: ContainerOptions): Mount[] {
  return Object.entries(mounts).map(([mountPath, { volume, writable = false, subPath }]) => ({
    mountPath,
    name: volume,
    readOnly: !writable,
    subPath,
  }));
}

/** An empty list of blocks would be written as an argument that the provider does not know. */
function orNothing<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}
