import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { allOf } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";

/** Without a subnet group ElastiCache takes the default VPC, and without security groups its default one. */
export const cacheOwnNetwork = resourceRule({
  id: "FD-CACHE-008",
  slug: "cache-own-network",
  title: "A cache has its own subnets and security groups",
  severity: "medium",
  packs: ["baseline"],
  why: "In the default network of the account everything that anybody put there can reach the port.",
  fix: "Set `subnet_group_name` to private subnets and `security_group_ids` to a group that lets in only what uses the cache.",
  types: ["aws_elasticache_replication_group"],
  judge: (group) => allOf(mustBeSet(group.at("subnet_group_name")), mustBeSet(group.at("security_group_ids"))),
  examples: {
    failing: exampleCache({ subnet_group_name: "atlas-prod-private" }),
    passing: exampleCache({ subnet_group_name: "atlas-prod-private", security_group_ids: ["sg-0a1b2c3d4e5f60718"] }),
  },
});
