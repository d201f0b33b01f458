import type { Tagged, Tags } from "./preflight-aws";

/** Which environment is looked at. */
export interface Owner {
  readonly project: string;
  readonly stage: string;
}

/** Whether something is of the environment itself: an environment that is deployed does not stand in its own way. */
export function isOwn(owner: Owner, tags: Tags): boolean {
  const { Project, Stage, ManagedBy } = tags;
  return Project === owner.project && Stage === owner.stage && ManagedBy === "flightdeck";
}

/** What is of others. */
export function ofOthers<T extends Tagged>(owner: Owner, all: readonly T[]): T[] {
  return all.filter(({ tags }) => !isOwn(owner, tags));
}
