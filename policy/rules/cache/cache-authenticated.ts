import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { anyOf, fail, notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/** A cache without TLS can have neither, and is for another rule. That a token is no literal is for a third. */
export const cacheAuthenticated = resourceRule({
  id: "FD-CACHE-004",
  slug: "cache-authenticated",
  title: "A cache asks who connects",
  severity: "high",
  packs: ["baseline"],
  why: "Every pod that reaches the port reads and changes everything in the cache, features that models are served from included.",
  fix: "Set `user_group_ids` to an `aws_elasticache_user_group`, or `auth_token` to a reference.",
  sameAs: { checkov: ["CKV_AWS_31"], cdkNag: ["AwsSolutions-AEC6"] },
  types: ["aws_elasticache_replication_group"],
  judge: (group) => {
    if (isSecondary(group) || group.at("transit_encryption_enabled").boolean !== true) return notApplicable();
    const verdict = anyOf(["user_group_ids", "auth_token"].map((argument) => mustBeSet(group.at(argument))));
    return verdict.outcome === "fail" ? fail("`user_group_ids` or `auth_token` must be set, got neither") : verdict;
  },
  examples: {
    failing: exampleCache(),
    passing: exampleCache({ user_group_ids: ["atlas-prod-features"] }),
  },
});
