import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { Construct } from "constructs";
import type { RedisEngine } from "../../../catalog";
import type { IKey } from "../../encryption/key";
import { type ISecret, Secret } from "../../encryption/secret";

/** What a user with a password is made of. */
export interface PasswordUserProps {
  /** Id of the user, and the name clients give. */
  readonly userId: string;
  /** Engine of the cache. */
  readonly engine: RedisEngine;
  /** What the user may do, as an access string. */
  readonly accessString: string;
  /** Name of the secret. */
  readonly secretName: string;
  /** What the secret is for, for people. */
  readonly description: string;
  /** Key that encrypts the secret. */
  readonly encryptionKey: IKey;
}

/**
 * A user whose password AWS makes, keeps and hands to ElastiCache. Both are resources of a CloudFormation stack, the one
 * place where a value can pass from Secrets Manager to ElastiCache without passing through Terraform and its state.
 */
export class PasswordUser extends Construct {
  readonly userId: string;
  /** The secret, a JSON object with `username` and `password`. */
  readonly secret: ISecret;
  /** What must stand before the user can be put into a group. */
  readonly stack: CloudformationStack;

  constructor(scope: Construct, id: string, props: PasswordUserProps) {
    super(scope, id);
    const { userId, encryptionKey } = props;

    this.stack = new CloudformationStack(this, "Resource", {
      name: userId,
      templateBody: JSON.stringify(template(props)),
      // A stack that failed and stays would stand in the way of the next attempt.
      onFailure: "DELETE",
      tags: { Name: userId },
    });

    this.userId = userId;
    this.secret = Secret.fromSecretAttributes(this, "Secret", {
      secretArn: this.stack.outputs.lookup("SecretArn"),
      encryptionKey,
    });
  }
}

/** The dynamic reference is resolved by CloudFormation when it creates the user; the template holds no value. */
function template(props: PasswordUserProps): object {
  const { userId, engine, accessString, secretName, description, encryptionKey } = props;
  const password = {
    "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "AuthSecret" }, ":SecretString:password}}"]],
  };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: description,
    Resources: {
      AuthSecret: {
        Type: "AWS::SecretsManager::Secret",
        Properties: {
          Name: secretName,
          Description: description,
          KmsKeyId: encryptionKey.keyArn,
          // ElastiCache takes 16 to 128 printable characters, without , " / and @.
          GenerateSecretString: {
            SecretStringTemplate: JSON.stringify({ username: userId }),
            GenerateStringKey: "password",
            PasswordLength: 64,
            ExcludePunctuation: true,
          },
        },
      },
      PasswordUser: {
        Type: "AWS::ElastiCache::User",
        Properties: {
          UserId: userId,
          UserName: userId,
          Engine: engine,
          AccessString: accessString,
          NoPasswordRequired: false,
          Passwords: [password],
        },
      },
    },
    Outputs: {
      SecretArn: { Value: { Ref: "AuthSecret" } },
      UserArn: { Value: { "Fn::GetAtt": ["PasswordUser", "Arn"] } },
    },
  };
}
