import type { PlainObject } from "./rendering";

/** What tells an object from all others of a cluster: its kind without the version, namespace and name. */
export function identityOf({ apiVersion, kind, metadata }: PlainObject): string {
  const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0] ?? ""}` : "";
  return `${kind}${group} ${metadata.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata.name}`;
}
