import { resourceRule } from "../../engine/rule";
import { allow, rolePolicy } from "./private/examples";
import { judgeReach } from "./private/judge-reach";
import { POLICY_TYPES } from "./private/policies";

/** Decryption is among them: with it every encrypted store is as good as open. */
export const iamNoDataExfiltration = resourceRule({
  id: "FD-IAM-009",
  slug: "iam-no-data-exfiltration",
  title: "No policy reads all data or all secrets",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "Models, datasets and secrets of every project in the account can be copied by one pod that has such a role.",
  fix: "Name the buckets, secrets, parameters and keys in `Resource`.",
  sameAs: { checkov: ["CKV_AWS_288"] },
  types: POLICY_TYPES,
  judge: judgeReach("exfiltration", "on every resource: it reads data or secrets of everyone"),
  examples: {
    failing: rolePolicy(allow("s3:GetObject", "*")),
    passing: rolePolicy(allow("s3:GetObject", "arn:aws:s3:::atlas-prod-models/*")),
  },
});
