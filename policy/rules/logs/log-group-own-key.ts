import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustBeOwnKey } from "../private/must-be-own-key";

const group = (values: object): Example => ({
  terraform: {
    resource: { aws_kms_key: { logs: {} }, aws_cloudwatch_log_group: { app: { name: "/atlas/app", ...values } } },
  },
});

/** CloudWatch encrypts every group, with a key of its own unless told otherwise. */
export const logGroupOwnKey = resourceRule({
  id: "FD-LOG-001",
  slug: "log-group-own-key",
  title: "A log group encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops", "cis-eks"],
  why: "Logs hold prompts, tokens and names; with CloudWatch's own key whoever may read logs at all reads these too.",
  fix: "Set `kms_key_id` to a key whose policy lets the CloudWatch Logs service use it.",
  sameAs: { checkov: ["CKV_AWS_158"], trivy: ["AWS-0017"] },
  types: ["aws_cloudwatch_log_group"],
  judge: (resource, { graph }) => mustBeOwnKey(resource.at("kms_key_id"), graph),
  examples: {
    failing: group({}),
    passing: group({ kms_key_id: "${aws_kms_key.logs.arn}" }),
    unknown: group({ kms_key_id: "${var.key}" }),
  },
});
