import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { amiTypeOf, shapeOf } from "../private/node-group";

const group = (...types: readonly string[]): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      workers: { cluster_name: "atlas-prod", ami_type: "AL2023_x86_64_STANDARD", instance_types: types },
    },
  },
});

/** Only types that the catalogue knows are looked at. */
export const nodeImageArchitecture = resourceRule({
  id: "FD-NODE-017",
  slug: "node-image-architecture",
  title: "The image is built for the processors of all instance types of its group",
  severity: "high",
  packs: ["baseline"],
  why: "EC2 refuses to start an image on a processor it is not built for, so that the group stays empty or never uses half of its types.",
  fix: "Keep types of one architecture in a group, and set the `ami_type` that is built for it.",
  types: ["aws_eks_node_group"],
  judge: (group, { graph }) => {
    const ami = amiTypeOf(group);
    const { types, value } = shapeOf(group, graph);
    if (ami === undefined || types.length === 0) return notApplicable();
    const wrong = types.filter(({ arch }) => arch !== ami.arch).map(({ name, arch }) => `${name} (${arch})`);
    if (wrong.length === 0) return pass();
    return fail(`\`${value.path}\` must be ${ami.arch} as \`ami_type\` ${ami.name} is, got ${wrong.join(", ")}`, {
      attribute: value.path,
    });
  },
  examples: {
    failing: { terraform: group("m7g.xlarge") },
    passing: { terraform: group("m7i.xlarge", "m6i.xlarge") },
  },
});
