import type { Construct } from "constructs";
import type { PodRoleConfig } from "../../config";
import {
  type EnvironmentIdentity,
  type ICluster,
  type IKey,
  type IPostgresDatabase,
  type IRedisCache,
  PodRole,
  Port,
} from "../../constructs";
import type { Images } from "../data/images";
import type { Stores } from "../data/stores";

/** What the data layer hands to the cluster's nodes and pods. */
export interface SharedData {
  /** Key of the data layer, which encrypts its stores and the environment's secrets. */
  readonly encryptionKey: IKey;
  /** Image repositories and caches of public registries. */
  readonly images: Images;
  /** The stores by name. */
  readonly stores: Stores;
  /** PostgreSQL, where the environment has one. */
  readonly database: IPostgresDatabase | undefined;
  /** Redis, where the environment has one. */
  readonly cache: IRedisCache | undefined;
}

/** What the roles are made of. */
export interface PodRolesProps extends SharedData {
  /** The environment the roles belong to. */
  readonly identity: EnvironmentIdentity;
  /** The cluster the pods run in. */
  readonly cluster: ICluster;
  /** The roles by name. */
  readonly roles: Readonly<Record<string, PodRoleConfig>>;
}

/** Defines the roles of pods with their grants, and lets the cluster's pods reach database and cache. */
export function definePodRoles(scope: Construct, props: PodRolesProps): void {
  const { identity, cluster, roles, stores, database, cache } = props;
  for (const [name, config] of Object.entries(roles)) {
    const { namespace, serviceAccount } = config;
    const { clusterName } = cluster;
    const role = new PodRole(scope, `PodRole-${name}`, { identity, clusterName, name, namespace, serviceAccount });
    config.read.forEach((store) => stores[store].grantRead(role));
    config.readWrite.forEach((store) => stores[store].grantReadWrite(role));
    if (config.database) database?.grantConnect(role, databaseUser(name));
    if (config.cache) cache?.grantReadAuthSecret(role);
  }
  if (database) cluster.connections.allowTo(database, Port.tcp(database.port), "Pods reach PostgreSQL");
  if (cache) cluster.connections.allowTo(cache, Port.tcp(cache.port), "Pods reach Redis");
}

/** PostgreSQL's names have no hyphens unless they are quoted each time. */
function databaseUser(roleName: string): string {
  return roleName.replaceAll("-", "_");
}
