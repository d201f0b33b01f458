/** What tells one environment's resources from another's. */
interface Place {
  readonly project: string;
  readonly stage: string;
  readonly account: string;
  readonly region: string;
}

/** Name of the bucket of an object store; bucket names are shared by all AWS accounts of the world, so it carries the account. */
export function storeBucketName({ project, stage, account, region }: Place, store: string): string {
  return [project, stage, store, account, region].join("-");
}

/** Key of a stack's state in the state bucket. */
export function stateKey({ project, stage }: Pick<Place, "project" | "stage">, layer: string): string {
  return `${project}/${stage}/${layer}.tfstate`;
}
