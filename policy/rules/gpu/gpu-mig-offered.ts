import { tryFindMigGpu } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { shapeOf } from "../private/node-group";
import { migConfigOf } from "./private/mig";

const group = (type: string, config: string): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      notebooks: {
        cluster_name: "atlas-prod",
        instance_types: [type],
        labels: { "nvidia.com/mig.config": config },
      },
    },
  },
});

/** Profiles are those of the catalogue; a configuration of one's own is unknown. */
export const gpuMigOffered = resourceRule({
  id: "FD-GPU-012",
  slug: "gpu-mig-offered",
  title: "GPUs are cut into instances only where they can be, by a profile they have",
  severity: "high",
  packs: ["gpu"],
  why: "On a GPU without MIG, or by a profile it does not have, the MIG manager fails and the node offers no GPU at all.",
  fix: "Choose a profile of the GPU, such as all-1g.10gb on an H100, or share the GPU by time-slicing where it cannot be cut.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const config = migConfigOf(group);
    if (config === undefined) return notApplicable();
    const { label, profile, mixture } = config;
    const about = { attribute: label.path };
    const { types, names, complete } = shapeOf(group, graph);
    const whole = names.filter((name) => types.some((type) => type.name === name && tryFindMigGpu(type) === undefined));
    const message = `the label nvidia.com/mig.config must fit the GPUs, got ${label.toString()}`;
    if (whole.length > 0) return fail(`${message} on ${whole.join(", ")}, whose GPUs cannot be cut`, about);
    if (label.unknown || !complete || (profile === undefined && !mixture))
      return unknown(`${message}, which the catalogue does not know`, about);
    const has = types.map((type) => tryFindMigGpu(type)?.profiles.map(({ name }) => name) ?? []);
    return mixture || has.every((profiles) => profiles.includes(profile ?? ""))
      ? pass()
      : fail(`${message} on ${names.join(", ")}, which has ${has.flat().join(", ")}`, about);
  },
  examples: {
    failing: { terraform: group("g6e.2xlarge", "all-1g.10gb") },
    passing: { terraform: group("p5.48xlarge", "all-1g.10gb") },
    unknown: { terraform: group("p5.48xlarge", "notebooks-and-training") },
  },
});
