import type { Graph } from "../../../engine/graph";
import { readReference } from "../../../engine/references";
import type { Resource, Stack } from "../../../engine/subject";

/** A stack that reads the outputs of another from its remote state. */
export interface StateRead {
  /** The data source that reads. */
  readonly data: Resource;
  /** The stack it reads, when that is among what is judged. */
  readonly from: Stack | undefined;
}

/** What tells states of a backend apart; other arguments say how they are reached. */
const STATE_KEYS: Readonly<Record<string, readonly string[]>> = {
  s3: ["bucket", "key", "workspace_key_prefix"],
  gcs: ["bucket", "prefix"],
  azurerm: ["storage_account_name", "container_name", "key"],
  local: ["path"],
};

/**
 * Names the state that a backend keeps, the same for the stack that writes it and for those that read it.
 *
 * @param at reads an argument of the backend
 * @returns undefined for backends of other types, or when an argument is not known
 */
export function stateOf(type: string, at: (argument: string) => unknown): string | undefined {
  const names = STATE_KEYS[type];
  if (names === undefined) return undefined;
  const values = names.map(at);
  const known = values.every((value) => value === undefined || typeof value === "string");
  return known && values.some((value) => value !== undefined) ? JSON.stringify([type, ...values]) : undefined;
}

/** The state that a stack writes. */
export function ownState({ backend }: Stack): string | undefined {
  return backend && stateOf(backend.type, (argument) => backend.values[argument]);
}

/** All reads of remote states in all stacks. */
export function stateReads(graph: Graph): readonly StateRead[] {
  const byState = new Map(graph.stacks.map((stack) => [ownState(stack), stack]));
  return graph.dataOf("terraform_remote_state").map((data) => {
    const state = stateOf(data.at("backend").text ?? "", (argument) => {
      const value = data.at(["config", argument]);
      return value.unknown ? null : value.literal;
    });
    return { data, from: state === undefined ? undefined : byState.get(state) };
  });
}

/** Names of the outputs that each stack uses, by stack and by the data source that reads them. */
export function usedOutputs(graph: Graph): ReadonlyMap<Resource, ReadonlySet<string>> {
  const used = new Map(graph.dataOf("terraform_remote_state").map((data) => [data, new Set<string>()]));
  const byAddress = new Map([...used.keys()].map((data) => [`${data.stack} ${data.address}`, data]));
  for (const { stack, reference } of referencesOf(graph)) {
    if (!reference.startsWith("data.terraform_remote_state.")) continue;
    const { address = "", attribute = [] } = readReference(reference) ?? {};
    const data = byAddress.get(`${stack} ${address}`);
    const [outputs, name] = attribute;
    if (data !== undefined && outputs === "outputs" && name !== undefined && name !== "*") used.get(data)?.add(name);
  }
  return used;
}

function referencesOf(graph: Graph): readonly { readonly stack: string; readonly reference: string }[] {
  return graph.stacks.flatMap(({ id: stack, resources, outputs, providers }) => {
    const values = [
      ...resources.map((resource) => resource.at([])),
      ...Object.values(outputs),
      ...Object.values(providers).flat(),
    ];
    return values.flatMap((value) => value.references).map((reference) => ({ stack, reference }));
  });
}
