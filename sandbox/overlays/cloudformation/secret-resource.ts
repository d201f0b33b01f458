import { AwsFault } from "../elasticache/aws-fault";
import type { OperationContext } from "../elasticache/operation";
import { type GenerateSecretString, generateSecretString } from "./generate-secret-string";
import { type Properties, type ResourceHandler, textOf } from "./resource-handler";
import { callSecretsManager } from "./secrets-client";

/** Secrets. The secret itself is moto's. */
export const secretResource: ResourceHandler = {
  type: "AWS::SecretsManager::Secret",
  properties: ["Name", "Description", "KmsKeyId", "GenerateSecretString", "SecretString", "Tags"],
  replacing: ["Name"],
  create: async (properties, stackTags, context) => {
    const name = textOf(properties, "Name");
    if (name === undefined) throw new AwsFault("ValidationError", "The sandbox makes secrets with a Name only.");
    const own = (properties["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
    const tags = new Map([...stackTags, ...own.map(({ Key, Value }) => [Key, Value] as const)]);
    const { ARN } = await callSecretsManager(
      "CreateSecret",
      {
        Name: name,
        ...described(properties),
        SecretString: valueOf(properties, context),
        Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      },
      context,
    );
    return { physicalId: String(ARN), attributes: { Id: String(ARN) } };
  },
  update: async ({ physicalId }, properties, previous, context) => {
    const changed = (name: string) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]);
    const value = changed("GenerateSecretString") || changed("SecretString");
    const SecretString = value ? valueOf(properties, context) : undefined;
    await callSecretsManager("UpdateSecret", { SecretId: physicalId, ...described(properties), SecretString }, context);
  },
  // CloudFormation deletes for good, so that the name is free again.
  remove: async ({ physicalId }, context) => {
    await callSecretsManager("DeleteSecret", { SecretId: physicalId, ForceDeleteWithoutRecovery: true }, context);
  },
};

function described(properties: Properties): object {
  return { Description: textOf(properties, "Description"), KmsKeyId: textOf(properties, "KmsKeyId") };
}

function valueOf(properties: Properties, { seq }: OperationContext): string | undefined {
  const how = properties["GenerateSecretString"] as GenerateSecretString | undefined;
  if (how === undefined) return textOf(properties, "SecretString");
  return generateSecretString(how, `secret/${seq}`);
}
