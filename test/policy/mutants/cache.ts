import { put, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const cache = (environment: CompliantEnvironment): Block =>
  resourceOf(environment, "aws_elasticache_replication_group", "Cache");

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-CACHE-001",
    what: "the cache is not encrypted at rest",
    change: (environment) => put(cache(environment), "at_rest_encryption_enabled", "false"),
  },
  {
    rule: "FD-CACHE-002",
    what: "ElastiCache encrypts with a key of its own",
    change: (environment) => put(cache(environment), "kms_key_id", undefined),
  },
  {
    rule: "FD-CACHE-003",
    what: "the cache speaks no TLS",
    change: (environment) => put(cache(environment), "transit_encryption_enabled", false),
  },
  {
    rule: "FD-CACHE-003",
    what: "the cache speaks without TLS too",
    change: (environment) => put(cache(environment), "transit_encryption_mode", "preferred"),
  },
  {
    rule: "FD-CACHE-004",
    what: "the cache asks nobody who they are",
    change: (environment) => put(cache(environment), "user_group_ids", undefined),
  },
  {
    rule: "FD-CACHE-005",
    what: "a user needs no password",
    change: (environment) =>
      put(resourceOf(environment, "aws_elasticache_user"), "authentication_mode.type", "no-password-required"),
  },
  {
    rule: "FD-CACHE-006",
    what: "the cache lives in one zone",
    change: (environment) => put(cache(environment), "multi_az_enabled", false),
  },
  {
    rule: "FD-CACHE-007",
    what: "no snapshots are kept",
    change: (environment) => put(cache(environment), "snapshot_retention_limit", 0),
  },
  {
    rule: "FD-CACHE-008",
    what: "the cache lives in the default network",
    change: (environment) => put(cache(environment), "subnet_group_name", undefined),
  },
  {
    rule: "FD-CACHE-009",
    what: "the cache goes without a last snapshot",
    change: (environment) => put(cache(environment), "final_snapshot_identifier", undefined),
  },
];
