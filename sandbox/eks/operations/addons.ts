import { inUse, invalidParameter } from "../errors";
import { addonDetails } from "../model/addon-details";
import { addonView } from "../model/addon-view";
import { eksArn } from "../model/arns";
import { begin, change, end, phaseOf, valueAt } from "../model/lifecycle";
import { findAssociation } from "../model/pod-identities";
import { alive, aliveOne, findAddon } from "../model/state";
import { DURATIONS } from "../model/timing";
import { recordUpdate, updateView } from "../model/updates";
import type { AddonConfig, AddonRecord, Tags } from "../model/types";
import { chooseAddonVersion, requireConfigurationValues, requireOneRoleWay } from "../validation/addon-rules";
import { requireStandingCluster } from "../validation/cluster-state-rules";
import { dropOwnedAssociations, replaceOwnedAssociations, type AssociationWish } from "./addon-associations";
import { defineOperation, type OperationContext } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface AddonName {
  readonly clusterName: string;
  readonly addonName: string;
}

interface AddonSettings extends AddonName {
  readonly addonVersion?: string;
  readonly serviceAccountRoleArn?: string;
  readonly configurationValues?: string;
  readonly resolveConflicts?: string;
  readonly podIdentityAssociations?: readonly AssociationWish[];
}

interface CreateAddonInput extends AddonSettings {
  readonly tags?: Tags;
  readonly namespaceConfig?: { readonly namespace?: string };
}

export const createAddon = defineOperation<CreateAddonInput>({
  mutates: true,
  check(context, input) {
    const { state, place, now } = context;
    const { clusterName, addonName } = input;
    const subject = { clusterName, addonName };
    const cluster = state.findCluster(place, clusterName, now);
    requireStandingCluster(cluster, now);
    if (aliveOne(cluster.addons, addonName, now) !== undefined) throw inUse("Addon already exists.", subject);
    chosenVersion(context, input);
    requireConfigurationValues(addonName, input.configurationValues, subject);
    requireOneRoleWay(input.serviceAccountRoleArn, input.podIdentityAssociations, subject);
    const namespace = input.namespaceConfig?.namespace ?? addonDetails(addonName).namespace;
    for (const { serviceAccount } of input.podIdentityAssociations ?? []) {
      const taken = findAssociation(cluster, namespace, serviceAccount);
      if (taken !== undefined) throw inUse(`Association already exists: ${taken.id}`, subject);
    }
  },
  execute(context, input) {
    const { state, place, now, ids } = context;
    const cluster = state.findCluster(place, input.clusterName, now);
    const arn = eksArn(place, `addon/${cluster.name}/${input.addonName}/${ids.uuid()}`);
    const namespace = input.namespaceConfig?.namespace ?? addonDetails(input.addonName).namespace;
    const wishes = input.podIdentityAssociations ?? [];
    const { configurationValues, serviceAccountRoleArn } = input;
    const config: AddonConfig = {
      version: chosenVersion(context, input),
      ...(configurationValues !== undefined && { configurationValues }),
      ...(serviceAccountRoleArn !== undefined && { serviceAccountRoleArn }),
      podIdentityAssociations: replaceOwnedAssociations({ cluster, addonArn: arn, namespace, wishes, place, now, ids }),
    };
    const life = begin(config, now, DURATIONS.addon);
    const addon: AddonRecord = { name: input.addonName, arn, namespace, life, tags: input.tags ?? {} };
    cluster.addons.set(addon.name, addon);
    return { addon: addonView(cluster, addon, now) };
  },
});

export const describeAddon = defineOperation<AddonName>({
  mutates: false,
  execute({ state, place, now }, { clusterName, addonName }) {
    const cluster = state.findCluster(place, clusterName, now);
    return { addon: addonView(cluster, findAddon(cluster, addonName, now), now) };
  },
});

export const listAddons = defineOperation<PageInput & { clusterName: string }>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const names = alive(cluster.addons, now).map((addon) => addon.name);
    const { page, nextToken } = paginate(names, input);
    return { addons: page, nextToken };
  },
});

export const updateAddon = defineOperation<AddonSettings>({
  mutates: true,
  check(context, input) {
    const { state, place, now } = context;
    const { clusterName, addonName } = input;
    const subject = { clusterName, addonName };
    const cluster = state.findCluster(place, clusterName, now);
    const addon = findAddon(cluster, addonName, now);
    const config = valueAt(addon.life, now);
    if (input.addonVersion !== undefined && input.addonVersion !== config.version) chosenVersion(context, input);
    requireConfigurationValues(addonName, input.configurationValues, subject);
    const roleArn = input.serviceAccountRoleArn ?? config.serviceAccountRoleArn;
    requireOneRoleWay(roleArn === "" ? undefined : roleArn, input.podIdentityAssociations, subject);
    for (const { serviceAccount } of input.podIdentityAssociations ?? []) {
      const taken = findAssociation(cluster, addon.namespace, serviceAccount);
      if (taken !== undefined && taken.ownerArn !== addon.arn) {
        throw inUse(`Association already exists: ${taken.id}`, subject);
      }
    }
    const phase = phaseOf(addon.life, now);
    if (phase === "ACTIVE") return;
    throw inUse(`Addon ${addonName} cannot be updated as it is currently in ${phase} state`, subject);
  },
  execute({ state, place, now, ids }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const addon = findAddon(cluster, input.addonName, now);
    const before = valueAt(addon.life, now);
    const update = recordUpdate(
      cluster,
      { type: "AddonUpdate", params: updateParams(input), addonName: addon.name },
      now,
      ids,
    );
    const { addonVersion, configurationValues, serviceAccountRoleArn, podIdentityAssociations: wishes } = input;
    const owner = { cluster, addonArn: addon.arn, namespace: addon.namespace, place, now, ids };
    const next: AddonConfig = {
      ...before,
      version: addonVersion ?? before.version,
      configurationValues: emptied(configurationValues ?? before.configurationValues),
      serviceAccountRoleArn: emptied(serviceAccountRoleArn ?? before.serviceAccountRoleArn),
      ...(wishes !== undefined && { podIdentityAssociations: replaceOwnedAssociations({ ...owner, wishes }) }),
    };
    change(addon.life, next, now, DURATIONS.update, update.id);
    return { update: updateView(update, now) };
  },
});

export const deleteAddon = defineOperation<AddonName & { preserve?: boolean }>({
  mutates: true,
  check({ state, place, now }, { clusterName, addonName }) {
    const addon = findAddon(state.findCluster(place, clusterName, now), addonName, now);
    if (phaseOf(addon.life, now) !== "DELETING") return;
    throw invalidParameter(`Addon ${addonName} is already being deleted`, { clusterName, addonName });
  },
  execute({ state, place, now }, { clusterName, addonName }) {
    const cluster = state.findCluster(place, clusterName, now);
    const addon = findAddon(cluster, addonName, now);
    end(addon.life, now, DURATIONS.addon);
    dropOwnedAssociations(cluster, addon.arn);
    return { addon: addonView(cluster, addon, now) };
  },
});

function chosenVersion({ state, place, now, catalog }: OperationContext, input: AddonSettings): string {
  const { clusterName, addonName, addonVersion } = input;
  const kubernetesVersion = valueAt(state.findCluster(place, clusterName, now).life, now).version;
  return chooseAddonVersion(catalog, { addonName, addonVersion, kubernetesVersion }, { clusterName, addonName });
}

function updateParams(input: AddonSettings): Record<string, unknown> {
  return {
    AddonVersion: input.addonVersion,
    ServiceAccountRoleArn: input.serviceAccountRoleArn,
    ResolveConflicts: input.resolveConflicts,
    ConfigurationValues: input.configurationValues,
    PodIdentityAssociations: input.podIdentityAssociations,
  };
}

function emptied(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
