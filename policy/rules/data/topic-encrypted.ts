import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const topic = (values: object): Example => ({
  terraform: {
    resource: { aws_kms_key: { alarms: {} }, aws_sns_topic: { alarms: { name: "atlas-prod-alarms", ...values } } },
  },
});

/** Off unless told otherwise; AWS's own key (`alias/aws/sns`) will do, though alarms of CloudWatch cannot be sent with it. */
export const topicEncrypted = resourceRule({
  id: "FD-DATA-003",
  slug: "topic-encrypted",
  title: "A topic is encrypted at rest",
  severity: "high",
  packs: ["baseline"],
  why: "Alarms and events, with names and errors in them, lie in the clear while they wait to be delivered.",
  fix: "Set `kms_master_key_id` to an `aws_kms_key` whose policy lets the services use it that publish.",
  sameAs: { checkov: ["CKV_AWS_26"], trivy: ["AWS-0095"] },
  types: ["aws_sns_topic"],
  judge: (resource) => mustBeSet(resource.at("kms_master_key_id")),
  examples: { failing: topic({}), passing: topic({ kms_master_key_id: "${aws_kms_key.alarms.arn}" }) },
});
