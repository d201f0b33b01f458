import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf, notApplicable } from "../../engine/verdict";
import { DISK_TYPES, disksOf } from "../private/disks";

const volume = (type: string): Example => ({
  terraform: { resource: { aws_ebs_volume: { scratch: { availability_zone: "us-east-1a", size: 500, type } } } },
  stage: "dev",
});

/** Outside production. Databases are judged with databases. */
export const costNoProvisionedIops = resourceRule({
  id: "FD-COST-009",
  slug: "cost-no-provisioned-iops",
  title: "Outside production, no disk has provisioned IOPS",
  severity: "low",
  packs: ["cost"],
  why: "io1 and io2 are paid by the operation that could be made, all month long; gp3 makes up to 16,000 a second for far less.",
  fix: 'Use "gp3" with `iops` and `throughput` as needed.',
  types: [...DISK_TYPES, "aws_ebs_volume"],
  judge: (resource, { environment }) => {
    if (environment.stage === "prod") return notApplicable();
    const types =
      resource.type === "aws_ebs_volume"
        ? [resource.at("type")]
        : disksOf(resource).map((disk) => disk.at("volume_type"));
    return allOf(types.flatMap((type) => ["io1", "io2"].map((refused) => mustNotBe(type, refused))));
  },
  examples: { failing: volume("io2"), passing: volume("gp3"), unknown: volume("${var.type}") },
});
