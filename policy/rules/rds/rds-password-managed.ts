import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { DATABASE_TYPES, isCopy } from "./private/database-kinds";
import { database } from "./private/example-database";

/** A password that comes from another resource is no literal, but lies in the state all the same. */
export const rdsPasswordManaged = resourceRule({
  id: "FD-RDS-016",
  slug: "rds-password-managed",
  title: "The password of a database's master user is kept by RDS",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "A password in code is known to everyone who reads the repository; one in the state to everyone who reads that.",
  fix: "Set `manage_master_user_password` to true, or hand the password in by `password_wo`.",
  types: DATABASE_TYPES,
  judge: (resource) => {
    const password = resource.at(passwordOf(resource));
    const managed = resource.at("manage_master_user_password");
    if (password.known) return fail(`\`${password.path}\` must not be written in code`, { attribute: password.path });
    const writeOnly = resource.at(`${password.path}_wo`);
    if (managed.boolean === true || (writeOnly.unknown && password.absent)) return pass();
    if (writeOnly.known)
      return fail(`\`${writeOnly.path}\` must not be written in code`, { attribute: writeOnly.path });
    if (password.unknown)
      return fail(`\`${password.path}\` must not be set, since it lies in the state: ${password.toString()}`, {
        attribute: password.path,
      });
    if (isCopy(resource)) return notApplicable();
    return managed.unknown
      ? laterKnown(managed)
      : fail("`manage_master_user_password` must be true, got nothing", { attribute: managed.path });
  },
  examples: {
    failing: database({ username: "root", password: "hunter22" }),
    passing: database({ username: "root", manage_master_user_password: true }),
    unknown: database({ username: "root", manage_master_user_password: "${var.managed}" }),
  },
});

function passwordOf({ type }: Resource): string {
  return type === "aws_rds_cluster" ? "master_password" : "password";
}

function laterKnown(managed: Value): Verdict {
  return unknown(`\`${managed.path}\` must be true, and is known only after apply: ${managed.toString()}`, {
    attribute: managed.path,
  });
}
