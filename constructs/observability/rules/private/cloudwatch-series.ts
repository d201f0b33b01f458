/** Seconds of the period over which CloudWatch sums what the exporter asks for: `_sum` is what happened in one of them. */
export const CLOUDWATCH_PERIOD_SECONDS = 300;

/** A series of RDS by the name of the database's instance, as label `database`. */
export function ofDatabase(operator: "max" | "min", series: string): string {
  const named = `label_replace(${series}, "database", "$1", "dimension_DBInstanceIdentifier", "(.+)")`;
  return `${operator} by (database) (${named})`;
}

/**
 * A series of ElastiCache by the name of the replication group, as label `cache`: that of a node without `-001` at its end, or
 * `-0001-001` where there are shards. What is true of the group is what is true of its worst node.
 */
export function ofCache(operator: "max" | "min" | "sum", series: string): string {
  const name = "(.+?)(-[0-9]{4})?(-[0-9]{3})?";
  return `${operator} by (cache) (label_replace(${series}, "cache", "$1", "dimension_CacheClusterId", "${name}"))`;
}
