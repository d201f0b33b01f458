import type { LaunchTemplateFacts, LaunchTemplateInput } from "../effects/launch-template";
import { inUse, invalidParameter, invalidRequest, type ErrorSubject } from "../errors";
import type { AmiTypeFacts, EksCatalog, InstanceTypeFacts } from "../model/catalog-port";
import { phaseOf } from "../model/lifecycle";
import { minorOf } from "../model/versions";
import type { NodegroupRecord, ScalingConfig, Taint } from "../model/types";
import { KUBELET_SKEW } from "./cluster-rules";

/** min ≤ desired ≤ max. */
export function requireScaling(scaling: ScalingConfig, subject: ErrorSubject): void {
  const { minSize, desiredSize, maxSize } = scaling;
  if (minSize > maxSize) {
    throw invalidParameter(`Minimum capacity ${minSize} can't be greater than max size ${maxSize}`, subject);
  }
  if (minSize > desiredSize) {
    throw invalidParameter(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`, subject);
  }
  if (desiredSize > maxSize) {
    throw invalidParameter(`Desired capacity ${desiredSize} can't be greater than max size ${maxSize}`, subject);
  }
}

/** A number or a percentage, not both. */
export function requireOneOf(
  config: Readonly<Record<string, unknown>> | undefined,
  count: string,
  percentage: string,
  subject: ErrorSubject,
): void {
  if (config?.[count] === undefined || config[percentage] === undefined) return;
  throw invalidParameter(`Either ${count} or ${percentage} may be specified, not both`, subject);
}

/** A taint is known by key and effect: twice is a mistake. */
export function requireDistinctTaints(taints: readonly Taint[], subject: ErrorSubject): void {
  const seen = new Set<string>();
  for (const { key, effect } of taints) {
    const id = `${key}:${effect}`;
    if (seen.has(id)) throw invalidParameter(`Duplicate taint: ${id}`, subject);
    seen.add(id);
  }
}

/** Labels that EKS and Kubernetes keep for themselves. */
export function requireFreeLabels(keys: readonly string[], subject: ErrorSubject): void {
  const reserved = keys.filter((key) => /^(eks\.amazonaws\.com|kubernetes\.io|k8s\.io)\//.test(key));
  if (reserved.length === 0) return;
  throw invalidParameter(
    `Label keys with the prefixes eks.amazonaws.com/, kubernetes.io/ and k8s.io/ are reserved, got ${reserved.join(", ")}`,
    subject,
  );
}

/** Which of a launch template's settings exclude which of the request's. */
export interface LaunchTemplateUse {
  readonly launchTemplate?: LaunchTemplateInput;
  readonly diskSize?: number;
  readonly remoteAccess?: unknown;
}

/** Disk and remote access belong into the launch template when there is one; the template is named in one way. */
export function requireLaunchTemplateUse(use: LaunchTemplateUse, subject: ErrorSubject): void {
  const { launchTemplate } = use;
  if (launchTemplate === undefined) return;
  if ((launchTemplate.id === undefined) === (launchTemplate.name === undefined)) {
    throw invalidParameter("Either provide launch template ID or launch template name in the request.", subject);
  }
  if (use.diskSize !== undefined) {
    throw invalidParameter("Disk size must be specified within the launch template.", subject);
  }
  if (use.remoteAccess !== undefined) {
    throw invalidParameter("Remote access configuration cannot be specified with a launch template.", subject);
  }
}

/** What a node group asks for beside its launch template. */
export interface TemplatedRequest {
  readonly instanceTypes?: readonly string[];
  readonly amiType?: string;
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly capacityType?: string;
}

/** Checks the contents of a launch template against the rest of the request. */
export function requireTemplateContents(
  template: LaunchTemplateFacts,
  request: TemplatedRequest,
  subject: ErrorSubject,
): void {
  const { id, version, imageId, instanceType, marketType, forbidden } = template;
  const label = `Launch template ${id} version ${version}`;
  if (forbidden.length > 0) {
    throw invalidRequest(`${label} must not specify ${forbidden.join(", ")} for a managed node group`, subject);
  }
  if (instanceType !== undefined && (request.instanceTypes ?? []).length > 0) {
    throw invalidRequest(
      `${label} specifies instance type ${instanceType}: instanceTypes must not be given too`,
      subject,
    );
  }
  if (imageId !== undefined) {
    const given = (["amiType", "version", "releaseVersion"] as const).filter((field) => request[field] !== undefined);
    const refused = given.filter((field) => request[field] !== "CUSTOM");
    if (refused.length > 0) {
      throw invalidRequest(`${label} specifies image ${imageId}: ${refused.join(", ")} must not be given too`, subject);
    }
  }
  if ((marketType === "capacity-block") !== (request.capacityType === "CAPACITY_BLOCK")) {
    throw invalidRequest(
      `capacityType CAPACITY_BLOCK needs a launch template with market type capacity-block and the other way round, got ${request.capacityType ?? "ON_DEMAND"} and ${marketType ?? "none"}`,
      subject,
    );
  }
  if (marketType === "capacity-block" && (template.reservationId === undefined || instanceType === undefined)) {
    throw invalidRequest(
      `${label} must specify a capacity reservation and an instance type for capacityType CAPACITY_BLOCK`,
      subject,
    );
  }
}

/** @returns the image type that fits the instance types, where none was asked for */
export function defaultAmiType(catalog: EksCatalog, types: readonly InstanceTypeFacts[]): string {
  const [first] = types;
  const accelerator = first?.accelerator === "other" ? "none" : (first?.accelerator ?? "none");
  const fits = catalog.amiTypes.find(
    (ami) =>
      ami.os === "al2023" && ami.architecture === (first?.architecture ?? "amd64") && ami.accelerator === accelerator,
  );
  return fits?.name ?? "AL2023_x86_64_STANDARD";
}

/** Every instance type must run the image, and an accelerator must find its driver there. */
export function requireFittingImage(
  catalog: EksCatalog,
  amiType: string,
  types: readonly InstanceTypeFacts[],
  subject: ErrorSubject,
): void {
  const ami = catalog.amiTypes.find((known) => known.name === amiType);
  if (ami === undefined) return;
  const misfits = types.filter((type) => !fits(ami, type));
  const [misfit] = misfits;
  if (misfit === undefined) return;
  const names = misfits.map((type) => type.name).join(", ");
  throw invalidParameter(
    `[${names}] is not a valid instance type for requested amiType ${amiType}: ${reason(ami, misfit, catalog)}`,
    subject,
  );
}

function fits(ami: AmiTypeFacts, type: InstanceTypeFacts): boolean {
  if (ami.architecture !== type.architecture) return false;
  const needed = type.accelerator === "other" ? "none" : type.accelerator;
  return ami.accelerator === needed;
}

function reason(ami: AmiTypeFacts, type: InstanceTypeFacts, catalog: EksCatalog): string {
  if (ami.architecture !== type.architecture) {
    return `${type.name} has ${type.architecture} processors, the image is built for ${ami.architecture}`;
  }
  const advice = `use an image such as ${defaultAmiType(catalog, [type])}`;
  if (type.accelerator === "none" || type.accelerator === "other") {
    return `${type.name} has no ${ami.accelerator} accelerator, ${advice}`;
  }
  return `${type.name} has ${type.accelerator} accelerators for which the image holds no driver, ${advice}`;
}

/** Amazon Linux 2 images are built up to Kubernetes 1.32. */
const LAST_AL2_MINOR = 32;

/** A node group is never newer than its cluster and never too far behind. */
export function requireNodeVersion(
  catalog: EksCatalog,
  { version, clusterVersion, amiType }: { version: string; clusterVersion: string; amiType: string },
  subject: ErrorSubject,
): void {
  const behind = minorOf(clusterVersion) - minorOf(version);
  if (Number.isNaN(behind) || behind < 0 || behind > KUBELET_SKEW) {
    throw invalidParameter(
      `Node group version ${version} is not valid for cluster version ${clusterVersion}: it must be the same or up to ${KUBELET_SKEW} minor versions older`,
      subject,
    );
  }
  const os = catalog.amiTypes.find((ami) => ami.name === amiType)?.os;
  if (os === "al2" && minorOf(version) > LAST_AL2_MINOR) {
    throw invalidParameter(
      `AMI type ${amiType} is only supported for Kubernetes versions 1.${LAST_AL2_MINOR} or earlier, got ${version}`,
      subject,
    );
  }
}

/** A release belongs to its Kubernetes version. */
export function requireRelease(release: string, version: string, subject: ErrorSubject): void {
  if (new RegExp(`^${version.replace(".", "\\.")}(\\.\\d+)?-[0-9a-z.]+$`).test(release)) return;
  throw invalidParameter(
    `Requested release version ${release} is not valid for Kubernetes version ${version}`,
    subject,
  );
}

/** A node group takes one update at a time, and none before it stands. */
export function requireIdleNodegroup(nodegroup: NodegroupRecord, now: number, subject: ErrorSubject): void {
  const phase = phaseOf(nodegroup.life, now);
  if (phase === "ACTIVE") return;
  if (phase === "UPDATING") {
    throw inUse(
      `Nodegroup ${nodegroup.name} currently has update ${nodegroup.life.pending?.updateId ?? ""} in progress`,
      subject,
    );
  }
  throw inUse(`Nodegroup cannot be updated as it is currently not in Active State: ${phase}`, subject);
}
