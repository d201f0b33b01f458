import type { LaunchTemplateFacts, LaunchTemplateInput } from "../effects/launch-template";
import { eksArn, type Place } from "./arns";
import type { EksCatalog } from "./catalog-port";
import type { IdFactory } from "./ids";
import { begin, valueAt } from "./lifecycle";
import { latestRelease } from "./releases";
import { DURATIONS } from "./timing";
import type {
  ClusterRecord,
  LaunchTemplateRef,
  NodegroupConfig,
  NodegroupRecord,
  ScalingConfig,
  Tags,
  Taint,
} from "./types";

type Settings = Readonly<Record<string, unknown>>;

/** `CreateNodegroupRequest` of the API. */
export interface CreateNodegroupInput {
  readonly clusterName: string;
  readonly nodegroupName: string;
  readonly scalingConfig?: Partial<ScalingConfig>;
  readonly diskSize?: number;
  readonly subnets: readonly string[];
  readonly instanceTypes?: readonly string[];
  readonly amiType?: string;
  readonly remoteAccess?: Settings;
  readonly nodeRole: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
  readonly tags?: Tags;
  readonly launchTemplate?: LaunchTemplateInput;
  readonly updateConfig?: Settings;
  readonly nodeRepairConfig?: Settings;
  readonly warmPoolConfig?: Settings;
  readonly capacityType?: string;
  readonly version?: string;
  readonly releaseVersion?: string;
}

/** What was found outside EKS for a new node group. */
export interface NodegroupFacts {
  readonly template?: LaunchTemplateFacts;
  readonly amiType: string;
  readonly effectiveInstanceTypes: readonly string[];
}

/** Everything that a new node group is made of. */
export interface NewNodegroup {
  readonly place: Place;
  readonly now: number;
  readonly ids: IdFactory;
  readonly catalog: EksCatalog;
  readonly input: CreateNodegroupInput;
  readonly facts: NodegroupFacts;
  readonly cluster: ClusterRecord;
}

/** Sizes of the root disk, in GiB, where none is asked for. */
const DISK_GIB = { linux: 20, windows: 50 };

/** @returns the record of a node group that is being created */
export function newNodegroup(make: NewNodegroup): NodegroupRecord {
  const { place, now, ids, input, facts, cluster } = make;
  const id = ids.uuid();
  const { template } = facts;
  const ownDisk = facts.amiType.startsWith("WINDOWS") ? DISK_GIB.windows : DISK_GIB.linux;
  return {
    name: input.nodegroupName,
    arn: eksArn(place, `nodegroup/${cluster.name}/${input.nodegroupName}/${id}`),
    autoScalingGroup: `eks-${input.nodegroupName}-${id}`,
    nodeRole: input.nodeRole,
    subnets: input.subnets,
    amiType: facts.amiType,
    capacityType: input.capacityType ?? "ON_DEMAND",
    ...(template?.instanceType === undefined && { instanceTypes: facts.effectiveInstanceTypes }),
    effectiveInstanceTypes: facts.effectiveInstanceTypes,
    ...(template === undefined && { diskSize: input.diskSize ?? ownDisk }),
    ...(input.remoteAccess !== undefined && {
      remoteAccess: input.remoteAccess,
      remoteAccessSecurityGroup: `sg-${ids.hex(17)}`,
    }),
    life: begin(initialConfig(make), now, DURATIONS.nodegroup),
    tags: input.tags ?? {},
  };
}

/** @returns the sizes, the API's defaults (1, 1, 2) filled in */
export function scalingOf(input: Partial<ScalingConfig> | undefined, before?: ScalingConfig): ScalingConfig {
  const minSize = input?.minSize ?? before?.minSize ?? 1;
  const desiredSize = input?.desiredSize ?? before?.desiredSize ?? Math.max(minSize, 1);
  return { minSize, desiredSize, maxSize: input?.maxSize ?? before?.maxSize ?? Math.max(desiredSize, 2) };
}

/** @returns update settings, the API's defaults filled in */
export function updateConfigOf(input: Settings | undefined): Settings {
  if (input === undefined) return { maxUnavailable: 1, updateStrategy: "DEFAULT" };
  return { updateStrategy: "DEFAULT", ...input };
}

/** @returns what a node group keeps of a launch template */
export function templateRef({ id, name, version }: LaunchTemplateFacts): LaunchTemplateRef {
  return { id, name, version };
}

function initialConfig({ now, catalog, input, facts, cluster }: NewNodegroup): NodegroupConfig {
  const { template, amiType } = facts;
  const version = input.version ?? valueAt(cluster.life, now).version;
  const os = catalog.amiTypes.find((ami) => ami.name === amiType)?.os ?? "al2023";
  const release = input.releaseVersion ?? latestRelease(catalog, version, os);
  return {
    scaling: scalingOf(input.scalingConfig),
    labels: input.labels ?? {},
    taints: input.taints ?? [],
    updateConfig: updateConfigOf(input.updateConfig),
    nodeRepairConfig: input.nodeRepairConfig ?? { enabled: false },
    ...(input.warmPoolConfig !== undefined && { warmPoolConfig: input.warmPoolConfig }),
    ...(amiType !== "CUSTOM" && { version }),
    releaseVersion: template?.imageId ?? release,
    ...(template !== undefined && { launchTemplate: templateRef(template) }),
  };
}
