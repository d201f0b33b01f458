import { mustBeOneOf } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustBeOwnKey } from "../private/must-be-own-key";

const repository = (encryption: object): Example => ({
  terraform: {
    resource: {
      aws_kms_key: { images: {} },
      aws_ecr_repository: { serving: { name: "atlas-prod/serving", encryption_configuration: encryption } },
    },
  },
});

/** ECR encrypts every image, with S3's own key unless told otherwise. It cannot be changed later. */
export const ecrOwnKey = resourceRule({
  id: "FD-ECR-002",
  slug: "ecr-own-key",
  title: "An image repository encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops"],
  why: "Model weights travel in images; with ECR's own key no key policy keeps anyone from them and no log tells who decrypted them.",
  fix: 'Set `encryption_configuration.encryption_type` to "KMS" and `kms_key` to an `aws_kms_key`. The repository is replaced.',
  sameAs: { checkov: ["CKV_AWS_136"], trivy: ["AWS-0033"] },
  types: ["aws_ecr_repository", "aws_ecr_repository_creation_template"],
  judge: (resource, { graph }) => {
    const type = mustBeOneOf(resource.at("encryption_configuration.encryption_type"), ["KMS", "KMS_DSSE"]);
    return type.outcome === "pass" ? mustBeOwnKey(resource.at("encryption_configuration.kms_key"), graph) : type;
  },
  examples: {
    failing: repository({ encryption_type: "AES256" }),
    passing: repository({ encryption_type: "KMS", kms_key: "${aws_kms_key.images.arn}" }),
    unknown: repository({ encryption_type: "KMS", kms_key: "${var.key}" }),
  },
});
