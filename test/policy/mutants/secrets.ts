import { put, removeResource, resourceOf } from "./mutant";
import type { Mutant } from "./mutant";
import { openToEveryone } from "./policy-text";

/** Has the form of a token and opens nothing. */
const TOKEN = `hf_${"a1B2".repeat(9)}`;

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-SEC-001",
    what: "Secrets Manager encrypts with a key of its own",
    change: (environment) =>
      put(resourceOf(environment, "aws_secretsmanager_secret", "tracking"), "kms_key_id", undefined),
  },
  {
    rule: "FD-SEC-002",
    what: "a deleted secret is gone at once",
    change: (environment) =>
      put(resourceOf(environment, "aws_secretsmanager_secret", "tracking"), "recovery_window_in_days", 0),
  },
  {
    rule: "FD-SEC-003",
    what: "the secret stands in the code",
    change: (environment) =>
      put(resourceOf(environment, "aws_secretsmanager_secret_version", "tracking"), "secret_string", "hunter2"),
  },
  {
    rule: "FD-SEC-003",
    what: "the secret has the form of a token",
    change: (environment) => put(resourceOf(environment, "aws_ssm_parameter", "tracking"), "value", TOKEN),
  },
  {
    rule: "FD-SEC-004",
    what: "a tag holds a token",
    change: (environment) => put(resourceOf(environment, "aws_cloudwatch_log_group", "Cache"), "tags.Token", TOKEN),
  },
  {
    rule: "FD-SEC-005",
    what: "the policy lets every account read the secret",
    change: (environment) => openToEveryone(resourceOf(environment, "aws_secretsmanager_secret_policy", "tracking")),
  },
  {
    rule: "FD-SEC-006",
    what: "the secret stays the same for ever",
    change: (environment) => removeResource(environment, "aws_secretsmanager_secret_rotation", "tracking"),
  },
  {
    rule: "FD-SEC-007",
    what: "the parameter is encrypted with a key of AWS",
    change: (environment) => put(resourceOf(environment, "aws_ssm_parameter", "tracking"), "key_id", "alias/aws/ssm"),
  },
];
