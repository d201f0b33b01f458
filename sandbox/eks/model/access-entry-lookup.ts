import { notFound } from "../errors";
import type { AccessEntryRecord, ClusterRecord } from "./types";

/** @throws EksApiError ResourceNotFoundException */
export function findAccessEntry(cluster: ClusterRecord, principalArn: string): AccessEntryRecord {
  const entry = cluster.accessEntries.get(principalArn);
  if (entry !== undefined) return entry;
  throw notFound(
    `The specified principalArn could not be found: ${principalArn}. You can view your available access entries with 'list-access-entries'.`,
    { clusterName: cluster.name },
  );
}
