import type { Graph } from "../../../engine/graph";
import { readPolicy } from "../../../engine/policy-document";
import type { PolicyDocument } from "../../../engine/policy-document";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { resourcesNamedIn } from "./text-references";

/** Types that carry a policy of their own which grants something to whoever it is attached to. */
export const POLICY_TYPES: readonly string[] = [
  "aws_iam_policy",
  "aws_iam_role_policy",
  "aws_iam_role",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
];

/** A policy where it is written. */
export interface WrittenPolicy {
  readonly value: Value;
  /** Undefined when nothing of it is known. */
  readonly document?: PolicyDocument;
}

/**
 * The policies that a resource of {@link POLICY_TYPES} carries: none for a role without inline policies, and none for a policy
 * that only bounds others, because a permissions boundary grants nothing.
 */
export function policiesOf(resource: Resource, graph: Graph): readonly WrittenPolicy[] {
  const values = resource.type === "aws_iam_role" ? resource.each("inline_policy.policy") : [resource.at("policy")];
  if (resource.type === "aws_iam_policy" && isOnlyBoundary(resource, graph)) return [];
  return values.filter((value) => !value.absent).map((value) => ({ value, document: readKnown(value, graph) }));
}

/** The policy as far as it is known; undefined when that is nothing at all. */
function readKnown(value: Value, graph: Graph): PolicyDocument | undefined {
  const document = readPolicy(value, graph);
  return document && (document.complete || document.statements.length > 0) ? document : undefined;
}

/**
 * The policy that bounds a role: `none` when it has no boundary, `unknown` when that policy is not among what is judged.
 * A boundary of another stack may be named by its ARN.
 */
export function boundaryOf(role: Resource, graph: Graph): PolicyDocument | "none" | "unknown" {
  const value = role.at("permissions_boundary");
  if (value.absent || value.literal === "") return "none";
  const policy =
    graph.targets(value).find(({ type }) => type === "aws_iam_policy") ??
    graph.resourcesOf("aws_iam_policy").find((one) => isNamedBy(one, value.text));
  return (policy && readPolicy(policy.at("policy"), graph)) ?? "unknown";
}

/** All that a role may do, as far as it is written. */
export interface RolePolicies {
  readonly documents: readonly PolicyDocument[];
  /** False when a policy of the role cannot be read here, so that the role may be allowed more. */
  readonly complete: boolean;
}

const ATTACHMENTS = { aws_iam_role_policy_attachment: "role", aws_iam_policy_attachment: "roles" } as const;
const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\//;
/** Policies of AWS that allow the use of any key. */
const AWS_MANAGED_WITH_KEYS = /\/(AdministratorAccess|PowerUserAccess)$/;

/** The policies of a role: inline, beside it, and attached. Of those that AWS manages only the almighty ones count. */
export function policiesOfRole(role: Resource, graph: Graph): RolePolicies {
  const attached = Object.entries(ATTACHMENTS)
    .flatMap(([type, argument]) => graph.linked(role, type, argument))
    .map((attachment) => attachment.at("policy_arn"))
    .concat(role.each("managed_policy_arns"));
  const documents = [
    ...role.each("inline_policy.policy"),
    ...graph.linked(role, "aws_iam_role_policy", "role").map((policy) => policy.at("policy")),
  ].map((value) => readPolicy(value, graph));
  const all = [...documents, ...attached.map((arn) => attachedPolicy(arn, role, graph))];
  return {
    documents: all.filter((document) => document !== undefined),
    complete: all.every((document) => document?.complete === true),
  };
}

const NOTHING: PolicyDocument = { statements: [], complete: true };
const EVERYTHING: PolicyDocument = {
  statements: [
    {
      effect: "Allow",
      actions: ["*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      principals: [],
      notPrincipals: [],
      conditions: [],
    },
  ],
  complete: true,
};

function attachedPolicy(arn: Value, role: Resource, graph: Graph): PolicyDocument | undefined {
  const text = arn.text ?? "";
  if (AWS_MANAGED.test(text)) return AWS_MANAGED_WITH_KEYS.test(text) ? EVERYTHING : NOTHING;
  const policy =
    graph.targets(arn).find(({ type }) => type === "aws_iam_policy") ??
    resourcesNamedIn(text, role.stack, graph).find(({ type }) => type === "aws_iam_policy");
  return policy && readPolicy(policy.at("policy"), graph);
}

function isOnlyBoundary(policy: Resource, graph: Graph): boolean {
  const referrers = graph.referrers(policy);
  const attached = referrers.some(({ type }) => type.endsWith("_attachment"));
  if (attached) return false;
  const bounded = [...graph.resourcesOf("aws_iam_role", "aws_iam_user")].some((who) => {
    const boundary = who.at("permissions_boundary");
    return isNamedBy(policy, boundary.text) || (referrers.includes(who) && graph.targets(boundary).includes(policy));
  });
  return bounded;
}

function isNamedBy(policy: Resource, arn: string | undefined): boolean {
  const { text } = policy.at("name");
  return text !== undefined && text !== "" && arn !== undefined && arn.endsWith(`:policy/${text}`);
}
