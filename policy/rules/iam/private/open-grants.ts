import { iamActionsMatching } from "../../../../catalog";
import type { IamAction } from "../../../../catalog";
import type { Graph } from "../../../engine/graph";
import type { PolicyDocument, Statement } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import { matcherOf } from "./action-patterns";
import { policiesOf } from "./policies";
import { CREDENTIAL_ACTIONS, ESCALATION_ACTIONS, EXFILTRATION_ACTIONS } from "./risky-actions";

/**
 * What is wrong with an action that is allowed without a bound, the worst first. One action of a statement is of one kind
 * only, so that one mistake is one finding.
 *
 * @see https://github.com/salesforce/cloudsplaining which sorts actions likewise
 */
export const REACHES = [
  "everything",
  "all-actions",
  "service",
  "pass-role",
  "escalation",
  "credentials",
  "exfiltration",
  "permissions",
  "write",
  "read",
] as const;
export type Reach = (typeof REACHES)[number];

/** An action that a statement allows without a bound. */
export interface OpenGrant {
  readonly reach: Reach;
  /** As the statement writes it, e.g. `s3:Get*`. */
  readonly action: string;
  /** The first action it stands for that is of this kind, e.g. `s3:GetObject`. */
  readonly example: string;
  readonly statement: Statement;
  /** Where its policy is written. */
  readonly attribute: string;
}

/** What a resource's policies allow without a bound. */
export interface OpenGrants {
  /** How many policies it has that could be read at least in part. */
  readonly policies: number;
  readonly grants: readonly OpenGrant[];
  /** Where policies are written of which some part is known only later. */
  readonly incomplete: readonly string[];
}

const found = new WeakMap<Graph, WeakMap<Resource, OpenGrants>>();

/** What the policies of a resource allow without a bound; worked out once for all rules that ask. */
export function openGrantsOf(resource: Resource, graph: Graph): OpenGrants {
  const ofGraph = found.get(graph) ?? new WeakMap<Resource, OpenGrants>();
  found.set(graph, ofGraph);
  const known = ofGraph.get(resource);
  if (known) return known;
  const policies = policiesOf(resource, graph);
  const grants = {
    policies: policies.filter(({ document }) => document !== undefined).length,
    grants: policies.flatMap(({ value, document }) => (document ? grantsIn(document, value.path) : [])),
    incomplete: policies.filter(({ document }) => document?.complete !== true).map(({ value }) => value.path),
  };
  ofGraph.set(resource, grants);
  return grants;
}

function grantsIn(document: PolicyDocument, attribute: string): readonly OpenGrant[] {
  const isDenied = denialsOf(document);
  return document.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => statement.actions.flatMap((action) => grantOf(statement, action, isDenied, attribute)));
}

function grantOf(
  statement: Statement,
  action: string,
  isDenied: (action: IamAction) => boolean,
  attribute: string,
): readonly OpenGrant[] {
  const about = { action, statement, attribute };
  if (/^[*?]+(:[*?]+)?$/.test(action)) {
    if (isNarrowed(statement)) return [];
    const reach = isWide(statement) ? "everything" : "all-actions";
    return [{ ...about, reach, example: "iam:CreateUser" }];
  }
  if (!isWide(statement) && !statement.resources.some(isAllOfIam)) return [];
  const wholeService = /^[\w-]+:\*+$/.test(action);
  const allowed = iamActionsMatching(action).filter((one) => !isDenied(one));
  const [first] = allowed;
  if (wholeService && first && isOpen(statement, first)) return [{ ...about, reach: "service", example: first.name }];
  const worst = allowed
    .filter((one) => isOpen(statement, one))
    .map((one) => ({ example: one.name, reach: reachOf(one) }))
    .filter((one): one is { example: string; reach: Reach } => one.reach !== undefined)
    .sort((one, other) => REACHES.indexOf(one.reach) - REACHES.indexOf(other.reach))[0];
  return worst ? [{ ...about, ...worst }] : [];
}

function reachOf(action: IamAction): Reach | undefined {
  const name = action.name.toLowerCase();
  if (name === "iam:passrole") return "pass-role";
  if (ESCALATION_ACTIONS.has(name)) return "escalation";
  if (CREDENTIAL_ACTIONS.has(name)) return "credentials";
  if (EXFILTRATION_ACTIONS.has(name)) return "exfiltration";
  if (!action.restrictable || action.access === undefined) return undefined;
  return action.access === "tagging" ? "read" : action.access;
}

/** Conditions that say where from or how, and not whose. */
const NARROWING_NOTHING = new Set(["aws:requestedregion", "aws:securetransport"]);

function isNarrowed({ conditions }: Statement, but: readonly string[] = []): boolean {
  return conditions.some(({ key }) => !NARROWING_NOTHING.has(key.toLowerCase()) && !but.includes(key.toLowerCase()));
}

function isOpen(statement: Statement, { name }: IamAction): boolean {
  const passing = name.toLowerCase() === "iam:passrole";
  if (isNarrowed(statement, passing ? ["iam:passedtoservice"] : [])) return false;
  return isWide(statement) || (name.startsWith("iam:") && statement.resources.some(isAllOfIam));
}

function isWide({ resources }: Statement): boolean {
  return resources.some(
    (resource) => /^\*+$/.test(resource) || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*(\/\*)?$/.test(resource),
  );
}

function isAllOfIam(resource: string): boolean {
  return /^arn:[^:]*:iam::[^:]*:(role|user|group|policy)\/\*$/.test(resource);
}

/**
 * What statements deny whatever the resource, or on all but those they name: what is denied so is bounded by it. Denials with
 * a condition are none.
 */
function denialsOf({ statements }: PolicyDocument): (action: IamAction) => boolean {
  const matchers = statements
    .filter(({ effect, conditions }) => effect === "Deny" && conditions.length === 0)
    .filter((statement) => isWide(statement) || statement.notResources.length > 0)
    .flatMap(({ actions }) => actions.map(matcherOf));
  return ({ name }) => matchers.some((matches) => matches(name));
}
