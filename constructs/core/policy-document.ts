import type { PolicyStatement } from "./grants";

/** A statement of a policy that sits on a resource or a role's trust: it also says who. */
export interface ResourcePolicyStatement extends PolicyStatement {
  /** Who the statement is about, by kind: `{ Service: ["pods.eks.amazonaws.com"] }`, or everybody as `"*"`. */
  readonly principals: Readonly<Record<string, readonly string[]>> | "*";
}

interface MergedStatement {
  readonly sid: string | undefined;
  readonly effect: string;
  readonly principals: ResourcePolicyStatement["principals"] | undefined;
  readonly conditions: PolicyStatement["conditions"];
  actions: string[];
  resources: string[];
}

/**
 * Renders statements as an IAM policy document. Statements that say the same about the same resources become one, actions
 * are sorted, and resources keep the order in which they were first granted: the same grants give the same bytes.
 *
 * @param statements a statement without resources gets no `Resource`, as in a role's trust policy
 */
export function policyDocument(statements: readonly (PolicyStatement | ResourcePolicyStatement)[]): string {
  const byResources = merge(statements.map(toMerged), (one) => one.resources);
  const merged = merge(byResources, (one) => one.actions);
  return JSON.stringify({ Version: "2012-10-17", Statement: merged.map(render) });
}

function toMerged(statement: PolicyStatement | ResourcePolicyStatement): MergedStatement {
  return {
    sid: statement.sid,
    effect: statement.effect ?? "Allow",
    principals: "principals" in statement ? statement.principals : undefined,
    conditions: statement.conditions,
    actions: unique(statement.actions).sort(),
    resources: unique(statement.resources),
  };
}

/** Joins statements that agree on everything but actions and resources, and on the one of these two that `same` names. */
function merge(
  statements: readonly MergedStatement[],
  same: (one: MergedStatement) => readonly string[],
): MergedStatement[] {
  const groups = new Map<string, MergedStatement>();
  for (const one of statements) {
    const key = JSON.stringify([one.sid, one.effect, one.principals, one.conditions, [...same(one)].sort()]);
    const group = groups.get(key);
    if (group) {
      group.actions = unique([...group.actions, ...one.actions]).sort();
      group.resources = unique([...group.resources, ...one.resources]);
    } else {
      groups.set(key, { ...one });
    }
  }
  return [...groups.values()];
}

function render(one: MergedStatement): object {
  return {
    ...(one.sid === undefined ? {} : { Sid: one.sid }),
    Effect: one.effect,
    ...(one.principals === undefined ? {} : { Principal: renderPrincipals(one.principals) }),
    Action: oneOrMany(one.actions),
    ...(one.resources.length === 0 ? {} : { Resource: oneOrMany(one.resources) }),
    ...(one.conditions === undefined ? {} : { Condition: one.conditions }),
  };
}

function renderPrincipals(principals: ResourcePolicyStatement["principals"]): unknown {
  if (principals === "*") return "*";
  return Object.fromEntries(Object.entries(principals).map(([kind, names]) => [kind, oneOrMany(names)]));
}

/** AWS returns a list of one as a plain value, so it is written that way. */
function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
