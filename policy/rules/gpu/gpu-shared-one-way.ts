import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { migConfigOf } from "./private/mig";
import { sharingOf } from "./private/sharing";

const group = (config: string, values: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      notebooks: {
        cluster_name: "atlas-dev",
        instance_types: ["p5.48xlarge"],
        labels: { "nvidia.com/mig.config": "all-1g.10gb", "nvidia.com/device-plugin.config": config },
      },
    },
    helm_release: { plugin: { chart: "nvidia-device-plugin", values: [values] } },
  },
});

const configs = JSON.stringify({
  config: {
    map: {
      whole: "version: v1",
      shared: "version: v1\nsharing: {timeSlicing: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}",
    },
    default: "whole",
  },
});

/** What the device plugin does is read from its chart's values. */
export const gpuSharedOneWay = resourceRule({
  id: "FD-GPU-013",
  slug: "gpu-shared-one-way",
  title: "GPUs that are cut into instances are not time-sliced as well",
  severity: "medium",
  packs: ["gpu"],
  why: "Pods in an instance of a GPU have memory and compute of their own; handed out several times over, the instance gives that up again, and quotas count shares that do not exist.",
  fix: "Cut the GPU into smaller instances, or drop nvidia.com/mig.config and share whole GPUs.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const mig = migConfigOf(group);
    if (mig === undefined) return notApplicable();
    const sharing = sharingOf(group, graph);
    const about = { attribute: "labels.nvidia.com/device-plugin.config" };
    if (sharing === undefined)
      return unknown(
        "the device plugin must not share instances of GPUs again, and its configuration is not known",
        about,
      );
    return sharing === "none"
      ? pass()
      : fail(
          `the device plugin must not share instances of GPUs again, got ${sharing} on ${mig.label.toString()}`,
          about,
        );
  },
  examples: {
    failing: { terraform: group("shared", configs) },
    passing: { terraform: group("whole", configs) },
    unknown: { terraform: group("shared", "${file(var.values)}") },
  },
});
