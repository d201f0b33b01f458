import { createHash } from "node:crypto";
import type { StackJson } from "./stack-json";

/** The checksum that pods carry of a config map whose text is only known after apply. */
const CHECKSUM = /^sha256\(jsonencode\(kubernetes_config_map_v1\.([\w-]+)\.data\)\)$/;
const REFERENCE = /\$?\$\{([^}]*)\}/g;
const ESCAPED = /[<>&\u2028\u2029]/g;

/**
 * Value of `sha256(jsonencode(kubernetes_config_map_v1.<name>.data))`, as Terraform computes it from what the config map will
 * hold.
 *
 * @param resolve value of a reference, undefined when it has none
 * @returns undefined for any other expression, for a config map that the stack does not have, and while a part has no value
 */
export function resolveChecksum(
  expression: string,
  { resource = {} }: StackJson,
  resolve: (reference: string) => unknown,
): string | undefined {
  const [, name = ""] = CHECKSUM.exec(expression) ?? [];
  const data = resource.kubernetes_config_map_v1?.[name]?.data as Readonly<Record<string, string>> | undefined;
  if (data === undefined) return undefined;
  const entries = Object.keys(data)
    .sort()
    .map((key) => [key, fill(data[key] ?? "", resolve)] as const);
  if (entries.some(([, text]) => text === undefined)) return undefined;
  return createHash("sha256")
    .update(jsonEncode(Object.fromEntries(entries)))
    .digest("hex");
}

function fill(template: string, resolve: (reference: string) => unknown): string | undefined {
  let known = true;
  const text = template.replace(REFERENCE, (match, reference: string) => {
    if (match.startsWith("$$")) return match.slice(1);
    const value = resolve(reference);
    known &&= value !== undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  return known ? text : undefined;
}

/** Terraform escapes what could end a script in HTML. */
function jsonEncode(value: unknown): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
