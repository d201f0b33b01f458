import type { IdFactory } from "./ids";
import { epochSeconds } from "./lifecycle";
import { DURATIONS } from "./timing";
import type { ClusterRecord, UpdateRecord } from "./types";

/** A change that takes a while. */
export interface NewUpdate {
  readonly type: string;
  /** What changes, by name of the API's parameter. Lists and objects are carried as JSON, as EKS does. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

/** Records an update of a cluster or of something in it. */
export function recordUpdate(cluster: ClusterRecord, update: NewUpdate, now: number, ids: IdFactory): UpdateRecord {
  const { params, ...rest } = update;
  const record: UpdateRecord = {
    ...rest,
    id: ids.uuid(),
    params: Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([type, value]) => ({ type, value: typeof value === "string" ? value : JSON.stringify(value) })),
    createdAt: now,
    doneAt: now + DURATIONS.update,
  };
  cluster.updates.set(record.id, record);
  return record;
}

/** @returns the `Update` of the API at `now` */
export function updateView(update: UpdateRecord, now: number): object {
  return {
    id: update.id,
    status: now < update.doneAt ? "InProgress" : "Successful",
    type: update.type,
    params: update.params,
    createdAt: epochSeconds(update.createdAt),
    errors: [],
  };
}
