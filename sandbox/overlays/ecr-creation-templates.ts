import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { jsonError, jsonInput, jsonOutput } from "./json-body";
import type { Overlay } from "./overlay";

/** Settings of repositories to be made, as given. */
interface Template {
  readonly prefix: string;
  readonly [setting: string]: unknown;
}

/** What AWS fills in. */
const DEFAULTS = {
  imageTagMutability: "MUTABLE",
  encryptionConfiguration: { encryptionType: "AES256" },
  resourceTags: [],
};

/** Repository creation templates of ECR, which moto lacks. No repository is made by them. */
export function ecrCreationTemplates(): Overlay {
  const templates = new Map<string, Template>();
  const answered = (call: AwsCall, repositoryCreationTemplate: Template) =>
    jsonOutput({ registryId: call.account, repositoryCreationTemplate });
  const operations: Readonly<Record<string, (call: AwsCall, input: Partial<Template>) => AwsResponse>> = {
    CreateRepositoryCreationTemplate: (call, { prefix = "", ...settings }) => {
      const key = keyOf(call, prefix);
      if (templates.has(key)) {
        const message = `A repository creation template with the prefix '${prefix}' already exists.`;
        return jsonError("TemplateAlreadyExistsException", message);
      }
      const template = { ...DEFAULTS, ...settings, prefix };
      templates.set(key, template);
      return answered(call, template);
    },
    UpdateRepositoryCreationTemplate: (call, { prefix = "", ...settings }) => {
      const key = keyOf(call, prefix);
      const known = templates.get(key);
      if (known === undefined) return notFound(prefix);
      const template = { ...known, ...settings, prefix };
      templates.set(key, template);
      return answered(call, template);
    },
    DescribeRepositoryCreationTemplates: (call, { prefixes }) => describe(templates, call, prefixes),
    DeleteRepositoryCreationTemplate: (call, { prefix = "" }) => {
      const key = keyOf(call, prefix);
      const known = templates.get(key);
      if (known === undefined) return notFound(prefix);
      templates.delete(key);
      return answered(call, known);
    },
  };
  return {
    service: "ecr",
    actions: Object.keys(operations),
    answer: (call) => Promise.resolve(operations[call.action]?.(call, jsonInput<Template>(call))),
  };
}

function describe(templates: ReadonlyMap<string, Template>, call: AwsCall, prefixes: unknown): AwsResponse {
  const own = [...templates].filter(([key]) => key.startsWith(keyOf(call, ""))).map(([, template]) => template);
  if (!Array.isArray(prefixes)) return jsonOutput({ registryId: call.account, repositoryCreationTemplates: own });
  const missing = (prefixes as string[]).find((prefix) => !templates.has(keyOf(call, prefix)));
  if (missing !== undefined) return notFound(missing);
  const found = own.filter(({ prefix }) => prefixes.includes(prefix));
  return jsonOutput({ registryId: call.account, repositoryCreationTemplates: found });
}

function notFound(prefix: string): AwsResponse {
  const message = `The repository creation template with the prefix '${prefix}' was not found.`;
  return jsonError("TemplateNotFoundException", message);
}

function keyOf({ account, region }: AwsCall, prefix: string): string {
  return `${account}/${region}/${prefix}`;
}
