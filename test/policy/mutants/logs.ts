import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const group = (environment: CompliantEnvironment): Block =>
  resourceOf(environment, "aws_cloudwatch_log_group", "Cache_SlowLog");

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-LOG-001",
    what: "CloudWatch encrypts with a key of its own",
    change: (environment) => put(group(environment), "kms_key_id", undefined),
  },
  {
    rule: "FD-LOG-002",
    what: "events stay for ever",
    change: (environment) => put(group(environment), "retention_in_days", undefined),
  },
  {
    rule: "FD-LOG-002",
    what: "events stay for ever by the number that means so",
    change: (environment) => put(group(environment), "retention_in_days", 0),
  },
  {
    rule: "FD-LOG-003",
    what: "events go after a week",
    change: (environment) => put(group(environment), "retention_in_days", 7),
  },
];
