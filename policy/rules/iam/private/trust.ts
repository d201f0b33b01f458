import { CI_ISSUERS } from "../../../../catalog";
import type { Graph } from "../../../engine/graph";
import { readPolicy } from "../../../engine/policy-document";
import type { Statement } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import type { Verdict } from "../../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../../engine/verdict";
import { namesActions } from "./action-patterns";
import { resourcesNamedIn } from "./text-references";

/** Where a role says who may take it. */
export const TRUST = "assume_role_policy";

/**
 * Judges who may take a role, statement by statement. A trust that is known only later is reported by one rule,
 * `iam-trust-not-public`, by {@link judgeUnreadTrust}.
 *
 * @param judge not applicable for statements the rule has nothing to say about
 */
export function judgeTrust(role: Resource, graph: Graph, judge: (statement: Statement) => Verdict): Verdict {
  const document = readPolicy(role.at(TRUST), graph);
  return allOf((document?.statements ?? []).filter(({ effect }) => effect === "Allow").map(judge));
}

/** Unknown when some of the trust is known only later, else not applicable. */
export function judgeUnreadTrust(role: Resource, graph: Graph): Verdict {
  const value = role.at(TRUST);
  if (value.absent || readPolicy(value, graph)?.complete === true) return notApplicable();
  return unknown(`who may take the role is known only after apply: ${value.toString()}`, { attribute: TRUST });
}

/** A fault of the trust: `must` starts with a verb. */
export function trustFault(must: string, key?: string): Verdict {
  return fail(`\`${TRUST}\` ${must}`, { attribute: TRUST, ...(key !== undefined && { key }) });
}

/** Names of the principals of a type, e.g. the services that may take the role. */
export function principalsOf({ principals }: Statement, type: string): readonly string[] {
  return principals.flatMap((principal) => (principal.type === type ? principal.ids : []));
}

/** Who signs the tokens of a federation: pipelines of GitHub or GitLab, a cluster, or somebody else. */
export type Issuer = "github" | "gitlab" | "eks" | "other";

/** Who signs the tokens that this statement trusts; undefined when it trusts none that web identities have. */
export function issuerOf(statement: Statement, role: Resource, graph: Graph): Issuer | undefined {
  const federated = principalsOf(statement, "Federated");
  if (federated.length === 0 || !namesActions(statement, ["sts:AssumeRoleWithWebIdentity"])) return undefined;
  const providers = federated.flatMap((id) => resourcesNamedIn(id, role.stack, graph));
  const urls = providers.map((provider) => provider.at("url"));
  const texts = [...federated, ...urls.map((url) => url.text ?? ""), ...statement.conditions.map(({ key }) => key)];
  if (texts.some((text) => text.includes(CI_ISSUERS.github))) return "github";
  if (texts.some((text) => /gitlab/i.test(text))) return "gitlab";
  const ofCluster = urls.some((url) => graph.targets(url).some(({ type }) => type === "aws_eks_cluster"));
  if (ofCluster || texts.some((text) => /oidc\.eks\.|aws_eks_cluster\./.test(text))) return "eks";
  return "other";
}

/** What a condition demands of a claim or a tag. */
export interface Pin {
  readonly values: readonly string[];
  /** Whether `*` and `?` in the values are wildcards. */
  readonly like: boolean;
}

/**
 * The values that a statement demands of a key. Conditions that hold when the key is missing do not count, nor do those that
 * say what it must not be.
 *
 * @param key end of the key, e.g. `:sub`, or the whole of it
 */
export function pinOf({ conditions }: Statement, key: string): Pin | undefined {
  const wanted = key.toLowerCase();
  const found = conditions.find(
    (condition) =>
      condition.key.toLowerCase().endsWith(wanted) &&
      /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))$/i.test(condition.operator),
  );
  return found && { values: found.values, like: /Like|^(ForAnyValue:)?Arn/i.test(found.operator) };
}

/** Verdict on one value that a claim may have: a pattern it must match, unless only Terraform knows it. */
export function judgeClaim(claim: string, { values }: Pin, expected: RegExp, rule: string): Verdict {
  return allOf(
    values.map((value) => {
      if (expected.test(value)) return pass();
      const shown = `\`${TRUST}\` ${rule}, got "${value}"`;
      const about = { attribute: TRUST, key: `${claim}::${value}` };
      return value.includes("${") && !/[*?]/.test(value) ? unknown(shown, about) : fail(shown, about);
    }),
  );
}
