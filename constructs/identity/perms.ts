/**
 * What a plan reads: the settings of everything the layers define, never what is stored in it. `ec2:Get*` and `s3:Get*` are
 * not among them, since they reach passwords, console output and objects.
 */
export const READ_SETTINGS_ACTIONS: readonly string[] = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "backup:Describe*",
  "backup:GetBackup*",
  "backup:ListBackup*",
  "backup:ListTags",
  "budgets:ListTagsForResource",
  "budgets:ViewBudget",
  "cloudformation:DescribeStack*",
  "cloudformation:GetTemplate",
  "cloudwatch:Describe*",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ecr:Describe*",
  "ecr:GetLifecyclePolicy",
  "ecr:GetRegistry*",
  "ecr:GetRepositoryPolicy",
  "ecr:ListTagsForResource",
  "eks:Describe*",
  "eks:List*",
  "elasticache:Describe*",
  "elasticache:ListTagsForResource",
  "elasticfilesystem:Describe*",
  "elasticloadbalancing:Describe*",
  "events:Describe*",
  "events:List*",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:List*",
  "logs:Describe*",
  "logs:ListTags*",
  "rds:Describe*",
  "rds:ListTagsForResource",
  "resource-groups:GetGroup*",
  "resource-groups:GetTags",
  "resource-groups:ListGroupResources",
  "route53:Get*",
  "route53:List*",
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetIntelligentTieringConfiguration",
  "s3:GetInventoryConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetMetricsConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "scheduler:Get*",
  "scheduler:List*",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "servicequotas:Get*",
  "servicequotas:List*",
  "sns:GetTopicAttributes",
  "sns:GetSubscriptionAttributes",
  "sns:List*",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ListQueueTags",
  "tag:GetResources",
];

/** What a plan reads of roles, policies and identity providers. */
export const READ_IDENTITY_ACTIONS: readonly string[] = [
  "iam:GetInstanceProfile",
  "iam:GetOpenIDConnectProvider",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListEntitiesForPolicy",
  "iam:ListInstanceProfile*",
  "iam:ListOpenIDConnectProvider*",
  "iam:ListPolicyTags",
  "iam:ListPolicyVersions",
  "iam:ListRolePolicies",
  "iam:ListRoleTags",
];

/** Ways to what is stored: values of secrets and parameters, passwords, log lines, sessions in databases. */
export const READ_CONTENT_ACTIONS: readonly string[] = [
  "ec2:GetConsole*",
  "ec2:GetPasswordData",
  "elasticache:Connect",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "logs:Unmask",
  "rds-db:connect",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetParameter*",
];

/** What reading a state takes. */
export const READ_STATE_ACTIONS: readonly string[] = ["s3:GetObject"];

/** What keeping a state takes; the lock is an object beside it, which is made and deleted. */
export const WRITE_STATE_ACTIONS: readonly string[] = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"];

/** What reading an object takes, of whatever version. */
export const READ_OBJECT_ACTIONS: readonly string[] = ["s3:GetObject", "s3:GetObjectVersion"];

/** What ends the lock of an object in governance mode before its time. */
export const BREAK_LOCK_ACTIONS: readonly string[] = ["s3:BypassGovernanceRetention"];

/** Ways to change what is stored: objects and their copies, tags, access lists, locks and keys. Nothing that deploys takes one. */
export const WRITE_OBJECT_ACTIONS: readonly string[] = [
  "s3:PutObject*",
  "s3:Replicate*",
  "s3:UpdateObjectEncryption",
  ...BREAK_LOCK_ACTIONS,
];

/** Ways to lose what is stored; `DeleteBucket` is not among them, since it takes empty buckets only. */
export const DELETE_OBJECT_ACTIONS: readonly string[] = ["s3:AbortMultipartUpload", "s3:DeleteObject*"];

/** What keeping an encrypted state takes. */
export const STATE_KEY_ACTIONS: readonly string[] = ["kms:Decrypt", "kms:GenerateDataKey"];

/** The services that the layers are made of. */
export const DEPLOY_ACTIONS: readonly string[] = [
  "application-autoscaling:*",
  "autoscaling:*",
  "backup:*",
  "backup-storage:MountCapsule",
  "budgets:*",
  "cloudwatch:*",
  "ec2:*",
  "ecr:*",
  "eks:*",
  "elasticache:*",
  "elasticfilesystem:*",
  "elasticloadbalancing:Describe*",
  "events:*",
  "kms:*",
  "logs:*",
  "rds:*",
  "resource-groups:*",
  "route53:*",
  "scheduler:*",
  "secretsmanager:*",
  "servicequotas:*",
  "sns:*",
  "sqs:*",
  "tag:GetResources",
];

/** What changes roles, policies, instance profiles and identity providers, or makes them, tags and `iam:PassRole` excepted. */
export const CHANGE_IDENTITY_ACTIONS: readonly string[] = [
  "iam:Add*",
  "iam:Attach*",
  "iam:Create*",
  "iam:Delete*",
  "iam:Detach*",
  "iam:Put*",
  "iam:Remove*",
  "iam:SetDefaultPolicyVersion",
  "iam:Update*",
];

/** What tags the same. Deploying tags all that the environment has, so no rights may hang on tags of roles and policies. */
export const TAG_IDENTITY_ACTIONS: readonly string[] = ["iam:Tag*", "iam:Untag*"];

/** What tags an identity provider. */
export const TAG_PROVIDER_ACTIONS: readonly string[] = [
  "iam:TagOpenIDConnectProvider",
  "iam:UntagOpenIDConnectProvider",
];

/** Services that are handed a role of the environment. */
export const PASSED_TO_SERVICES: readonly string[] = [
  "backup.amazonaws.com",
  "ec2.amazonaws.com",
  "ecr.amazonaws.com",
  "eks.amazonaws.com",
  "events.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "rds.amazonaws.com",
  "s3.amazonaws.com",
  "scheduler.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/**
 * Services that make a role of their own at first use. That of `ecr.amazonaws.com` is for repository creation templates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/slr-rct.html
 */
export const LINKED_ROLE_SERVICES: readonly string[] = [
  "autoscaling.amazonaws.com",
  "backup.amazonaws.com",
  "ecr.amazonaws.com",
  "eks.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticfilesystem.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "pullthroughcache.ecr.amazonaws.com",
  "rds.amazonaws.com",
  "replication.ecr.amazonaws.com",
  "spot.amazonaws.com",
];

/** Services without regions, or with one for all: their calls go to `us-east-1` whatever region is meant. */
export const GLOBAL_ACTIONS: readonly string[] = [
  "budgets:*",
  "ce:*",
  "iam:*",
  "pricing:*",
  "route53:*",
  "s3:ListAllMyBuckets",
  "sts:*",
];

/** Ways in which a role gets more rights: they need the boundary on it. */
export const EMPOWERING_ACTIONS: readonly string[] = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/** What changes what a policy says. */
export const CHANGE_POLICY_ACTIONS: readonly string[] = [
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy*",
  "iam:SetDefaultPolicyVersion",
];

/** What belongs to the account as a whole: the organisation, users and their keys, sign-in, account-wide settings. */
export const ACCOUNT_ACTIONS: readonly string[] = [
  "account:*",
  "ec2:DisableEbsEncryptionByDefault",
  "iam:*AccessKey*",
  "iam:*AccountAlias",
  "iam:*AccountPasswordPolicy",
  "iam:*Group*",
  "iam:*LoginProfile",
  "iam:*MFADevice*",
  "iam:*SAMLProvider*",
  "iam:*User*",
  "organizations:*",
  "s3:PutAccountPublicAccessBlock",
];

/** What would hide from the account's owners what happens in it. */
export const BLINDING_ACTIONS: readonly string[] = [
  "access-analyzer:Delete*",
  "cloudtrail:Delete*",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "config:Delete*",
  "config:StopConfigurationRecorder",
  "guardduty:Delete*",
  "guardduty:UpdateDetector",
  "securityhub:Disable*",
];
