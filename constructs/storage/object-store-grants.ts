import { Grant } from "../core/grants";
import type { IGrantable } from "../core/grants";
import type { IKey } from "../encryption/key";
import {
  READ_BUCKET_ACTIONS,
  READ_OBJECT_ACTIONS,
  READ_WRITE_BUCKET_ACTIONS,
  READ_WRITE_OBJECT_ACTIONS,
} from "./perms";

/** The store that permissions are given on. */
interface GrantedStore {
  readonly bucketArn: string;
  readonly encryptionKey: IKey;
}

/** Permissions on an object store: bucket, objects and key together, since none of them is of use alone. */
export class ObjectStoreGrants {
  constructor(private readonly store: GrantedStore) {}

  /** Lets the grantee list and read. */
  read(grantee: IGrantable): Grant {
    const key = this.store.encryptionKey.grantDecrypt(grantee);
    return this.grant(grantee, READ_BUCKET_ACTIONS, READ_OBJECT_ACTIONS).combine(key);
  }

  /** Lets the grantee list, read, write and delete, but not delete older versions. */
  readWrite(grantee: IGrantable): Grant {
    const key = this.store.encryptionKey.grantEncryptDecrypt(grantee);
    return this.grant(grantee, READ_WRITE_BUCKET_ACTIONS, READ_WRITE_OBJECT_ACTIONS).combine(key);
  }

  private grant(grantee: IGrantable, onBucket: readonly string[], onObjects: readonly string[]): Grant {
    const { bucketArn } = this.store;
    return Grant.addToPrincipal({ grantee, actions: onBucket, resources: [bucketArn] }).combine(
      Grant.addToPrincipal({ grantee, actions: onObjects, resources: [`${bucketArn}/*`] }),
    );
  }
}
