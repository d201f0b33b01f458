import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import { Value } from "../../../engine/value";
import { chartOf, chartValuesOf, readYamlText } from "../../private/chart-values";
import { labelOf } from "../../private/node-group";

/** How pods share a GPU that its device plugin hands out more than once; undefined when nothing in the stacks says. */
export type Sharing = "none" | "time-slicing" | "mps" | undefined;

/** Where charts keep the configurations of the device plugin, by name, and which of them is the default. */
const CONFIGS: Readonly<Record<string, { readonly map: string; readonly default: string }>> = {
  "nvidia-device-plugin": { map: "config.map", default: "config.default" },
  "gpu-operator": { map: "devicePlugin.config.data", default: "devicePlugin.config.default" },
};

/** How the GPUs of a node group's nodes are shared: what its label chooses, else the device plugin's default. */
export function sharingOf(group: Resource, graph: Graph): Sharing {
  const label = labelOf(group, "nvidia.com/device-plugin.config");
  if (label.unknown) return undefined;
  const found = pluginsOf(graph).flatMap((release) => sharingsOf(release, label.text));
  if (found.length === 0) return label.absent ? "none" : undefined;
  return found.find((sharing) => sharing === "time-slicing" || sharing === "mps") ?? found[0];
}

/** Releases that bring the device plugin, by graph: every node group asks for them. */
const PLUGINS = new WeakMap<Graph, readonly Resource[]>();

function pluginsOf(graph: Graph): readonly Resource[] {
  const known = PLUGINS.get(graph);
  if (known !== undefined) return known;
  const found = graph.resourcesOf("helm_release").filter((release) => Object.hasOwn(CONFIGS, chartOf(release) ?? ""));
  PLUGINS.set(graph, found);
  return found;
}

function sharingsOf(release: Resource, label: string | undefined): readonly Sharing[] {
  const places = CONFIGS[chartOf(release) ?? ""];
  if (places === undefined) return [];
  const values = chartValuesOf(release);
  if (values.unknown) return [undefined];
  if (values.at("devicePlugin.enabled").boolean === false) return [];
  const configs = values.at(places.map);
  const name = label ?? values.at(places.default).text ?? (configs.keys.length === 1 ? configs.keys[0] : "default");
  return [sharingIn(configs.at([name ?? "default"]), label)];
}

function sharingIn(config: Value, label: string | undefined): Sharing {
  if (config.absent) return label === undefined ? "none" : undefined;
  const read = readYamlText(config);
  if (read === undefined) return undefined;
  const sharing = new Value(config.stack, config.path, read).at("sharing");
  if (sharing.each("timeSlicing.resources").length > 0) return "time-slicing";
  return sharing.each("mps.resources").length > 0 ? "mps" : "none";
}
