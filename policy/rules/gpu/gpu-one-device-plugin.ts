import { containersOf } from "../../engine/pod-spec";
import { environmentRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import type { Graph } from "../../engine/graph";
import type { KubernetesObject, Resource } from "../../engine/subject";
import { fail, pass } from "../../engine/verdict";
import { chartOf, chartValuesOf } from "../private/chart-values";

const releases = (values: object): TerraformJson => ({
  resource: {
    helm_release: {
      operator: { chart: "gpu-operator", values: [JSON.stringify(values)] },
      plugin: { chart: "nvidia-device-plugin", values: ["{}"] },
    },
  },
});

function bringsPlugin(release: Resource): boolean {
  const chart = chartOf(release);
  if (chart === "nvidia-device-plugin") return true;
  return chart === "gpu-operator" && chartValuesOf(release).at("devicePlugin.enabled").boolean !== false;
}

/** `nvcr.io/nvidia/k8s-device-plugin`, and copies of it in registries of one's own; not those of EFA or AMD. */
const PLUGIN_IMAGE = /(^|\/)k8s-device-plugin([:@]|$)/;

function isPlugin(object: KubernetesObject): boolean {
  return containersOf(object).some((one) => PLUGIN_IMAGE.test(one.at("image").text ?? ""));
}

/** Everything that installs the plugin, once each: a chart and the object that it renders are one. */
function ownersOf(graph: Graph): readonly (Resource | KubernetesObject)[] {
  const all = [
    ...graph.resourcesOf("helm_release").filter(bringsPlugin),
    ...graph.objectsOf("DaemonSet").filter(isPlugin),
  ];
  const byPlace = new Map(
    all.map((owner) => [`${owner.stack} ${owner.address}`, owner]).reverse() as [string, Resource][],
  );
  return [...byPlace.values()].reverse();
}

/** Looks at charts and at DaemonSets. Bottlerocket's own plugin is part of its image and not seen here. */
export const gpuOneDevicePlugin = environmentRule({
  id: "FD-GPU-015",
  slug: "gpu-one-device-plugin",
  title: "One thing alone installs NVIDIA's device plugin",
  severity: "high",
  packs: ["gpu"],
  why: "Two plugins on a node register the same resource in turns: GPUs are handed out twice, or vanish and come back, and pods fail at random.",
  fix: "Set `devicePlugin.enabled` of gpu-operator to false, or remove the chart nvidia-device-plugin.",
  judge: ({ graph }) => {
    const [first, ...others] = ownersOf(graph);
    if (first === undefined) return [];
    return [
      { subject: first, verdict: pass() },
      ...others.map((subject) => ({
        subject,
        verdict: fail(`the device plugin must have one owner, and ${first.address} installs it too`),
      })),
    ];
  },
  examples: {
    failing: { terraform: releases({ driver: { enabled: false } }) },
    passing: { terraform: releases({ devicePlugin: { enabled: false } }) },
  },
});
