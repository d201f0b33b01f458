import type { IKey } from "../encryption/key";

/** Where the Terraform states of an environment lie: under `<project>/<stage>/` in a bucket. */
export interface StateLocationOptions {
  /** Name of the bucket. */
  readonly bucketName: string;
  /**
   * Key that encrypts the states.
   *
   * @default - none: S3 encrypts them with its own key, which needs no permission
   */
  readonly encryptionKey?: IKey;
}
