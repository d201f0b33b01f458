import type { Graph } from "../../../engine/graph";
import type { PolicyDocument, Statement } from "../../../engine/policy-document";
import { readPolicy } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import { namesActions } from "./action-patterns";
import { resourcesNamedIn } from "./text-references";

/** Something a statement allows to do with the objects of a bucket. */
export interface StoreUse {
  readonly bucket: Resource;
  /** The key that the bucket encrypts with. */
  readonly key: Resource;
  /** What the key must allow for it, e.g. `kms:Decrypt`. */
  readonly keyAction: "kms:Decrypt" | "kms:GenerateDataKey";
}

/** What S3 asks of the key, by what is asked of S3. */
const KEY_ACTIONS = [
  { actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectVersionForReplication"], keyAction: "kms:Decrypt" },
  { actions: ["s3:PutObject"], keyAction: "kms:GenerateDataKey" },
] as const;

/** What these policies do with encrypted buckets they name, by reference or by ARN; wildcards in names are left out. */
export function storeUsesOf(documents: readonly PolicyDocument[], stack: string, graph: Graph): readonly StoreUse[] {
  const uses = documents
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => usesOf(statement, stack, graph));
  const keyOfUse = ({ bucket, key, keyAction }: StoreUse): string =>
    [bucket.stack, bucket.address, key.stack, key.address, keyAction].join(" ");
  return [...new Map(uses.map((use) => [keyOfUse(use), use])).values()];
}

function usesOf(statement: Statement, stack: string, graph: Graph): readonly StoreUse[] {
  const needed = KEY_ACTIONS.filter(({ actions }) => actions.some((action) => namesActions(statement, [action])));
  if (needed.length === 0) return [];
  const buckets = new Set(statement.resources.flatMap((resource) => bucketsNamedBy(resource, stack, graph)));
  return [...buckets].flatMap((bucket) =>
    keysOf(bucket, graph).flatMap((key) => needed.map(({ keyAction }) => ({ bucket, key, keyAction }))),
  );
}

function bucketsNamedBy(resource: string, stack: string, graph: Graph): readonly Resource[] {
  const named = resourcesNamedIn(resource, stack, graph).flatMap((found) =>
    found.type === "aws_s3_bucket" ? [found] : graph.targets(found.at("bucket")).filter(isBucket),
  );
  if (named.length > 0) return named.filter(isBucket);
  const [, name] = /^arn:[^:]+:s3:::([^/*?]+)(\/.*)?$/.exec(resource) ?? [];
  if (name === undefined) return [];
  return graph.resourcesOf("aws_s3_bucket").filter((bucket) => bucket.at("bucket").literal === name);
}

function isBucket({ type }: Resource): boolean {
  return type === "aws_s3_bucket";
}

/** Keys of one's own that a bucket encrypts with. */
function keysOf(bucket: Resource, graph: Graph): readonly Resource[] {
  return graph
    .linked(bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket")
    .concat(bucket)
    .flatMap((about) => [
      ...about.each("rule.apply_server_side_encryption_by_default.kms_master_key_id"),
      ...about.each(
        "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
      ),
    ])
    .flatMap((value) => graph.targets(value))
    .flatMap((found) => (found.type === "aws_kms_alias" ? graph.targets(found.at("target_key_id")) : [found]))
    .filter(({ type }) => type === "aws_kms_key");
}

/** Whether these policies of a role, or the key's own policy, let the role use the key so. */
export function mayUseKey(
  role: Resource,
  documents: readonly PolicyDocument[],
  { key, keyAction }: StoreUse,
  graph: Graph,
): boolean {
  const byRole = documents
    .flatMap(({ statements }) => statements)
    .some((statement) => allows(statement, keyAction) && statement.resources.some((text) => isKey(text, role.stack)));
  return byRole || keyPolicies().some((document) => document.statements.some(isForRole));

  function isKey(text: string, stack: string): boolean {
    if (/^\*+$/.test(text) || /^arn:[^:]+:kms:[^:]*:[^:]*:(\*|key\/\*)$/.test(text)) return true;
    return resourcesNamedIn(text, stack, graph).some(
      (found) =>
        found === key || (found.type === "aws_kms_alias" && graph.targets(found.at("target_key_id")).includes(key)),
    );
  }

  function keyPolicies(): readonly PolicyDocument[] {
    const values = [
      key.at("policy"),
      ...graph.linked(key, "aws_kms_key_policy", "key_id").map((one) => one.at("policy")),
    ];
    return values.map((value) => readPolicy(value, graph)).filter((document) => document !== undefined);
  }

  function isForRole(statement: Statement): boolean {
    const { text: name } = role.at("name");
    const ids = statement.principals.flatMap(({ type, ids: all }) => (type === "AWS" || type === "*" ? all : []));
    const named = ids.some(
      (id) =>
        resourcesNamedIn(id, key.stack, graph).includes(role) || (name !== undefined && id.endsWith(`:role/${name}`)),
    );
    return named && allows(statement, keyAction);
  }
}

function allows(statement: Statement, action: string): boolean {
  return statement.effect === "Allow" && namesActions(statement, [action]);
}
