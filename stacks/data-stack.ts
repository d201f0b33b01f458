import type { Construct } from "constructs";
import type { StoreName } from "../config";
import { type IObjectStore, Key, ObjectStore } from "../constructs";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** The object stores of an environment, for the layers above. */
export type Stores = Readonly<Record<StoreName, IObjectStore>>;

/** What outlives clusters and workloads: the stores and the key that encrypts them. */
export class DataStack extends BaseStack {
  /** The stores by name. */
  readonly stores: Stores;

  constructor(scope: Construct, props: BaseStackProps) {
    super(scope, "data", props);
    const { data, protection } = props.config;

    const encryptionKey = new Key(this, "Key", {
      identity: this.identity,
      purpose: "data",
      deletionWindowDays: data.keyDeletionWindowDays,
      deletionProtection: protection.deletion,
    });
    const defineStore = (id: string, storeName: StoreName): ObjectStore =>
      new ObjectStore(this, id, {
        identity: this.identity,
        storeName,
        encryptionKey,
        deletionProtection: protection.deletion,
        ...data.stores[storeName],
      });

    this.stores = {
      datasets: defineStore("Datasets", "datasets"),
      artifacts: defineStore("Artifacts", "artifacts"),
      models: defineStore("Models", "models"),
      logs: defineStore("Logs", "logs"),
    };
  }
}
