import { changeOf, put } from "./mutant";
import type { CompliantEnvironment, Mutant } from "./mutant";

type Change = Mutant["change"];

/** The change of a type takes these actions instead of an update. */
const acts =
  (type: string, ...actions: readonly string[]): Change =>
  (environment) => {
    const change = changeOf(environment, type);
    put(change, "change.actions", actions);
    if (actions.join() === "delete") put(change, "change.after", null);
  };

const becomes =
  (type: string, argument: string, value: unknown): Change =>
  (environment) =>
    put(changeOf(environment, type), `change.after.${argument}`, value);

/** What the plan creates is what it deletes, but for its tags. */
function rename(environment: CompliantEnvironment): void {
  acts("aws_iam_role", "delete")(environment);
  put(changeOf(environment, "aws_iam_role", "writer"), "change.after.name", "atlas-prod-reader");
  put(changeOf(environment, "aws_iam_role", "writer"), "change.after.tags", { Owner: "serving" });
}

function vanish(environment: CompliantEnvironment): void {
  const address = "aws_secretsmanager_secret.tracking";
  environment.drift.push({ address, type: "aws_secretsmanager_secret", change: { actions: ["delete"] } });
}

export const mutants: readonly Mutant[] = [
  { rule: "FD-PLAN-001", what: "a bucket is deleted", change: acts("aws_s3_bucket", "delete") },
  { rule: "FD-PLAN-001", what: "a namespace is deleted", change: acts("kubernetes_namespace_v1", "delete") },
  { rule: "FD-PLAN-001", what: "the deletion of a key is scheduled", change: acts("aws_kms_key", "delete") },
  { rule: "FD-PLAN-002", what: "a database is replaced", change: acts("aws_db_instance", "delete", "create") },
  { rule: "FD-PLAN-002", what: "a key is replaced, create first", change: acts("aws_kms_key", "create", "delete") },
  { rule: "FD-PLAN-003", what: "a role gets a new address", change: rename },
  {
    rule: "FD-PLAN-004",
    what: "a database may be deleted",
    change: becomes("aws_db_instance", "deletion_protection", false),
  },
  {
    rule: "FD-PLAN-004",
    what: "a database may go without a snapshot",
    change: becomes("aws_db_instance", "skip_final_snapshot", true),
  },
  { rule: "FD-PLAN-004", what: "a bucket may be emptied", change: becomes("aws_s3_bucket", "force_destroy", true) },
  { rule: "FD-PLAN-005", what: "a key is disabled", change: becomes("aws_kms_key", "is_enabled", false) },
  {
    rule: "FD-PLAN-006",
    what: "a pool of nodes is replaced, delete first",
    change: acts("aws_eks_node_group", "delete", "create"),
  },
  { rule: "FD-PLAN-007", what: "a secret was deleted by hand", change: vanish },
];
