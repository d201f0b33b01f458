/** A secret that stands in AWS Secrets Manager, or one value of it: the name alone, never what it holds. */
export interface StoredSecret {
  /** Name in AWS Secrets Manager, under `<project>/<stage>/` of the environment. */
  readonly secret: string;
  /**
   * Key of the value, where the secret is a JSON object.
   *
   * @default - the whole secret
   */
  readonly property?: string;
}
