import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct, type IConstruct } from "constructs";
import { Grant, type IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "./key";
import { READ_SECRET_ACTIONS } from "./perms";

/** A secret in AWS Secrets Manager: always a reference, never a value. */
export interface ISecret extends IConstruct {
  /** ARN of the secret. */
  readonly secretArn: string;
  /** Lets the grantee read the secret's value, and decrypt it where it has a key of its own. */
  grantRead(grantee: IGrantable): Grant;
}

/** What a `Secret` is made of. */
export interface SecretProps {
  /** The environment the secret belongs to. */
  readonly identity: EnvironmentIdentity;
  /** What the secret is for, in kebab-case words joined by slashes, such as `tracking/oauth`: its name is `<project>/<stage>/<secretName>`. */
  readonly secretName: string;
  /** What the value is, for the people who put it in. */
  readonly description: string;
  /** Key that encrypts the value. */
  readonly encryptionKey: IKey;
  /**
   * Days in which a deleted secret can be called back, 7 to 30; 0 deletes at once and for good.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
   * @default 30
   */
  readonly recoveryWindowDays?: number;
  /**
   * Whether Terraform refuses every plan that would destroy the secret.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** An existing secret. */
export interface SecretAttributes {
  /** ARN of the secret, as text or as a reference. */
  readonly secretArn: string;
  /**
   * Key that encrypts the secret.
   *
   * @default - the account's AWS-managed key `aws/secretsmanager`, which needs no grant
   */
  readonly encryptionKey?: IKey;
}

/**
 * A place for a secret, defined without a value: whoever owns the value puts it in with the AWS console or command line, so
 * that it never passes through Terraform and its state.
 *
 * @example
 * const secret = new Secret(this, "OAuth", {
 *   identity,
 *   secretName: "tracking/oauth",
 *   description: "OAuth client of the tracking server: client-id, client-secret",
 *   encryptionKey: key,
 * });
 * secret.grantRead(trackingRole);
 */
export class Secret extends Construct implements ISecret {
  /**
   * A secret that is defined elsewhere, by people or by an AWS service.
   *
   * @throws ValidationError `INVALID_SECRET_ATTRIBUTES` when the ARN is not that of a secret
   */
  static fromSecretAttributes(scope: Construct, id: string, attributes: SecretAttributes): ISecret {
    return new ImportedSecret(scope, id, attributes);
  }

  readonly secretArn: string;
  private readonly encryptionKey: IKey;

  /** @throws ValidationError `INVALID_SECRET_PROPS` */
  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { identity, secretName, description, encryptionKey } = props;
    const { recoveryWindowDays = 30, deletionProtection = true } = props;
    const name = `${identity.project}/${identity.stage}/${secretName}`;

    const words = "must be lower-case words joined by hyphens, in parts joined by slashes";
    const days = "must be a whole number of days from 7 to 30, or 0 to delete at once";
    const kept = "must not be 0 with `deletionProtection`: what is worth protecting is worth calling back";
    const inWindow = Number.isInteger(recoveryWindowDays) && recoveryWindowDays >= 7 && recoveryWindowDays <= 30;
    checkIdentity(new PropChecks(this, "INVALID_SECRET_PROPS"), identity)
      .require(SECRET_NAME.test(secretName), "secretName", words, secretName)
      .require(name.length <= NAME_LIMITS.secret, "secretName", LONGEST_NAME_RULE, name)
      .require(description.trim() !== "", "description", "must say what the value is", description)
      .require(inWindow || recoveryWindowDays === 0, "recoveryWindowDays", days, recoveryWindowDays)
      .require(recoveryWindowDays !== 0 || !deletionProtection, "recoveryWindowDays", kept, recoveryWindowDays)
      .throwIfAny();

    const secret = new SecretsmanagerSecret(this, "Resource", {
      name,
      description,
      kmsKeyId: encryptionKey.keyArn,
      recoveryWindowInDays: recoveryWindowDays,
      tags: { Name: name },
      lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
    });

    this.secretArn = secret.arn;
    this.encryptionKey = encryptionKey;
  }

  grantRead(grantee: IGrantable): Grant {
    return grantReadOf(this.secretArn, this.encryptionKey, grantee);
  }
}

class ImportedSecret extends Construct implements ISecret {
  readonly secretArn: string;
  private readonly encryptionKey: IKey | undefined;

  constructor(scope: Construct, id: string, { secretArn, encryptionKey }: SecretAttributes) {
    super(scope, id);
    const rule = "must be an ARN arn:<partition>:secretsmanager:<region>:<account>:secret:<name>-<6 characters>";
    new PropChecks(this, "INVALID_SECRET_ATTRIBUTES")
      .require(SECRET_ARN.test(secretArn), "secretArn", rule, secretArn)
      .throwIfAny();
    this.secretArn = secretArn;
    this.encryptionKey = encryptionKey;
  }

  grantRead(grantee: IGrantable): Grant {
    return grantReadOf(this.secretArn, this.encryptionKey, grantee);
  }
}

/** Without the characters that AWS adds to the name, permissions would not match. */
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/;
const LONGEST_NAME_RULE = `must make a name of at most ${NAME_LIMITS.secret} characters`;
const SECRET_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/;

function grantReadOf(secretArn: string, key: IKey | undefined, grantee: IGrantable): Grant {
  const read = Grant.addToPrincipal({ grantee, actions: READ_SECRET_ACTIONS, resources: [secretArn] });
  return key === undefined ? read : read.combine(key.grantDecrypt(grantee));
}
