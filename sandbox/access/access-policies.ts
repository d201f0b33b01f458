import data from "./access-policy-rules.json";

/** A rule as in RBAC: for resources of API groups, or for paths outside the resources. */
interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceUrls?: readonly string[];
  readonly verbs: readonly string[];
}

/** What somebody wants to do: `spec` of a SubjectAccessReview. */
export interface AccessWish {
  readonly resource?: {
    readonly namespace: string;
    readonly verb: string;
    readonly group: string;
    /** With the subresource, as in `pods/log`. */
    readonly resource: string;
  };
  readonly nonResource?: { readonly path: string; readonly verb: string };
}

/** A policy as an access entry has it. */
export interface ScopedPolicy {
  readonly policyArn: string;
  /** Names and patterns with `*`; none for the whole cluster. */
  readonly namespaces: readonly string[];
}

const RULES: Readonly<Record<string, readonly PolicyRule[] | undefined>> = data.rules;

/** Names of the policies whose rules are known. */
export const POLICIES_WITH_RULES: readonly string[] = Object.keys(data.rules);

/** Names of the policies of EKS' own components, which allow nothing here. */
export const POLICIES_IN_PROSE: readonly string[] = data.describedInProse;

/** True when an access policy in its scope allows the wish. A scope of namespaces says nothing of the cluster itself. */
export function policyAllows(policy: ScopedPolicy, wish: AccessWish): boolean {
  const rules = RULES[policy.policyArn.split("/").at(-1) ?? ""] ?? [];
  const { resource, nonResource } = wish;
  const { namespaces } = policy;
  if (resource !== undefined) {
    const inScope = namespaces.length === 0 || namespaces.some((pattern) => matches(pattern, resource.namespace));
    return inScope && rules.some((rule) => ruleAllows(rule, resource));
  }
  if (nonResource === undefined || namespaces.length > 0) return false;
  const { path, verb } = nonResource;
  return rules.some(({ nonResourceUrls = [], verbs }) => has(verbs, verb) && has(nonResourceUrls, path));
}

function ruleAllows(rule: PolicyRule, wish: NonNullable<AccessWish["resource"]>): boolean {
  const { apiGroups = [], resources = [], verbs } = rule;
  return has(verbs, wish.verb) && has(apiGroups, wish.group) && has(resources, wish.resource);
}

function has(list: readonly string[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}

/** `*` stands for any characters, as the scope of an access policy has it. */
function matches(pattern: string, namespace: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[^\w-]/g, "\\$&"));
  return namespace !== "" && new RegExp(`^${source.join(".*")}$`).test(namespace);
}
