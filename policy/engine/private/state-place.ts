import { Value } from "../value";

/** What tells the states of a type of backend apart. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  s3: ["bucket", "key"],
  local: ["path"],
  remote: ["organization", "workspaces.name"],
  cloud: ["organization", "workspaces.name"],
  gcs: ["bucket", "prefix"],
  azurerm: ["storage_account_name", "container_name", "key"],
  http: ["address"],
  consul: ["path"],
  kubernetes: ["namespace", "secret_suffix"],
  pg: ["conn_str", "schema_name"],
  cos: ["bucket", "prefix", "key"],
  oss: ["bucket", "prefix", "key"],
  oci: ["bucket", "namespace", "key"],
};

/**
 * The place of a state: the same text for a backend and for the data source that reads what it keeps. Regions do not count,
 * since names of buckets are unique without them.
 *
 * @param type type of the backend, e.g. `s3`
 * @param values its arguments, or the `config` of the data source
 * @returns undefined when the type is not known, or an argument is not
 */
export function statePlace(type: string | undefined, values: unknown): string | undefined {
  const names = type !== undefined && Object.hasOwn(PLACES, type) ? PLACES[type] : undefined;
  if (names === undefined) return undefined;
  const config = new Value("", "", values);
  const parts = names.map((name) => config.at(name));
  if (parts.some((part) => part.unknown) || parts.every((part) => part.absent)) return undefined;
  return JSON.stringify([type === "cloud" ? "remote" : type, ...parts.map(({ literal }) => literal ?? null)]);
}
