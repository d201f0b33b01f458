import { publicRegistries } from "../../catalog";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { jsonError, jsonInput, jsonOutput } from "./json-body";
import type { Overlay } from "./overlay";

interface RuleInput {
  readonly ecrRepositoryPrefix: string;
  readonly upstreamRegistryUrl: string;
  readonly credentialArn: string;
  readonly customRoleArn: string;
  readonly upstreamRepositoryPrefix: string;
  readonly ecrRepositoryPrefixes: readonly string[];
}

type Rule = Partial<RuleInput> & { readonly registryId: string };

/** Pull-through cache rules of ECR, which moto lacks. Nothing is pulled through them. */
export function ecrPullThroughRules(): Overlay {
  const rules = new Map<string, Rule>();
  const operations: Readonly<Record<string, (call: AwsCall, input: Partial<RuleInput>) => AwsResponse>> = {
    CreatePullThroughCacheRule: (call, input) => create(rules, call, input),
    DescribePullThroughCacheRules: (call, input) => describe(rules, call, input),
    UpdatePullThroughCacheRule: (call, { ecrRepositoryPrefix = "", credentialArn, customRoleArn }) => {
      const key = keyOf(call, ecrRepositoryPrefix);
      const rule = rules.get(key);
      if (rule === undefined) return notFound(ecrRepositoryPrefix);
      const changed = { ...rule, ...given({ credentialArn, customRoleArn }) };
      rules.set(key, changed);
      return jsonOutput(changed);
    },
    DeletePullThroughCacheRule: (call, { ecrRepositoryPrefix = "" }) => {
      const key = keyOf(call, ecrRepositoryPrefix);
      const rule = rules.get(key);
      if (rule === undefined) return notFound(ecrRepositoryPrefix);
      rules.delete(key);
      return jsonOutput(rule);
    },
  };
  return {
    service: "ecr",
    actions: Object.keys(operations),
    answer: (call) => Promise.resolve(operations[call.action]?.(call, jsonInput<RuleInput>(call))),
  };
}

function create(rules: Map<string, Rule>, call: AwsCall, input: Partial<RuleInput>): AwsResponse {
  const { ecrRepositoryPrefix = "", upstreamRegistryUrl = "" } = input;
  const upstream = publicRegistries().find(({ url }) => url === upstreamRegistryUrl);
  if (upstream === undefined) {
    return jsonError(
      "UnsupportedUpstreamRegistryException",
      `The upstream registry ${upstreamRegistryUrl} is not supported.`,
    );
  }
  if (upstream.needsCredentials && input.credentialArn === undefined) {
    return jsonError("InvalidParameterException", `The upstream registry ${upstreamRegistryUrl} requires credentials.`);
  }
  const key = keyOf(call, ecrRepositoryPrefix);
  if (rules.has(key)) {
    const message = `A pull through cache rule with the repository prefix '${ecrRepositoryPrefix}' already exists.`;
    return jsonError("PullThroughCacheRuleAlreadyExistsException", message);
  }
  const { credentialArn, customRoleArn, upstreamRepositoryPrefix } = input;
  const rule: Rule = {
    ...{ ecrRepositoryPrefix, upstreamRegistryUrl, registryId: call.account },
    ...given({ credentialArn, customRoleArn, upstreamRepositoryPrefix }),
  };
  rules.set(key, rule);
  return jsonOutput(rule);
}

function describe(rules: ReadonlyMap<string, Rule>, call: AwsCall, input: Partial<RuleInput>): AwsResponse {
  const { ecrRepositoryPrefixes } = input;
  const own = [...rules].filter(([key]) => key.startsWith(keyOf(call, ""))).map(([, rule]) => rule);
  if (ecrRepositoryPrefixes === undefined) return jsonOutput({ pullThroughCacheRules: own });
  const missing = ecrRepositoryPrefixes.find((prefix) => !rules.has(keyOf(call, prefix)));
  if (missing !== undefined) return notFound(missing);
  const found = own.filter(({ ecrRepositoryPrefix = "" }) => ecrRepositoryPrefixes.includes(ecrRepositoryPrefix));
  return jsonOutput({ pullThroughCacheRules: found });
}

function notFound(prefix: string): AwsResponse {
  const message = `The pull through cache rule with the repository prefix '${prefix}' was not found.`;
  return jsonError("PullThroughCacheRuleNotFoundException", message);
}

function keyOf({ account, region }: AwsCall, prefix: string): string {
  return `${account}/${region}/${prefix}`;
}

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
