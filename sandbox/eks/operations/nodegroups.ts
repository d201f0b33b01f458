import { describeInstanceTypes } from "../effects/instance-types";
import { describeLaunchTemplate } from "../effects/launch-template";
import { requireRole } from "../effects/roles";
import { describeSubnets } from "../effects/subnets";
import { inUse, invalidParameter } from "../errors";
import { end, phaseOf, valueAt } from "../model/lifecycle";
import { newNodegroup, scalingOf, type CreateNodegroupInput, type NodegroupFacts } from "../model/new-nodegroup";
import { nodegroupView } from "../model/nodegroup-view";
import { addNodeRoleEntry, dropNodeRoleEntry } from "../model/node-role-entries";
import { alive, aliveOne, findNodegroup } from "../model/state";
import { DURATIONS } from "../model/timing";
import { requireStandingCluster } from "../validation/cluster-state-rules";
import {
  defaultAmiType,
  requireDistinctTaints,
  requireFittingImage,
  requireFreeLabels,
  requireLaunchTemplateUse,
  requireNodeVersion,
  requireOneOf,
  requireRelease,
  requireScaling,
  requireTemplateContents,
} from "../validation/nodegroup-rules";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface NodegroupName {
  readonly clusterName: string;
  readonly nodegroupName: string;
}

const DEFAULT_INSTANCE_TYPE = "t3.medium";

export const createNodegroup = defineOperation<CreateNodegroupInput, NodegroupFacts>({
  mutates: true,
  check({ state, place, now }, input) {
    const { clusterName, nodegroupName } = input;
    const subject = { clusterName, nodegroupName };
    const cluster = state.findCluster(place, clusterName, now);
    requireStandingCluster(cluster, now);
    if (aliveOne(cluster.nodegroups, nodegroupName, now) !== undefined) {
      throw inUse(`NodeGroup already exists with name ${nodegroupName} and cluster name ${clusterName}`, subject);
    }
    if (input.subnets.length === 0) throw invalidParameter("At least one subnet must be specified", subject);
    requireScaling(scalingOf(input.scalingConfig), subject);
    requireOneOf(input.updateConfig, "maxUnavailable", "maxUnavailablePercentage", subject);
    requireRepairConfig(input.nodeRepairConfig, subject);
    requireDistinctTaints(input.taints ?? [], subject);
    requireFreeLabels(Object.keys(input.labels ?? {}), subject);
    requireLaunchTemplateUse(input, subject);
    if (input.capacityType === "CAPACITY_BLOCK" && input.launchTemplate === undefined) {
      throw invalidParameter("capacityType CAPACITY_BLOCK needs a launch template", subject);
    }
  },
  async gather({ state, place, now, catalog }, input, aws) {
    const { clusterName, nodegroupName } = input;
    const subject = { clusterName, nodegroupName };
    const cluster = state.findCluster(place, clusterName, now);
    const subnets = await describeSubnets(aws, input.subnets, subject);
    const stray = subnets.filter((subnet) => subnet.vpcId !== cluster.vpcId).map((subnet) => subnet.id);
    if (stray.length > 0) {
      throw invalidParameter(
        `Subnets must be in the VPC of the cluster (${cluster.vpcId}): ${stray.join(", ")}`,
        subject,
      );
    }
    await requireRole(aws, place, { field: "nodeRole", arn: input.nodeRole, trusts: "ec2.amazonaws.com" }, subject);
    const template = input.launchTemplate && (await describeLaunchTemplate(aws, input.launchTemplate, subject));
    if (template !== undefined) requireTemplateContents(template, input, subject);
    else if (input.amiType === "CUSTOM") {
      throw invalidParameter("AMI type CUSTOM needs a launch template that specifies an image", subject);
    }
    const asked = template?.instanceType !== undefined ? [template.instanceType] : (input.instanceTypes ?? []);
    const effective = asked.length > 0 ? asked : [DEFAULT_INSTANCE_TYPE];
    const types = await describeInstanceTypes(aws, catalog, effective, subject);
    const amiType = template?.imageId !== undefined ? "CUSTOM" : (input.amiType ?? defaultAmiType(catalog, types));
    requireFittingImage(catalog, amiType, types, subject);
    const clusterVersion = valueAt(cluster.life, now).version;
    const version = input.version ?? clusterVersion;
    if (amiType !== "CUSTOM") requireNodeVersion(catalog, { version, clusterVersion, amiType }, subject);
    if (input.releaseVersion !== undefined) requireRelease(input.releaseVersion, version, subject);
    return { ...(template && { template }), amiType, effectiveInstanceTypes: effective };
  },
  execute({ state, place, now, catalog, ids }, input, facts) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const nodegroup = newNodegroup({ place, now, ids, catalog, input, facts, cluster });
    cluster.nodegroups.set(input.nodegroupName, nodegroup);
    if (nodegroup.life.settled.scaling.desiredSize > 0) cluster.firstNodesAt ??= now;
    addNodeRoleEntry(cluster, nodegroup, { place, now, ids });
    return { nodegroup: nodegroupView(cluster, nodegroup, now) };
  },
});

export const describeNodegroup = defineOperation<NodegroupName>({
  mutates: false,
  execute({ state, place, now }, { clusterName, nodegroupName }) {
    const cluster = state.findCluster(place, clusterName, now);
    return { nodegroup: nodegroupView(cluster, findNodegroup(cluster, nodegroupName, now), now) };
  },
});

export const listNodegroups = defineOperation<PageInput & { clusterName: string }>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const names = alive(cluster.nodegroups, now).map((nodegroup) => nodegroup.name);
    const { page, nextToken } = paginate(names, input);
    return { nodegroups: page, nextToken };
  },
});

export const deleteNodegroup = defineOperation<NodegroupName>({
  mutates: true,
  check({ state, place, now }, { clusterName, nodegroupName }) {
    const nodegroup = findNodegroup(state.findCluster(place, clusterName, now), nodegroupName, now);
    const phase = phaseOf(nodegroup.life, now);
    if (phase === "ACTIVE") return;
    throw inUse(`Nodegroup ${nodegroupName} cannot be deleted in status ${phase}`, { clusterName, nodegroupName });
  },
  execute({ state, place, now }, { clusterName, nodegroupName }) {
    const cluster = state.findCluster(place, clusterName, now);
    const nodegroup = findNodegroup(cluster, nodegroupName, now);
    end(nodegroup.life, now, DURATIONS.nodegroup);
    dropNodeRoleEntry(cluster, nodegroup);
    return { nodegroup: nodegroupView(cluster, nodegroup, now) };
  },
});

/** The repair limits come as a number or as a percentage each. */
export function requireRepairConfig(
  config: Readonly<Record<string, unknown>> | undefined,
  subject: { readonly clusterName: string; readonly nodegroupName: string },
): void {
  for (const limit of ["maxUnhealthyNodeThreshold", "maxParallelNodesRepaired"]) {
    requireOneOf(config, `${limit}Count`, `${limit}Percentage`, subject);
  }
}
