import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/** Asked for in production only; none unless told otherwise. */
export const cacheFinalSnapshot = resourceRule({
  id: "FD-CACHE-009",
  slug: "cache-final-snapshot",
  title: "A cache in production leaves a snapshot when it is deleted",
  severity: "low",
  packs: ["mlops"],
  why: "A deleted or replaced cache takes everything with it that was written since the last snapshot.",
  fix: "Set `final_snapshot_identifier`.",
  types: ["aws_elasticache_replication_group"],
  judge: (group, { environment }) =>
    environment.stage === "prod" && !isSecondary(group)
      ? mustBeSet(group.at("final_snapshot_identifier"))
      : notApplicable(),
  examples: {
    failing: exampleCache(),
    passing: exampleCache({ final_snapshot_identifier: "atlas-prod-features-final" }),
  },
});
