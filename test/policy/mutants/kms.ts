import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";
import { openToEveryone } from "./policy-text";

const key = (environment: CompliantEnvironment): Block => resourceOf(environment, "aws_kms_key", "complement");

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-KMS-001",
    what: "the key is not rotated",
    change: (environment) => put(key(environment), "enable_key_rotation", undefined),
  },
  {
    rule: "FD-KMS-001",
    what: "the key is rotated every other year",
    change: (environment) => put(key(environment), "rotation_period_in_days", 730),
  },
  {
    rule: "FD-KMS-002",
    what: "the policy lets every account use the key",
    change: (environment) => openToEveryone(key(environment)),
  },
  {
    rule: "FD-KMS-003",
    what: "the key is disabled",
    change: (environment) => put(key(environment), "is_enabled", false),
  },
  {
    rule: "FD-KMS-004",
    what: "the key has the policy that AWS writes",
    change: (environment) => put(key(environment), "policy", undefined),
  },
  {
    rule: "FD-KMS-005",
    what: "the key is deleted within a week",
    change: (environment) => put(key(environment), "deletion_window_in_days", 7),
  },
  {
    rule: "FD-KMS-006",
    what: "the policy may lock everyone out",
    change: (environment) => put(key(environment), "bypass_policy_lockout_safety_check", true),
  },
];
