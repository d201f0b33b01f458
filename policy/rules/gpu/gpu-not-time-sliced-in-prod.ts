import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { kindOf, labelOf } from "../private/node-group";
import { sharingOf } from "./private/sharing";

const group = (config: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      serving: {
        cluster_name: "atlas-prod",
        instance_types: ["g6.xlarge"],
        labels: { "nvidia.com/device-plugin.config": config },
      },
    },
    helm_release: {
      plugin: {
        chart: "nvidia-device-plugin",
        values: [
          JSON.stringify({
            config: {
              map: {
                whole: "version: v1",
                shared: "version: v1\nsharing: {timeSlicing: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}",
              },
            },
          }),
        ],
      },
    },
  },
});

/** In production. What the device plugin does is read from its chart's values. */
export const gpuNotTimeSlicedInProd = resourceRule({
  id: "FD-GPU-016",
  slug: "gpu-not-time-sliced-in-prod",
  title: "In production, GPUs are not time-sliced",
  severity: "low",
  packs: ["gpu"],
  why: "Time-slicing shares a GPU's memory without any wall: one model that takes too much ends the others on it, and latency goes up with each neighbour.",
  fix: "Give each server a whole GPU, or cut larger ones into instances (MIG), which have memory of their own.",
  types: ["aws_eks_node_group"],
  judge: (group, { environment, graph }) => {
    if (environment.stage !== "prod" || kindOf(group, graph) !== "nvidia") return notApplicable();
    const sharing = sharingOf(group, graph);
    const label = labelOf(group, "nvidia.com/device-plugin.config");
    const about = { attribute: label.path };
    if (sharing === undefined)
      return unknown(
        `GPUs must not be time-sliced in production, and what ${label.toString()} does is not known`,
        about,
      );
    const by = label.absent ? "the device plugin's default" : label.toString();
    return sharing === "time-slicing" ? fail(`GPUs must not be time-sliced in production, got ${by}`, about) : pass();
  },
  examples: {
    failing: { terraform: group("shared") },
    passing: { terraform: group("whole") },
    unknown: { terraform: group("${var.config}") },
  },
});
