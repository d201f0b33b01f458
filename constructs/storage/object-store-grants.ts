import type { IConstruct } from "constructs";
import { Grant } from "../core/grants";
import type { IGrantable } from "../core/grants";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import {
  DELETE_OBJECT_ACTIONS,
  LIST_ACTIONS,
  LIST_EVERYTHING_ACTIONS,
  PUT_BUCKET_ACTIONS,
  PUT_OBJECT_ACTIONS,
  READ_BUCKET_ACTIONS,
  READ_OBJECT_ACTIONS,
  READ_WRITE_BUCKET_ACTIONS,
  READ_WRITE_OBJECT_ACTIONS,
} from "./perms";
import { PREFIX_RULE, isPrefix } from "./prefix";

/** The store that permissions are given on. */
interface GrantedStore {
  readonly bucketArn: string;
  /** None where S3 encrypts with keys of its own, which need no permission. */
  readonly encryptionKey?: IKey;
}

/**
 * Permissions on an object store: bucket, objects and key together, since none of them is of use alone. Each can be limited to
 * the keys under a prefix.
 */
export class ObjectStoreGrants {
  constructor(
    private readonly store: GrantedStore,
    /** The construct named in errors. */
    private readonly scope: IConstruct | undefined = undefined,
  ) {}

  /**
   * Lets the grantee list and read.
   *
   * @throws ValidationError `INVALID_PREFIX`
   */
  read(grantee: IGrantable, prefix?: string): Grant {
    this.validatePrefix(prefix);
    const key = this.store.encryptionKey?.grantDecrypt(grantee);
    return joined(this.onStore(grantee, READ_BUCKET_ACTIONS, READ_OBJECT_ACTIONS, prefix), key);
  }

  /**
   * Lets the grantee list, read, write and delete, but not delete older versions.
   *
   * @throws ValidationError `INVALID_PREFIX`
   */
  readWrite(grantee: IGrantable, prefix?: string): Grant {
    this.validatePrefix(prefix);
    const key = this.store.encryptionKey?.grantEncryptDecrypt(grantee);
    return joined(this.onStore(grantee, READ_WRITE_BUCKET_ACTIONS, READ_WRITE_OBJECT_ACTIONS, prefix), key);
  }

  /**
   * Lets the grantee write. The key has to decrypt too, for objects that are uploaded in parts, but the store gives nothing
   * out that could be decrypted.
   *
   * @throws ValidationError `INVALID_PREFIX`
   */
  put(grantee: IGrantable, prefix?: string): Grant {
    this.validatePrefix(prefix);
    const key = this.store.encryptionKey?.grantEncryptDecrypt(grantee);
    return joined(this.onStore(grantee, PUT_BUCKET_ACTIONS, PUT_OBJECT_ACTIONS, prefix), key);
  }

  /**
   * Lets the grantee delete, but not delete older versions.
   *
   * @throws ValidationError `INVALID_PREFIX`
   */
  delete(grantee: IGrantable, prefix?: string): Grant {
    this.validatePrefix(prefix);
    return this.onObjects(grantee, DELETE_OBJECT_ACTIONS, prefix);
  }

  private onStore(
    grantee: IGrantable,
    bucketActions: readonly string[],
    objectActions: readonly string[],
    prefix: string | undefined,
  ): Grant {
    return this.onBucket(grantee, bucketActions, prefix).combine(this.onObjects(grantee, objectActions, prefix));
  }

  /** Only listings name keys, so only they can be limited to a prefix; other requests would not have the condition's key. */
  private onBucket(grantee: IGrantable, actions: readonly string[], prefix: string | undefined): Grant {
    const resources = [this.store.bucketArn];
    if (prefix === undefined) return Grant.addToPrincipal({ grantee, actions, resources });
    const naming = [...LIST_ACTIONS, ...LIST_EVERYTHING_ACTIONS];
    const whole = actions.filter((action) => !naming.includes(action));
    const listing = actions.filter((action) => LIST_ACTIONS.includes(action));
    const onWhole = Grant.addToPrincipal({ grantee, actions: whole, resources });
    if (listing.length === 0) return onWhole;
    const conditions = { StringLike: { "s3:prefix": `${prefix}*` } };
    return onWhole.combine(Grant.addToPrincipal({ grantee, actions: listing, resources, conditions }));
  }

  private onObjects(grantee: IGrantable, actions: readonly string[], prefix = ""): Grant {
    return Grant.addToPrincipal({ grantee, actions, resources: [`${this.store.bucketArn}/${prefix}*`] });
  }

  private validatePrefix(prefix: string | undefined): void {
    new PropChecks(this.scope, "INVALID_PREFIX")
      .require(prefix === undefined || isPrefix(prefix), "prefix", PREFIX_RULE, prefix)
      .throwIfAny();
  }
}

function joined(grant: Grant, onKey: Grant | undefined): Grant {
  return onKey === undefined ? grant : grant.combine(onKey);
}
