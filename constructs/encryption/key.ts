import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Lazy, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { nameInArn } from "../core/arn-name";
import { Grant } from "../core/grants";
import type { IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { NAME_LIMITS, resourceName } from "../core/naming";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { policyDocument } from "../core/policy-document";
import type { ResourcePolicyStatement } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import {
  DECRYPT_ACTIONS,
  ENCRYPT_DECRYPT_ACTIONS,
  INSTANCE_DISK_ACTIONS,
  LOG_GROUP_ACTIONS,
  VOLUME_ACTIONS,
} from "./perms";

/** A KMS key that other constructs encrypt with. */
export interface IKey {
  /** ARN of the key. */
  readonly keyArn: string;
  /** Id of the key: the last part of its ARN. */
  readonly keyId: string;
  /** Lets the grantee encrypt and decrypt with the key. */
  grantEncryptDecrypt(grantee: IGrantable): Grant;
  /** Lets the grantee decrypt what was encrypted with the key. */
  grantDecrypt(grantee: IGrantable): Grant;
  /** Lets the grantee make, attach and copy EBS volumes that the key encrypts; EBS alone may be passed the use of the key. */
  grantVolumeEncryption(grantee: IGrantable): Grant;
}

/** What a `Key` is made of. */
export interface KeyProps {
  /** The environment the key belongs to: its account administers the key, its project and stage name the alias. */
  readonly identity: EnvironmentIdentity;
  /** What the key is for, in kebab-case: the last part of the alias `alias/<project>-<stage>-<purpose>`. */
  readonly purpose: string;
  /**
   * Days between asking AWS to delete the key and its deletion, 7 to 30. Until then the deletion can be taken back; after
   * it everything encrypted with the key is lost.
   *
   * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Whether Terraform refuses every plan that would destroy the key.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Provider configuration of the key's region, for a key outside the region of its stack. The region of `identity` must be
   * the same: the key's policy follows it.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** An existing key. */
export interface KeyAttributes {
  /** ARN of the key: `arn:<partition>:kms:<region>:<account>:key/<id>`. Not of an alias: grants need the key itself. */
  readonly keyArn: string;
}

/** What a key that was defined here and one that was not have in common. */
abstract class KeyBase extends Construct implements IKey {
  abstract readonly keyArn: string;
  abstract readonly keyId: string;

  grantEncryptDecrypt(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ENCRYPT_DECRYPT_ACTIONS, resources: [this.keyArn] });
  }

  grantDecrypt(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: DECRYPT_ACTIONS, resources: [this.keyArn] });
  }

  grantVolumeEncryption(grantee: IGrantable): Grant {
    const resources = [this.keyArn];
    return Grant.addToPrincipal({ grantee, actions: VOLUME_ACTIONS, resources }).combine(
      Grant.addToPrincipal({ grantee, actions: ["kms:CreateGrant"], resources, conditions: FOR_AWS_RESOURCE }),
    );
  }
}

/**
 * A symmetric KMS key that rotates each year, with an alias. Its policy leaves access to the IAM policies of its own account,
 * so that a `grantX` on a role is enough, and names AWS services only where asked; nobody is allowed by `*` but for a role
 * that a condition names.
 *
 * @example
 * const key = new Key(this, "DataKey", { identity, purpose: "data" });
 * key.grantDecrypt(trainingRole);
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export class Key extends KeyBase {
  /**
   * A key that is defined elsewhere, in the same account.
   *
   * @throws ValidationError `INVALID_KEY_ATTRIBUTES` when the ARN is not that of a key
   */
  static fromKeyAttributes(scope: Construct, id: string, attributes: KeyAttributes): IKey {
    return new ImportedKey(scope, id, attributes);
  }

  readonly keyArn: string;
  readonly keyId: string;
  /** Name of the alias: `alias/<project>-<stage>-<purpose>`. */
  readonly aliasName: string;
  private readonly identity: EnvironmentIdentity;
  private readonly policyStatements: ResourcePolicyStatement[];
  private autoScalingAllowed = false;

  /** @throws ValidationError `INVALID_KEY_PROPS` */
  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const { identity, purpose, deletionWindowDays = 30, deletionProtection = true, provider } = props;
    this.identity = identity;

    this.validateProps(identity, purpose, deletionWindowDays);

    const name = resourceName([identity.project, identity.stage, purpose], {
      max: NAME_LIMITS.kmsAlias - ALIAS.length,
    });
    this.aliasName = `${ALIAS}${name}`;
    this.policyStatements = [administeredByAccount(identity)];
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts the ${purpose} of ${identity.project}/${identity.stage}`,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.policyStatements) }),
      tags: { Name: name },
      provider,
      lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
    });
    new KmsAlias(this, "Alias", { name: this.aliasName, targetKeyId: key.keyId, provider });

    this.keyArn = key.arn;
    this.keyId = key.keyId;
  }

  /**
   * Lets CloudWatch Logs encrypt the log groups whose ARN matches the pattern, and no others. AWS refuses a log group with
   * this key until the key's policy says so.
   *
   * @param logGroupArnPattern such as `arn:aws:logs:eu-central-1:111111111111:log-group:/aws/eks/atlas-dev/*`
   * @throws ValidationError `INVALID_LOG_GROUP_ARN` when it is not an ARN of log groups in the key's own account and region,
   * the only ones the key can serve
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  allowCloudWatchLogs(logGroupArnPattern: string): void {
    const { account, region } = this.identity;
    const start = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:`;
    new PropChecks(this, "INVALID_LOG_GROUP_ARN")
      .require(
        logGroupArnPattern.startsWith(start),
        "logGroupArnPattern",
        `must start with ${start}`,
        logGroupArnPattern,
      )
      .throwIfAny();
    this.policyStatements.push({
      principals: { Service: [`logs.${region}.amazonaws.com`] },
      actions: LOG_GROUP_ACTIONS,
      resources: ["*"],
      conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArnPattern } },
    });
  }

  /**
   * Lets EC2 Auto Scaling start instances whose disks the key encrypts: what node groups need. Without it every instance
   * ends as soon as it starts.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  allowAutoScaling(): void {
    this.allowServiceLinkedRole("autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
    this.autoScalingAllowed = true;
  }

  /** Whether `allowAutoScaling` was called. */
  get allowsAutoScaling(): boolean {
    return this.autoScalingAllowed;
  }

  /**
   * Lets EC2 start spot instances whose disks the key encrypts, where they are asked for without an Auto Scaling group, as
   * Karpenter does.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
   */
  allowSpotInstances(): void {
    this.allowServiceLinkedRole("spot.amazonaws.com/AWSServiceRoleForEC2Spot");
  }

  /**
   * KMS refuses a policy that names a role which does not exist, and an account has its service-linked roles only after the
   * first use of the service: so the role is named by a condition.
   */
  private allowServiceLinkedRole(pathAndName: string): void {
    const { account, region } = this.identity;
    const role = `arn:${partitionOf(region)}:iam::${account}:role/aws-service-role/${pathAndName}`;
    const allowed = { principals: { AWS: ["*"] }, resources: ["*"] };
    const ofRole = { StringEquals: { "kms:CallerAccount": account }, ArnEquals: { "aws:PrincipalArn": role } };
    this.policyStatements.push(
      { ...allowed, actions: INSTANCE_DISK_ACTIONS, conditions: ofRole },
      { ...allowed, actions: ["kms:CreateGrant"], conditions: { ...ofRole, ...FOR_AWS_RESOURCE } },
    );
  }

  private validateProps(identity: EnvironmentIdentity, purpose: string, days: number): void {
    const inWindow = Number.isInteger(days) && days >= 7 && days <= 30;
    checkIdentity(new PropChecks(this, "INVALID_KEY_PROPS"), identity)
      .require(
        PURPOSE.test(purpose),
        "purpose",
        "must be lower-case letters and digits, in words joined by single hyphens",
        purpose,
      )
      .require(inWindow, "deletionWindowDays", "must be a whole number of days from 7 to 30", days)
      .throwIfAny();
  }
}

class ImportedKey extends KeyBase {
  readonly keyArn: string;
  readonly keyId: string;

  constructor(scope: Construct, id: string, { keyArn }: KeyAttributes) {
    super(scope, id);
    new PropChecks(this, "INVALID_KEY_ATTRIBUTES")
      .require(KEY_ARN.test(keyArn), "keyArn", "must be an ARN arn:<partition>:kms:<region>:<account>:key/<id>", keyArn)
      .throwIfAny();
    this.keyArn = keyArn;
    this.keyId = nameInArn(keyArn);
  }
}

const ALIAS = "alias/";
/** A grant that only AWS services make use of, on behalf of whoever asked. */
const FOR_AWS_RESOURCE = { Bool: { "kms:GrantIsForAWSResource": "true" } };
const PURPOSE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** Without this statement the key could be administered by nobody: IAM policies count for a key only where its policy says so. */
function administeredByAccount({ account, region }: EnvironmentIdentity): ResourcePolicyStatement {
  return {
    sid: "AccountAdministersThroughIam",
    principals: { AWS: [`arn:${partitionOf(region)}:iam::${account}:root`] },
    actions: ["kms:*"],
    resources: ["*"],
  };
}
