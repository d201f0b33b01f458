import type { Resource } from "../../../engine/subject";

/** Whether a replication group belongs to a global datastore, whose primary decides on its encryption and snapshots. */
export function isSecondary(group: Resource): boolean {
  return !group.at("global_replication_group_id").absent;
}
