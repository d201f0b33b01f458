import { inUse, invalidParameter } from "../errors";
import { eksArn } from "../model/arns";
import { begin, end, phaseOf } from "../model/lifecycle";
import { alive, findIdentityProvider } from "../model/state";
import { DURATIONS } from "../model/timing";
import { recordUpdate, updateView } from "../model/updates";
import type { IdentityProviderRecord, Tags } from "../model/types";
import { requireIdleCluster } from "../validation/cluster-state-rules";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface AssociateInput {
  readonly clusterName: string;
  readonly oidc: Readonly<Record<string, unknown>> & { readonly identityProviderConfigName: string };
  readonly tags?: Tags;
}

interface ProviderName {
  readonly clusterName: string;
  readonly identityProviderConfig: { readonly type: string; readonly name: string };
}

export const associateIdentityProviderConfig = defineOperation<AssociateInput>({
  mutates: true,
  check({ state, place, now }, { clusterName, oidc }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireIdleCluster(cluster, "AssociateIdentityProviderConfig", now);
    for (const prefix of ["usernamePrefix", "groupsPrefix"]) {
      if (String(oidc[prefix] ?? "").startsWith("system:")) {
        throw invalidParameter(`${prefix} must not contain system:, got ${String(oidc[prefix])}`, { clusterName });
      }
    }
    const [other] = alive(cluster.identityProviders, now);
    if (other === undefined) return;
    throw inUse(`Cluster ${clusterName} already has the identity provider config ${other.name}: a cluster takes one`, {
      clusterName,
    });
  },
  execute({ state, place, now, ids }, { clusterName, oidc, tags }) {
    const cluster = state.findCluster(place, clusterName, now);
    const name = oidc.identityProviderConfigName;
    cluster.identityProviders.set(name, {
      name,
      arn: eksArn(place, `identityproviderconfig/${clusterName}/oidc/${name}/${ids.uuid()}`),
      oidc,
      life: begin(undefined, now, DURATIONS.identityProvider),
      tags: tags ?? {},
    });
    const params = { IdentityProviderConfig: [{ type: "oidc", name }] };
    const update = recordUpdate(cluster, { type: "AssociateIdentityProviderConfig", params }, now, ids);
    return { update: updateView(update, now), tags: tags ?? {} };
  },
});

export const describeIdentityProviderConfig = defineOperation<ProviderName>({
  mutates: false,
  execute({ state, place, now }, { clusterName, identityProviderConfig: { name } }) {
    const cluster = state.findCluster(place, clusterName, now);
    const provider = findIdentityProvider(cluster, name, now);
    return { identityProviderConfig: { oidc: providerView(clusterName, provider, now) } };
  },
});

export const listIdentityProviderConfigs = defineOperation<PageInput & { clusterName: string }>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const configs = alive(cluster.identityProviders, now).map(({ name }) => ({ type: "oidc", name }));
    const { page, nextToken } = paginate(configs, input);
    return { identityProviderConfigs: page, nextToken };
  },
});

export const disassociateIdentityProviderConfig = defineOperation<ProviderName>({
  mutates: true,
  check({ state, place, now }, { clusterName, identityProviderConfig: { name } }) {
    const cluster = state.findCluster(place, clusterName, now);
    const provider = findIdentityProvider(cluster, name, now);
    requireIdleCluster(cluster, "DisassociateIdentityProviderConfig", now);
    if (phaseOf(provider.life, now) === "ACTIVE") return;
    throw inUse(`Identity provider config ${name} is in ${phaseOf(provider.life, now)} state`, { clusterName });
  },
  execute({ state, place, now, ids }, { clusterName, identityProviderConfig }) {
    const cluster = state.findCluster(place, clusterName, now);
    end(findIdentityProvider(cluster, identityProviderConfig.name, now).life, now, DURATIONS.identityProvider);
    const params = { IdentityProviderConfig: [identityProviderConfig] };
    const update = recordUpdate(cluster, { type: "DisassociateIdentityProviderConfig", params }, now, ids);
    return { update: updateView(update, now) };
  },
});

function providerView(clusterName: string, provider: IdentityProviderRecord, now: number): object {
  return {
    ...provider.oidc,
    identityProviderConfigArn: provider.arn,
    clusterName,
    tags: provider.tags,
    status: phaseOf(provider.life, now),
  };
}
