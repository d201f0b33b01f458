/** What reading encrypted data takes. */
export const DECRYPT_ACTIONS: readonly string[] = ["kms:Decrypt", "kms:DescribeKey"];

/** What reading and writing encrypted data takes; `kms:Decrypt` is needed to write too, for multipart uploads. */
export const ENCRYPT_DECRYPT_ACTIONS: readonly string[] = [
  ...DECRYPT_ACTIONS,
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * What making and attaching EBS volumes takes on their key, besides `kms:CreateGrant` for EBS itself.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
export const VOLUME_ACTIONS: readonly string[] = [
  ...DECRYPT_ACTIONS,
  "kms:Encrypt",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** What a service-linked role that starts instances does with the key of their disks, as EC2 Auto Scaling documents it. */
export const INSTANCE_DISK_ACTIONS: readonly string[] = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];

/** What CloudWatch Logs does with the key of a log group, as its documentation lists it. */
export const LOG_GROUP_ACTIONS: readonly string[] = [
  "kms:Encrypt*",
  "kms:Decrypt*",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:Describe*",
];

/** What reading the value of a secret takes. */
export const READ_SECRET_ACTIONS: readonly string[] = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:DescribeSecret",
];
