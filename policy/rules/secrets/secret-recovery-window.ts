import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const secret = (days: unknown): Example => ({
  terraform: {
    resource: { aws_secretsmanager_secret: { token: { name: "atlas/prod/token", recovery_window_in_days: days } } },
  },
});

/** Asked for in production only; 30 days unless told otherwise. */
export const secretRecoveryWindow = resourceRule({
  id: "FD-SEC-002",
  slug: "secret-recovery-window",
  title: "A secret in production can be brought back after it was deleted",
  severity: "medium",
  packs: ["baseline"],
  why: "With a window of 0 the secret is gone at once, and with it the only copy of what it held.",
  fix: "Set `recovery_window_in_days` to 7 to 30, or leave it out for 30.",
  types: ["aws_secretsmanager_secret"],
  judge: (resource, { environment }) =>
    environment.stage === "prod" ? mustNotBe(resource.at("recovery_window_in_days"), 0) : notApplicable(),
  examples: { failing: secret(0), passing: secret(30), unknown: secret("${var.days}") },
});
