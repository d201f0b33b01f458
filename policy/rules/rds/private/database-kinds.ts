import type { Resource } from "../../../engine/subject";

/** Types that keep data of a database. */
export const DATABASE_TYPES: readonly string[] = ["aws_db_instance", "aws_rds_cluster"];

/** Types that servers of databases run as: instances of their own, and those of a cluster. */
export const SERVER_TYPES: readonly string[] = ["aws_db_instance", "aws_rds_cluster_instance"];

/** Whether it copies another database, from which it has its encryption, its users and its backups. */
export function isReplica(resource: Resource): boolean {
  return ["replicate_source_db", "replication_source_identifier"].some((name) => !resource.at(name).absent);
}

/** Whether it starts as what another one was: its encryption is that of its source unless it says otherwise. */
export function isCopy(resource: Resource): boolean {
  const sources = ["snapshot_identifier", "restore_to_point_in_time", "s3_import"];
  return isReplica(resource) || sources.some((name) => !resource.at(name).absent);
}

/** Engine of a database, as in `postgres`; empty when it is not known. */
export function engineOf(resource: Resource): string {
  return String(resource.at("engine").literal ?? "");
}
