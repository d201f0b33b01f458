import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";

/** Asked for in production only; off unless told otherwise. */
export const cacheMultiAz = resourceRule({
  id: "FD-CACHE-006",
  slug: "cache-multi-az",
  title: "A cache in production lives in several zones",
  severity: "medium",
  packs: ["mlops"],
  why: "With its zone the cache goes down, and with the cache every service that looks up features in it.",
  fix: "Set `multi_az_enabled` and `automatic_failover_enabled` to true, with at least one replica.",
  sameAs: { cdkNag: ["AwsSolutions-AEC4"] },
  types: ["aws_elasticache_replication_group"],
  judge: (group, { environment }) =>
    environment.stage === "prod" ? mustBe(group.at("multi_az_enabled"), true) : notApplicable(),
  examples: {
    failing: exampleCache(),
    passing: exampleCache({ multi_az_enabled: true }),
    unknown: exampleCache({ multi_az_enabled: "${var.multi_az}" }),
  },
});
