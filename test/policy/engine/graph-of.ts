import { buildGraph } from "../../../policy/engine/build-graph";
import type { Graph } from "../../../policy/engine/graph";
import type { Resource } from "../../../policy/engine/subject";
import { readTerraformJson } from "../../../policy/inputs/terraform-json";

/** The graph of stacks by id. */
export function graphOf(stacks: Readonly<Record<string, object>>): Graph {
  const read = Object.entries(stacks).map(([stack, json]) => readTerraformJson(JSON.stringify(json), { stack }));
  return buildGraph({ stacks: read, objects: [], changes: [] });
}

/** The one resource or data source at an address. */
export function resourceAt(graph: Graph, address: string, stack?: string): Resource {
  const found = graph.stacks
    .flatMap(({ resources }) => resources)
    .filter((resource) => resource.address === address && (stack === undefined || resource.stack === stack));
  expect(found.map((resource) => resource.address)).toEqual([address]);
  return found[0] as Resource;
}

/** Addresses of resources. */
export function addresses(resources: readonly Resource[]): readonly string[] {
  return resources.map(({ address }) => address);
}
