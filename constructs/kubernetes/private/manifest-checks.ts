import { gzipSync } from "node:zlib";
import type { PropChecks } from "../../core/prop-checks";
import type { ManifestObject } from "../manifest-object";
import { plain } from "./release-checks";
import { secretProblems } from "./secret-values";
import { isReference, unprintableValues } from "./values-json";

/**
 * Helm keeps a release as gzip in base64 in one secret, and Kubernetes takes secrets up to 1 MiB. The objects are in it
 * twice, as values and as what the chart printed; the rest of the release takes a few KiB.
 *
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size
 */
const RELEASE_MAX = 1024 * 1024;
const OBJECTS_MAX = Math.floor((RELEASE_MAX * 3) / 4 / 2) - 8 * 1024;

const DNS_SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** Names of RBAC objects and of API services may be any segment of a path. */
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%\s]+$/;
const NAMED_BY_PATH = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
const API_VERSION = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?v\d+((alpha|beta)\d+)?$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;

/** What tells objects apart: two versions of one kind are the same object. */
export function objectKey({ apiVersion, kind, metadata }: ManifestObject, namespace: string): string {
  return [groupOf(apiVersion), kind, metadata.namespace ?? namespace, metadata.name].join("/");
}

/** Records what is wrong with one object. */
export function checkObject(checks: PropChecks, object: ManifestObject, prop: string): void {
  const { apiVersion, kind, metadata } = object as Partial<ManifestObject>;
  const apiRule = "must be `v1` or a group and a version, such as `karpenter.sh/v1`";
  checks.require(API_VERSION.test(apiVersion ?? ""), `${prop}.apiVersion`, apiRule, apiVersion);
  checks.require(KIND.test(kind ?? ""), `${prop}.kind`, "must be a kind, such as `NodePool`", kind);
  checkName(checks, kind ?? "", metadata?.name, `${prop}.metadata.name`);
  const { namespace, annotations = {} } = metadata ?? {};
  const inNamespace = namespace === undefined || (DNS_SUBDOMAIN.test(namespace) && namespace.length <= 63);
  const label = "must be lower-case letters, digits and hyphens, at most 63 characters";
  checks.require(inNamespace, `${prop}.metadata.namespace`, label, namespace && plain(namespace));
  const hook = Object.keys(annotations).find((name) => name === "helm.sh/hook");
  const hookRule = "must not be a hook: Helm makes hooks apart from the release and does not keep them";
  checks.require(hook === undefined, `${prop}.metadata.annotations`, hookRule, hook);
  checkSecrets(checks, object, prop);
  for (const { path, rule, got } of unprintableValues(object, prop)) checks.require(false, path, rule, got);
}

/** Objects whose kind the same set defines: Helm looks kinds up before it makes anything, so it would not know them. */
export function unknownKinds(objects: readonly ManifestObject[]): string[] {
  const defined = new Set(objects.filter(isDefinition).map(definedKind));
  return objects
    .filter(({ apiVersion, kind }) => defined.has(`${groupOf(apiVersion)}/${kind}`))
    .map(
      ({ kind, metadata }) =>
        `${kind} ${metadata.name} must be in another set than the definition of its kind: ` +
        "Helm looks kinds up before it makes anything",
    );
}

/** What is wrong with the size of all objects together. */
export function sizeProblems(json: string): string[] {
  const size = gzipSync(json, { level: 9 }).length;
  if (size <= OBJECTS_MAX) return [];
  return [
    `the objects must be at most ${OBJECTS_MAX} bytes when compressed, so that Helm can keep the release in one secret, ` +
      `got ${size}: make two sets of them`,
  ];
}

function checkName(checks: PropChecks, kind: string, name: string | undefined, prop: string): void {
  const byPath = NAMED_BY_PATH.includes(kind);
  const rule = byPath
    ? "must be a name without slashes, spaces and percent signs, at most 253 characters"
    : "must be lower-case letters, digits, hyphens and dots, at most 253 characters";
  const named = name !== undefined && name.length <= 253 && (byPath ? PATH_SEGMENT : DNS_SUBDOMAIN).test(name);
  checks.require(named && !isReference(name), prop, rule, name && plain(name));
}

function checkSecrets(checks: PropChecks, object: ManifestObject, prop: string): void {
  const { apiVersion, kind, data, stringData } = object;
  const held = [...Object.keys(data ?? {}), ...Object.keys(stringData ?? {})];
  const rule = "must not hold a secret: External Secrets brings it, so that it is in no state and in no values";
  const isSecret = apiVersion === "v1" && kind === "Secret";
  checks.require(!isSecret || held.length === 0, prop, rule, `keys ${held.join(", ")}`);
  if (isSecret) return;
  for (const problem of secretProblems(object, prop)) checks.require(false, problem.prop, problem.rule, problem.got);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function isDefinition({ apiVersion, kind }: ManifestObject): boolean {
  return kind === "CustomResourceDefinition" && apiVersion.startsWith("apiextensions.k8s.io/");
}

function definedKind({ spec }: ManifestObject): string {
  const { group, names } = (spec ?? {}) as { group?: string; names?: { kind?: string } };
  return `${group}/${names?.kind}`;
}
