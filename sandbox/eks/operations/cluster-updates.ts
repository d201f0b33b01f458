import { requireSecurityGroups } from "../effects/cluster-security-group";
import { describeSubnets } from "../effects/subnets";
import { invalidParameter } from "../errors";
import { change, valueAt } from "../model/lifecycle";
import { DURATIONS } from "../model/timing";
import { alive } from "../model/state";
import { recordUpdate, updateView, type NewUpdate } from "../model/updates";
import type { ClusterConfig, ClusterRecord, EncryptionConfig } from "../model/types";
import {
  kubeletSkewProblem,
  requireClusterSubnets,
  requireSupportedVersion,
  versionStepProblem,
} from "../validation/cluster-rules";
import { requireIdleCluster } from "../validation/cluster-state-rules";
import { planClusterChange, type UpdateClusterConfigInput } from "./cluster-change";
import { defineOperation, type ApplyContextWithIds } from "./operation";

export const updateClusterConfig = defineOperation<UpdateClusterConfigInput, Record<string, never>>({
  mutates: true,
  check({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.name, now);
    const planned = planClusterChange(input, valueAt(cluster.life, now));
    requireIdleCluster(cluster, planned.update.type, now);
  },
  async gather({ state, place, now }, input, aws) {
    const subject = { clusterName: input.name };
    const { subnetIds, securityGroupIds } = input.resourcesVpcConfig ?? {};
    if (subnetIds !== undefined) {
      const subnets = await describeSubnets(aws, subnetIds, subject);
      requireClusterSubnets(subnets, subject);
      const { vpcId } = state.findCluster(place, input.name, now);
      const [first] = subnets;
      if (first?.vpcId !== vpcId) {
        throw invalidParameter(`Subnets must be in the VPC of the cluster (${vpcId}), got ${first?.vpcId}`, subject);
      }
    }
    await requireSecurityGroups(aws, securityGroupIds ?? [], subject);
    return {};
  },
  execute(context, input) {
    const cluster = context.state.findCluster(context.place, input.name, context.now);
    const { next, update } = planClusterChange(input, valueAt(cluster.life, context.now));
    return startUpdate(context, cluster, next, update);
  },
});

export const updateClusterVersion = defineOperation<{ name: string; version: string }>({
  mutates: true,
  check({ state, place, now, catalog }, { name, version }) {
    const subject = { clusterName: name };
    const cluster = state.findCluster(place, name, now);
    requireSupportedVersion(catalog, version, subject);
    requireIdleCluster(cluster, "VersionUpdate", now);
    const nodegroups = alive(cluster.nodegroups, now).map((nodegroup) => ({
      name: nodegroup.name,
      version: valueAt(nodegroup.life, now).version,
    }));
    const problem =
      versionStepProblem(valueAt(cluster.life, now).version, version, subject) ??
      kubeletSkewProblem(version, nodegroups, subject);
    if (problem !== undefined) throw problem;
  },
  execute(context, { name, version }) {
    const cluster = context.state.findCluster(context.place, name, context.now);
    const next = { ...valueAt(cluster.life, context.now), version };
    return startUpdate(context, cluster, next, {
      type: "VersionUpdate",
      params: { Version: version, PlatformVersion: "eks.1" },
    });
  },
});

interface AssociateEncryptionInput {
  readonly clusterName: string;
  readonly encryptionConfig: readonly EncryptionConfig[];
}

export const associateEncryptionConfig = defineOperation<AssociateEncryptionInput>({
  mutates: true,
  check({ state, place, now }, { clusterName, encryptionConfig }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireIdleCluster(cluster, "AssociateEncryptionConfig", now);
    if (encryptionConfig.length === 0) {
      throw invalidParameter("encryptionConfig must hold one configuration", { clusterName });
    }
    if (valueAt(cluster.life, now).encryptionConfig.length > 0) {
      throw invalidParameter(`Cluster ${clusterName} already has an encryption config associated`, { clusterName });
    }
  },
  execute(context, { clusterName, encryptionConfig }) {
    const cluster = context.state.findCluster(context.place, clusterName, context.now);
    const next = { ...valueAt(cluster.life, context.now), encryptionConfig };
    return startUpdate(context, cluster, next, {
      type: "AssociateEncryptionConfig",
      params: { EncryptionConfig: encryptionConfig },
    });
  },
});

function startUpdate(
  { now, ids }: ApplyContextWithIds,
  cluster: ClusterRecord,
  next: ClusterConfig,
  update: NewUpdate,
): object {
  const record = recordUpdate(cluster, update, now, ids);
  change(cluster.life, next, now, DURATIONS.update, record.id);
  return { update: updateView(record, now) };
}
