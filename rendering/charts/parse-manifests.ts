import { parseAllDocuments } from "yaml";
import type { PlainObject } from "../rendering";
import { withGoNumbers } from "./yaml-tags";

/** Objects of the output of `helm template`, lists taken apart. */
export function parseManifests(yaml: string): PlainObject[] {
  return parseAllDocuments(yaml, {
    version: "1.1",
    merge: true,
    uniqueKeys: false,
    logLevel: "silent",
    customTags: withGoNumbers,
  }).flatMap((document) => {
    const value = document.toJS({ maxAliasCount: -1 }) as unknown;
    return isObject(value) ? flatten(value) : [];
  });
}

/** Events of a release at which Helm brings an object in; none for an ordinary one. */
export function hooksOf({ metadata }: PlainObject): string[] {
  const hooks = metadata.annotations?.["helm.sh/hook"] ?? "";
  return hooks
    .split(",")
    .map((hook) => hook.trim())
    .filter((hook) => hook !== "");
}

function flatten(value: PlainObject): PlainObject[] {
  const { items } = value as { readonly items?: unknown };
  return value.kind.endsWith("List") && Array.isArray(items) ? items.filter(isObject).flatMap(flatten) : [value];
}

function isObject(value: unknown): value is PlainObject {
  if (value === null || typeof value !== "object") return false;
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  return typeof apiVersion === "string" && typeof kind === "string";
}
