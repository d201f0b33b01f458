import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";

const parameter = (values: object): Example => ({
  terraform: {
    resource: {
      aws_kms_key: { data: {} },
      aws_ssm_parameter: {
        token: { name: "/atlas/prod/token", type: "SecureString", value: "${var.token}", ...values },
      },
    },
  },
});

/** Of parameters that hold a secret; encrypted with a key of Systems Manager unless told otherwise. */
export const parameterOwnKey = resourceRule({
  id: "FD-SEC-007",
  slug: "parameter-own-key",
  title: "A secret parameter encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops"],
  why: "With the service's own key whoever may read parameters at all reads this one.",
  fix: "Set `key_id` to an `aws_kms_key`.",
  sameAs: { checkov: ["CKV_AWS_337"] },
  types: ["aws_ssm_parameter"],
  judge: (resource, { graph }) =>
    resource.at("type").literal === "SecureString" ? mustBeOwnKey(resource.at("key_id"), graph) : notApplicable(),
  examples: {
    failing: parameter({}),
    passing: parameter({ key_id: "${aws_kms_key.data.arn}" }),
    unknown: parameter({ key_id: "${var.key}" }),
  },
});
