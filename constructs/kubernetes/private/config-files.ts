import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import type { Construct } from "constructs";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { PropChecks } from "../../core/prop-checks";
import { checkPath } from "./container-checks";
import { secretProblems } from "./secret-values";
import { afterNamespace, metadataOf, type WorkloadParts } from "./workload-parts";

/** Name of the volume in the pods. */
export const CONFIG_VOLUME = "config-files";
/** @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
const LARGEST_BYTES = 1024 * 1024;
const FILE_NAME = /^[-._a-zA-Z0-9]{1,253}$/;

/** Files of a workload as its pods get them. */
export interface ConfigFiles {
  readonly configMapName: string;
  /** Changes with the text of any file. */
  readonly checksum: string;
  readonly mounts: readonly {
    readonly mountPath: string;
    readonly name: string;
    readonly subPath: string;
    readonly readOnly: true;
  }[];
  readonly resource: ITerraformDependable;
}

/** Adds the rules for files. */
export function checkConfigFiles(checks: PropChecks, files: Readonly<Record<string, string>>): void {
  const names = Object.keys(files).map((path) => posix.basename(path));
  Object.entries(files).forEach(([path, text], index) => {
    const prop = `configFiles["${path}"]`;
    const name = names[index] ?? "";
    checkPath(checks, prop, path);
    checks.require(FILE_NAME.test(name), prop, "must end with a name of letters, digits, -, _ and .", path);
    checks.require(names.indexOf(name) === index, prop, "must not have the name of another file", name);
    for (const { rule, got } of secretProblems(text, prop)) checks.require(false, prop, rule, got);
  });
  const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  checks.require(bytes <= LARGEST_BYTES, "configFiles", `must have at most ${LARGEST_BYTES} bytes in all`, bytes);
}

/** Defines the config map of a workload's files. Each is mounted alone, so that what else is in its folder stays. */
export function defineConfigFiles(scope: Construct, parts: WorkloadParts): ConfigFiles | undefined {
  const { name, configFiles: files = {} } = parts;
  if (Object.keys(files).length === 0) return undefined;
  const configMapName = `${name}-config`;
  const data = Object.fromEntries(Object.entries(files).map(([path, text]) => [posix.basename(path), text]));
  const configMap = new ConfigMapV1(scope, "ConfigFiles", {
    metadata: metadataOf(parts, configMapName),
    data,
    dependsOn: afterNamespace(parts),
  });
  return {
    configMapName,
    checksum: checksumOf(data, configMap),
    mounts: Object.keys(files).map((path) => ({
      mountPath: path,
      name: CONFIG_VOLUME,
      subPath: posix.basename(path),
      readOnly: true,
    })),
    resource: configMap,
  };
}

/** Of text known only after apply Terraform makes the sum itself. */
function checksumOf(data: Readonly<Record<string, string>>, configMap: ConfigMapV1): string {
  const known = Object.values(data).every((text) => !Token.isUnresolved(text));
  if (!known) return Fn.sha256(Fn.jsonencode(configMap.data));
  return createHash("sha256").update(JSON.stringify(data)).digest("hex");
}
