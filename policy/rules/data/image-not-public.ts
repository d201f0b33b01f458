import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const permission = (who: object): Example => ({
  terraform: { resource: { aws_ami_launch_permission: { node: { image_id: "ami-0a1b2c3d4e5f60718", ...who } } } },
});

/** The argument of each type that shares with everyone, and the value that does. */
const OPEN: Readonly<Record<string, readonly [argument: string, value: string]>> = {
  aws_ami_launch_permission: ["group", "all"],
  aws_ebs_snapshot_block_public_access: ["state", "unblocked"],
};

/** Also that the account goes on refusing to share snapshots with everyone. */
export const imageNotPublic = resourceRule({
  id: "FD-DATA-007",
  slug: "image-not-public",
  title: "No machine image or snapshot is shared with everyone",
  severity: "critical",
  packs: ["baseline"],
  why: "Any AWS account may copy the disk, with the models and credentials that were baked into it.",
  fix: "Share with `account_id`, and leave public access to snapshots blocked.",
  types: Object.keys(OPEN),
  judge: (resource) => {
    const [argument, value] = OPEN[resource.type] ?? ["", ""];
    return mustNotBe(resource.at(argument), value);
  },
  examples: {
    failing: permission({ group: "all" }),
    passing: permission({ account_id: "222222222222" }),
    unknown: permission({ group: "${var.group}" }),
  },
});
