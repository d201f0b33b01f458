import { notFound } from "../errors";
import type { EksResponse } from "../contract";
import type { Place } from "./arns";
import { phaseOf } from "./lifecycle";
import type { AddonRecord, ClusterRecord, IdentityProviderRecord, NodegroupRecord } from "./types";

/** A mutation that was made with a client request token: repeated, it answers the same and changes nothing. */
export interface Remembered {
  readonly input: string;
  readonly response: EksResponse;
}

/** Everything that one account has in one region. */
export interface ScopeState {
  readonly clusters: Map<string, ClusterRecord>;
  /** By operation and client request token. */
  readonly remembered: Map<string, Remembered>;
}

/** The whole state of the service. */
export class EksState {
  private readonly scopes = new Map<string, ScopeState>();

  scope(place: Place): ScopeState {
    const key = `${place.account}/${place.region}`;
    let scope = this.scopes.get(key);
    if (scope === undefined) {
      scope = { clusters: new Map(), remembered: new Map() };
      this.scopes.set(key, scope);
    }
    return scope;
  }

  /** @returns all clusters that exist at `now`, by account, region and name */
  allClusters(now: number): ClusterRecord[] {
    return [...this.scopes.entries()]
      .sort(([a], [b]) => compare(a, b))
      .flatMap(([, scope]) => alive(scope.clusters, now));
  }

  clusters(place: Place, now: number): ClusterRecord[] {
    return alive(this.scope(place).clusters, now);
  }

  tryFindCluster(place: Place, name: string, now: number): ClusterRecord | undefined {
    return aliveOne(this.scope(place).clusters, name, now);
  }

  /** @throws EksApiError ResourceNotFoundException */
  findCluster(place: Place, name: string, now: number): ClusterRecord {
    const cluster = this.tryFindCluster(place, name, now);
    if (cluster === undefined) throw notFound(`No cluster found for name: ${name}.`, { clusterName: name });
    return cluster;
  }

  reset(): void {
    this.scopes.clear();
  }
}

/** @throws EksApiError ResourceNotFoundException */
export function findNodegroup(cluster: ClusterRecord, name: string, now: number): NodegroupRecord {
  const found = aliveOne(cluster.nodegroups, name, now);
  if (found !== undefined) return found;
  throw notFound(`No node group found for name: ${name}.`, { clusterName: cluster.name, nodegroupName: name });
}

/** @throws EksApiError ResourceNotFoundException */
export function findAddon(cluster: ClusterRecord, name: string, now: number): AddonRecord {
  const found = aliveOne(cluster.addons, name, now);
  if (found !== undefined) return found;
  throw notFound(`No addon: ${name} found in cluster: ${cluster.name}`, { clusterName: cluster.name, addonName: name });
}

/** @throws EksApiError ResourceNotFoundException */
export function findIdentityProvider(cluster: ClusterRecord, name: string, now: number): IdentityProviderRecord {
  const found = aliveOne(cluster.identityProviders, name, now);
  if (found !== undefined) return found;
  throw notFound(`No identity provider config found for name: ${name}, type: oidc.`, { clusterName: cluster.name });
}

interface Mortal {
  readonly name: string;
  readonly life: Parameters<typeof phaseOf>[0];
}

/** @returns the records that exist at `now`, by name */
export function alive<T extends Mortal>(records: ReadonlyMap<string, T>, now: number): T[] {
  return [...records.values()]
    .filter((record) => phaseOf(record.life, now) !== "GONE")
    .sort((a, b) => compare(a.name, b.name));
}

/** @returns the record when it exists at `now` */
export function aliveOne<T extends Mortal>(records: ReadonlyMap<string, T>, name: string, now: number): T | undefined {
  const record = records.get(name);
  return record !== undefined && phaseOf(record.life, now) !== "GONE" ? record : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
