import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/** Asked for in production only; none unless told otherwise. Memcached cannot have any, and is never in a replication group. */
export const cacheSnapshots = resourceRule({
  id: "FD-CACHE-007",
  slug: "cache-snapshots",
  title: "A cache in production takes a snapshot every day",
  severity: "medium",
  packs: ["mlops"],
  why: "Online features and sessions that were lost have to be computed anew, which can take longer than the outage.",
  fix: "Set `snapshot_retention_limit` to the number of days that snapshots are kept.",
  sameAs: { trivy: ["AWS-0050"] },
  types: ["aws_elasticache_replication_group"],
  judge: (group, { environment }) =>
    environment.stage === "prod" && !isSecondary(group)
      ? mustBeAtLeast(group.at("snapshot_retention_limit"), 1, 0)
      : notApplicable(),
  examples: {
    failing: exampleCache(),
    passing: exampleCache({ snapshot_retention_limit: 7 }),
    unknown: exampleCache({ snapshot_retention_limit: "${var.days}" }),
  },
});
