import type { PlainObject } from "../rendering";
import { fillDefaults } from "./provider-defaults";
import { fieldName, isMap, listName } from "./field-names";
import { fieldValue } from "./field-values";
import { kindOfResource } from "./resource-kinds";
import { SHAPES } from "./shapes";

/** Arguments that speak to Terraform or the provider, not to Kubernetes. */
const NOT_OF_THE_OBJECT: ReadonlySet<string> = new Set([
  "//",
  "binary_data_wo_revision",
  "connection",
  "count",
  "data_wo_revision",
  "depends_on",
  "for_each",
  "id",
  "lifecycle",
  "provider",
  "provisioner",
  "target_state",
  "timeouts",
  "wait_for_completion",
  "wait_for_default_service_account",
  "wait_for_load_balancer",
  "wait_for_rollout",
  "wait_for_service_account_token",
  "wait_until_bound",
]);

type Block = Readonly<Record<string, unknown>>;

/** An object, or why there is none. */
export type TypedObject = { readonly object: PlainObject } | { readonly problem: string };

/**
 * The object that a typed resource of the Kubernetes provider brings into the cluster.
 *
 * @param type e.g. `kubernetes_deployment_v1`
 * @param argumentsOfResource in Terraform's JSON syntax, references resolved
 */
export function toObject(type: string, argumentsOfResource: Block): TypedObject {
  const kind = kindOfResource(type);
  if (!kind) {
    return { problem: `\`${type}\` stands for no Kubernetes object that can be rendered; use its \`_v1\` type` };
  }
  const given = Object.entries(argumentsOfResource).filter(([name]) => !NOT_OF_THE_OBJECT.has(name));
  const fields = blockToFields(Object.fromEntries(given), kind.kind);
  const shaped = (SHAPES[kind.kind] ?? same)(fillDefaults(kind.kind, fields));
  const metadata = (shaped.metadata ?? {}) as Block;
  const name = metadata.name ?? (type === "kubernetes_default_service_account_v1" ? "default" : undefined);
  if (typeof name !== "string") {
    return { problem: "`metadata.name` must be set: an object without a name of its own cannot be told from others" };
  }
  const { metadata: _, ...rest } = shaped;
  return { object: { ...kind, metadata: { ...metadata, name }, ...rest } };
}

function same(fields: Block): Block {
  return fields;
}

function blockToFields(block: Block, parent: string): Record<string, unknown> {
  const fields = Object.entries(block).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(fields.map(([argument, value]) => field(argument, value, parent)));
}

function field(argument: string, value: unknown, parent: string): [name: string, value: unknown] {
  const name = fieldName(argument);
  const list = listName(argument);
  if (isBlock(value)) {
    if (isMap(argument) || isServiceSelector(argument, value)) return [name, value];
    const inner = blockToFields(value, argument);
    return list !== undefined && !canBeSingle(argument, parent) ? [list, [inner]] : [name, inner];
  }
  if (Array.isArray(value) && value.some(isBlock)) {
    const inner = value.map((item) => (isBlock(item) ? blockToFields(item, argument) : item));
    return list === undefined || isSingle(argument, parent) ? [name, inner[0]] : [list, inner];
  }
  return [name, fieldValue(argument, value)];
}

function isBlock(value: unknown): value is Block {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A service selects by a map of labels, everything else by a block of label expressions. */
function isServiceSelector(argument: string, value: Block): boolean {
  return argument === "selector" && !("match_labels" in value) && !("match_expressions" in value);
}

/** Blocks that are a list in one place and a single block in another. The bindings write the single one as an object. */
function canBeSingle(argument: string, parent: string): boolean {
  return (
    isSingle(argument, parent) ||
    ["ingress", "metric", "policy", "port", "secret", "volume_claim_template"].includes(argument)
  );
}

function isSingle(argument: string, parent: string): boolean {
  if (argument.startsWith("required_during_")) return parent === "node_affinity";
  if (argument === "volume_claim_template") return parent === "ephemeral";
  if (argument === "secret") return parent === "volume" || parent === "sources";
  if (argument === "metric") return parent !== "spec";
  if (argument === "port") return parent === "service";
  return argument === "policy" && parent !== "scale_up" && parent !== "scale_down";
}
