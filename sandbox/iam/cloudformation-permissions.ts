import type { AwsCall } from "../aws/aws-call";

type Get = (name: string) => string | undefined;

interface TemplateResource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What CloudFormation does, in the caller's name, to make, change or remove a resource. */
const WORK: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "AWS::SecretsManager::Secret": {
    CreateStack: ["CreateSecret", "DescribeSecret", "GetRandomPassword", "GetSecretValue", "TagResource"],
    UpdateStack: ["DescribeSecret", "GetRandomPassword", "GetSecretValue", "TagResource", "UpdateSecret"],
    DeleteStack: ["DeleteSecret", "DescribeSecret"],
  },
  "AWS::ElastiCache::User": {
    CreateStack: ["AddTagsToResource", "CreateUser", "DescribeUsers"],
    UpdateStack: ["AddTagsToResource", "DescribeUsers", "ListTagsForResource", "ModifyUser"],
    DeleteStack: ["DeleteUser", "DescribeUsers"],
  },
};
const SERVICES: Readonly<Record<string, string>> = {
  "AWS::SecretsManager::Secret": "secretsmanager",
  "AWS::ElastiCache::User": "elasticache",
};

/** ARNs of what a CloudFormation call is about: the stack, and what its template says it is made of. */
export function cloudFormationResources(call: AwsCall, get: Get): string[] {
  const { region, account } = call;
  const name = get("StackName");
  if (name === undefined) return [];
  const stack = name.startsWith("arn:") ? name : `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`;
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const made = templateResources(get).flatMap(({ Type, Properties = {} }) => {
    if (Type === "AWS::ElastiCache::User") return [arn("elasticache", `user:${String(Properties["UserId"] ?? "*")}`)];
    if (Type !== "AWS::SecretsManager::Secret") return [];
    const key = Properties["KmsKeyId"] === undefined ? [] : [arn("kms", "key/*")];
    // AWS ends the names of secrets with six characters of its own.
    return [arn("secretsmanager", `secret:${String(Properties["Name"] ?? "*")}-??????`), ...key];
  });
  const removed =
    call.action === "DeleteStack" ? [arn("elasticache", "user:*"), arn("secretsmanager", "secret:*")] : [];
  return [stack, ...made, ...removed];
}

/**
 * Actions of other services that CloudFormation needs of the caller. A deletion does not say what goes: it is allowed for
 * everything that the sandbox's stacks can hold.
 */
export function cloudFormationDependencies({ action }: AwsCall, get: Get): string[] {
  const resources = templateResources(get);
  const types = action === "DeleteStack" ? Object.keys(WORK) : resources.map(({ Type = "" }) => Type);
  const work = [...new Set(types)].flatMap((type) =>
    (WORK[type]?.[action] ?? []).map((name) => `${SERVICES[type]}:${name}`),
  );
  const encrypted = work.length > 0 && resources.some(({ Properties }) => Properties?.["KmsKeyId"] !== undefined);
  return encrypted ? [...work, "kms:Decrypt", "kms:GenerateDataKey"] : work;
}

function templateResources(get: Get): readonly TemplateResource[] {
  try {
    const template = JSON.parse(get("TemplateBody") ?? "{}") as {
      Resources?: Readonly<Record<string, TemplateResource>>;
    };
    return Object.values(template.Resources ?? {});
  } catch {
    return [];
  }
}
