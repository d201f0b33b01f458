import { mustBe, mustBeAtMost } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { notApplicable } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { isWritten } from "../private/is-written";

/** KMS rotates every year unless told otherwise; the shortest period is 90 days, the longest 2560. */
const DAYS_OF_A_YEAR = 365;

const key = (values: object): Example => ({ terraform: { resource: { aws_kms_key: { data: { ...values } } } } });

/**
 * Off unless told otherwise. KMS rotates symmetric keys for encryption only, and none whose material lies elsewhere.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export const kmsRotation = resourceRule({
  id: "FD-KMS-001",
  slug: "kms-rotation",
  title: "A KMS key is rotated every year",
  severity: "medium",
  packs: ["baseline"],
  why: "Everything ever encrypted hangs on the same material, so that a leak of it never ends.",
  fix: "Set `enable_key_rotation` to true, and leave `rotation_period_in_days` out or at most 365.",
  sameAs: { checkov: ["CKV_AWS_7"], trivy: ["AWS-0065"], cdkNag: ["AwsSolutions-KMS5"] },
  types: ["aws_kms_key"],
  judge: (resource) => {
    const usage = resource.at("key_usage").literal ?? "ENCRYPT_DECRYPT";
    const spec = resource.at("customer_master_key_spec").literal ?? "SYMMETRIC_DEFAULT";
    const isRotatable = usage === "ENCRYPT_DECRYPT" && spec === "SYMMETRIC_DEFAULT";
    return isRotatable && resource.at("custom_key_store_id").absent ? mustRotate(resource) : notApplicable();
  },
  examples: {
    failing: key({}),
    passing: key({ enable_key_rotation: true }),
    unknown: key({ enable_key_rotation: "${var.rotation}" }),
  },
});

/** The period counts once rotation is on. A plan leaves it open where nobody wrote it. */
function mustRotate(resource: Resource): Verdict {
  const rotation = mustBe(resource.at("enable_key_rotation"), true);
  const period = resource.at("rotation_period_in_days");
  return rotation.outcome === "pass" && isWritten(period) ? mustBeAtMost(period, DAYS_OF_A_YEAR) : rotation;
}
