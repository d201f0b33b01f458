import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { EnvironmentConfig, StoreName } from "../../config";
import {
  AccessLogStore,
  type EnvironmentIdentity,
  type IAccessLogStore,
  type IKey,
  type IObjectStore,
  type IReplicaStore,
  ObjectStore,
  ReplicaStore,
} from "../../constructs";

/** The object stores of an environment, for the layers above. */
export type Stores = Readonly<Record<StoreName, IObjectStore>>;

/** What the stores are made of. */
export interface StoresProps {
  /** The environment the stores belong to. */
  readonly identity: EnvironmentIdentity;
  /** What the environment says of its data and its protection. */
  readonly config: Pick<EnvironmentConfig, "data" | "protection">;
  /** Key that encrypts the stores. */
  readonly encryptionKey: IKey;
  /**
   * The region that copies go to.
   *
   * @default - none: nothing is copied
   */
  readonly replicas?: ReplicaRegion;
}

/** Where copies of stores lie. */
export interface ReplicaRegion {
  /** The provider of the region. */
  readonly provider: AwsProvider;
  /** Key of the region that encrypts the copies. */
  readonly encryptionKey: IKey;
}

/** Defines the stores, the bucket of their access logs, and their copies. */
export function defineStores(scope: Construct, props: StoresProps): Stores {
  const { data, protection } = props.config;
  const accessLogs = data.accessLogs.enabled ? defineAccessLogs(scope, props) : undefined;
  const define = (id: string, storeName: StoreName): ObjectStore => {
    const { replicate: _, ...settings } = data.stores[storeName];
    const replica = defineReplica(scope, `${id}Replica`, storeName, props);
    return new ObjectStore(scope, id, {
      identity: props.identity,
      storeName,
      encryptionKey: props.encryptionKey,
      deletionProtection: protection.deletion,
      ...settings,
      accessLogs: accessLogs && { store: accessLogs },
      replicateTo: replica && { store: replica },
    });
  };
  return {
    datasets: define("Datasets", "datasets"),
    artifacts: define("Artifacts", "artifacts"),
    models: define("Models", "models"),
    logs: define("Logs", "logs"),
  };
}

function defineAccessLogs(scope: Construct, { identity, config }: StoresProps): IAccessLogStore {
  return new AccessLogStore(scope, "AccessLogs", {
    identity,
    expireAfterDays: config.data.accessLogs.retentionDays,
    deletionProtection: config.protection.deletion,
  });
}

function defineReplica(
  scope: Construct,
  id: string,
  storeName: StoreName,
  { identity, config, replicas }: StoresProps,
): IReplicaStore | undefined {
  const { replicate, ...settings } = config.data.stores[storeName];
  if (replicas === undefined || !replicate) return undefined;
  return new ReplicaStore(scope, id, {
    identity,
    storeName,
    ...replicas,
    deletionProtection: config.protection.deletion,
    ...settings,
  });
}
