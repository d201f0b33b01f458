import { describeInstanceTypes } from "../effects/instance-types";
import { describeLaunchTemplate, type LaunchTemplateFacts, type LaunchTemplateInput } from "../effects/launch-template";
import { invalidParameter } from "../errors";
import { change, valueAt } from "../model/lifecycle";
import { scalingOf, templateRef, updateConfigOf } from "../model/new-nodegroup";
import { latestRelease } from "../model/releases";
import { findNodegroup } from "../model/state";
import { DURATIONS } from "../model/timing";
import { recordUpdate, updateView, type NewUpdate } from "../model/updates";
import { minorOf } from "../model/versions";
import type { NodegroupConfig, ScalingConfig, Taint } from "../model/types";
import {
  requireDistinctTaints,
  requireFittingImage,
  requireFreeLabels,
  requireIdleNodegroup,
  requireNodeVersion,
  requireOneOf,
  requireRelease,
  requireScaling,
  requireTemplateContents,
} from "../validation/nodegroup-rules";
import { requireRepairConfig } from "./nodegroups";
import { defineOperation, type ApplyContextWithIds, type OperationContext } from "./operation";

type Settings = Readonly<Record<string, unknown>>;

interface NodegroupName {
  readonly clusterName: string;
  readonly nodegroupName: string;
}

interface UpdateNodegroupConfigInput extends NodegroupName {
  readonly labels?: {
    readonly addOrUpdateLabels?: Readonly<Record<string, string>>;
    readonly removeLabels?: readonly string[];
  };
  readonly taints?: { readonly addOrUpdateTaints?: readonly Taint[]; readonly removeTaints?: readonly Taint[] };
  readonly scalingConfig?: Partial<ScalingConfig>;
  readonly updateConfig?: Settings;
  readonly nodeRepairConfig?: Settings;
  readonly warmPoolConfig?: Settings;
}

/** Quota of taints and labels of a node group. */
const MOST = 50;

export const updateNodegroupConfig = defineOperation<UpdateNodegroupConfigInput>({
  mutates: true,
  check(context, input) {
    const { nodegroup, config, subject } = find(context, input);
    requireOneOf(input.updateConfig, "maxUnavailable", "maxUnavailablePercentage", subject);
    requireRepairConfig(input.nodeRepairConfig, subject);
    requireFreeLabels(Object.keys(input.labels?.addOrUpdateLabels ?? {}), subject);
    requireDistinctTaints(input.taints?.addOrUpdateTaints ?? [], subject);
    const next = configured(config, input);
    requireScaling(next.scaling, subject);
    if (next.taints.length > MOST) {
      throw invalidParameter(`A node group has at most ${MOST} taints, got ${next.taints.length}`, subject);
    }
    const labels = Object.keys(next.labels).length;
    if (labels > MOST) throw invalidParameter(`A node group has at most ${MOST} labels, got ${labels}`, subject);
    requireIdleNodegroup(nodegroup, context.now, subject);
  },
  execute(context, input) {
    const { config } = find(context, input);
    const { labels, taints, scalingConfig: scaling } = input;
    return startUpdate(context, input, configured(config, input), {
      type: "ConfigUpdate",
      params: {
        LabelsToAdd: labels?.addOrUpdateLabels,
        LabelsToRemove: labels?.removeLabels,
        TaintsToAdd: taints?.addOrUpdateTaints,
        TaintsToRemove: taints?.removeTaints,
        MinSize: scaling?.minSize,
        MaxSize: scaling?.maxSize,
        DesiredSize: scaling?.desiredSize,
        MaxUnavailable: input.updateConfig?.maxUnavailable,
        MaxUnavailablePercentage: input.updateConfig?.maxUnavailablePercentage,
        NodeRepairConfig: input.nodeRepairConfig,
      },
    });
  },
});

interface UpdateNodegroupVersionInput extends NodegroupName {
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly launchTemplate?: LaunchTemplateInput;
}

export const updateNodegroupVersion = defineOperation<UpdateNodegroupVersionInput, { template?: LaunchTemplateFacts }>({
  mutates: true,
  check(context, input) {
    const { nodegroup, cluster, config, subject } = find(context, input);
    requireSameTemplate(input.launchTemplate, config, subject);
    if (nodegroup.amiType === "CUSTOM" && (input.version ?? input.releaseVersion) !== undefined) {
      throw invalidParameter("You cannot specify a version for a node group with a custom image", subject);
    }
    if (nodegroup.amiType !== "CUSTOM") {
      const clusterVersion = valueAt(cluster.life, context.now).version;
      const version = targetVersion(input, config, clusterVersion);
      requireNodeVersion(context.catalog, { version, clusterVersion, amiType: nodegroup.amiType }, subject);
      if (minorOf(version) < minorOf(config.version ?? version)) {
        throw invalidParameter(`Node group version cannot go back from ${config.version} to ${version}`, subject);
      }
      if (input.releaseVersion !== undefined) requireRelease(input.releaseVersion, version, subject);
    }
    requireIdleNodegroup(nodegroup, context.now, subject);
  },
  async gather(context, input, aws) {
    const { nodegroup, subject } = find(context, input);
    if (input.launchTemplate === undefined) return {};
    const template = await describeLaunchTemplate(aws, input.launchTemplate, subject);
    const custom = nodegroup.amiType === "CUSTOM";
    if (custom !== (template.imageId !== undefined)) {
      throw invalidParameter(
        custom
          ? `Launch template ${template.id} version ${template.version} must specify an image, as the node group was made with one`
          : `Launch template ${template.id} version ${template.version} must not specify an image, as the node group was made without`,
        subject,
      );
    }
    const { capacityType, instanceTypes } = nodegroup;
    requireTemplateContents(template, { capacityType, instanceTypes }, subject);
    if (template.instanceType !== undefined) {
      const types = await describeInstanceTypes(aws, context.catalog, [template.instanceType], subject);
      requireFittingImage(context.catalog, nodegroup.amiType, types, subject);
    }
    return { template };
  },
  execute(context, input, { template }) {
    const { nodegroup, cluster, config } = find(context, input);
    const version = targetVersion(input, config, valueAt(cluster.life, context.now).version);
    const os = context.catalog.amiTypes.find((ami) => ami.name === nodegroup.amiType)?.os ?? "al2023";
    const stays = version === config.version && input.version === undefined && input.releaseVersion === undefined;
    const release =
      input.releaseVersion ?? (stays ? config.releaseVersion : latestRelease(context.catalog, version, os));
    const next: NodegroupConfig = {
      ...config,
      ...(nodegroup.amiType !== "CUSTOM" && { version }),
      releaseVersion: template?.imageId ?? (nodegroup.amiType === "CUSTOM" ? config.releaseVersion : release),
      ...(template !== undefined && { launchTemplate: templateRef(template) }),
    };
    return startUpdate(context, input, next, {
      type: "VersionUpdate",
      params: {
        Version: next.version,
        ReleaseVersion: next.releaseVersion,
        LaunchTemplateName: template?.name,
        LaunchTemplateVersion: template?.version,
      },
    });
  },
});

/** A request without a version means the cluster's, unless it is only about the launch template. */
function targetVersion(input: UpdateNodegroupVersionInput, config: NodegroupConfig, clusterVersion: string): string {
  if (input.version !== undefined) return input.version;
  const other = input.launchTemplate ?? input.releaseVersion;
  return other === undefined ? clusterVersion : (config.version ?? clusterVersion);
}

function requireSameTemplate(
  asked: LaunchTemplateInput | undefined,
  { launchTemplate: has }: NodegroupConfig,
  subject: NodegroupName,
): void {
  if (asked === undefined) return;
  if ((asked.id === undefined) === (asked.name === undefined)) {
    throw invalidParameter("Either provide launch template ID or launch template name in the request.", subject);
  }
  if (has === undefined) {
    throw invalidParameter("The node group was made without a launch template and cannot be given one", subject);
  }
  if ((asked.id ?? has.id) !== has.id || (asked.name ?? has.name) !== has.name) {
    throw invalidParameter(
      `The node group was made with launch template ${has.id} (${has.name}) and cannot use another, got ${asked.id ?? asked.name}`,
      subject,
    );
  }
}

function configured(config: NodegroupConfig, input: UpdateNodegroupConfigInput): NodegroupConfig {
  const removed = new Set(input.labels?.removeLabels ?? []);
  const kept = Object.fromEntries(Object.entries(config.labels).filter(([key]) => !removed.has(key)));
  const added = input.taints?.addOrUpdateTaints ?? [];
  const changed = new Set([...added, ...(input.taints?.removeTaints ?? [])].map(taintId));
  return {
    ...config,
    scaling: scalingOf(input.scalingConfig, config.scaling),
    labels: { ...kept, ...input.labels?.addOrUpdateLabels },
    taints: [...config.taints.filter((taint) => !changed.has(taintId(taint))), ...added],
    updateConfig: input.updateConfig === undefined ? config.updateConfig : updateConfigOf(input.updateConfig),
    nodeRepairConfig: input.nodeRepairConfig ?? config.nodeRepairConfig,
    warmPoolConfig: input.warmPoolConfig ?? config.warmPoolConfig,
  };
}

function find({ state, place, now }: OperationContext, { clusterName, nodegroupName }: NodegroupName) {
  const cluster = state.findCluster(place, clusterName, now);
  const nodegroup = findNodegroup(cluster, nodegroupName, now);
  return { cluster, nodegroup, config: valueAt(nodegroup.life, now), subject: { clusterName, nodegroupName } };
}

function startUpdate(
  context: ApplyContextWithIds,
  name: NodegroupName,
  next: NodegroupConfig,
  update: NewUpdate,
): object {
  const { now, ids } = context;
  const { cluster, nodegroup } = find(context, name);
  const record = recordUpdate(cluster, { ...update, nodegroupName: nodegroup.name }, now, ids);
  change(nodegroup.life, next, now, DURATIONS.update, record.id);
  if (next.scaling.desiredSize > 0) cluster.firstNodesAt ??= now;
  return { update: updateView(record, now) };
}

function taintId({ key, effect }: Taint): string {
  return `${key}:${effect}`;
}
