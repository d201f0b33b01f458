import { mustBe, mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { exampleCache } from "./private/example-cache";
import { isSecondary } from "./private/is-secondary";

/** Off unless told otherwise; with mode `preferred` the cache answers without TLS too. */
export const cacheEncryptedInTransit = resourceRule({
  id: "FD-CACHE-003",
  slug: "cache-encrypted-in-transit",
  title: "A cache speaks TLS only",
  severity: "high",
  packs: ["baseline"],
  why: "Passwords and features cross the network in the clear, for whoever gets hold of a pod or node in it.",
  fix: 'Set `transit_encryption_enabled` to true, and `transit_encryption_mode` to "required" or leave it out.',
  sameAs: { checkov: ["CKV_AWS_30"], trivy: ["AWS-0051"], cdkNag: ["AwsSolutions-AEC3"] },
  types: ["aws_elasticache_replication_group"],
  judge: (group) => {
    if (isSecondary(group)) return notApplicable();
    const enabled = mustBe(group.at("transit_encryption_enabled"), true);
    return enabled.outcome === "pass" ? mustNotBe(group.at("transit_encryption_mode"), "preferred") : enabled;
  },
  examples: {
    failing: exampleCache({ transit_encryption_mode: "preferred" }),
    passing: exampleCache(),
    unknown: exampleCache({ transit_encryption_enabled: "${var.tls}" }),
  },
});
