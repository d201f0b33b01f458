import { Construct } from "constructs";
import type { Grant, IGrantable } from "../../core/grants";
import type { IKey } from "../../encryption/key";
import { ObjectStoreGrants } from "../object-store-grants";
import type { IObjectStore } from "../store";

/** What stores defined here, elsewhere and in other regions have in common. */
export abstract class StoreBase extends Construct implements IObjectStore {
  abstract readonly bucketName: string;
  abstract readonly bucketArn: string;
  abstract readonly encryptionKey: IKey;

  grantRead(grantee: IGrantable, prefix?: string): Grant {
    return new ObjectStoreGrants(this, this).read(grantee, prefix);
  }

  grantReadWrite(grantee: IGrantable, prefix?: string): Grant {
    return new ObjectStoreGrants(this, this).readWrite(grantee, prefix);
  }

  grantPut(grantee: IGrantable, prefix?: string): Grant {
    return new ObjectStoreGrants(this, this).put(grantee, prefix);
  }

  grantDelete(grantee: IGrantable, prefix?: string): Grant {
    return new ObjectStoreGrants(this, this).delete(grantee, prefix);
  }
}
