import { mustBe } from "../../engine/expect";
import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable, pass } from "../../engine/verdict";

const backup = (status: string): Example => ({
  terraform: {
    resource: {
      aws_efs_file_system: { datasets: {} },
      aws_efs_backup_policy: {
        datasets: { file_system_id: "${aws_efs_file_system.datasets.id}", backup_policy: { status } },
      },
    },
  },
});

/** Asked for in production only. Made by API a file system has no backups unless told so. */
export const efsBackup = resourceRule({
  id: "FD-EFS-004",
  slug: "efs-backup",
  title: "A file system in production is backed up",
  severity: "medium",
  packs: ["mlops"],
  why: "A file system has no versions: what a job deletes or overwrites is gone.",
  fix: 'Define an `aws_efs_backup_policy` for the file system with `backup_policy.status` "ENABLED", or name it in an `aws_backup_selection`.',
  sameAs: { checkov: ["CKV2_AWS_18"] },
  types: ["aws_efs_file_system"],
  judge: (resource, context) => {
    if (context.environment.stage !== "prod") return notApplicable();
    if (context.graph.linked(resource, "aws_backup_selection", "resources").length > 0) return pass();
    return mustHaveLinked(context, resource, { type: "aws_efs_backup_policy", argument: "file_system_id" }, (policy) =>
      mustBe(policy.at("backup_policy.status"), "ENABLED"),
    );
  },
  examples: { failing: backup("DISABLED"), passing: backup("ENABLED"), unknown: backup("${var.backup}") },
});
