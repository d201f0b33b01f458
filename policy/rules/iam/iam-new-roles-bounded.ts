import type { RuleContext } from "../../engine/context";
import type { Graph } from "../../engine/graph";
import type { PolicyDocument, Statement } from "../../engine/policy-document";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { namesActions } from "./private/action-patterns";
import { allow, rolePolicy } from "./private/examples";
import { boundaryOf, policiesOf, POLICY_TYPES } from "./private/policies";

const MAKES_ROLES = "iam:CreateRole";
const BOUNDARY_KEY = "iam:permissionsboundary";

/** A boundary of the role itself that forbids roles without one does as well: it is how pipelines are usually held. */
export const iamNewRolesBounded = resourceRule({
  id: "FD-IAM-026",
  slug: "iam-new-roles-bounded",
  title: "Whoever may make roles can only make bounded ones",
  severity: "high",
  packs: ["baseline"],
  why: "A pipeline that makes a role with any policy, and hands it to a service or takes it, has every right there is.",
  fix: "Add a condition on `iam:PermissionsBoundary`, or deny `iam:CreateRole` without it in the boundary of the role.",
  types: POLICY_TYPES,
  judge: (resource, context) => {
    const policies = policiesOf(resource, context.graph);
    return allOf(
      policies.map(({ value, document }) =>
        document ? judgePolicy(value, document, resource, context) : notApplicable(),
      ),
    );
  },
  examples: {
    failing: rolePolicy(allow(MAKES_ROLES, "arn:aws:iam::111111111111:role/atlas-*")),
    passing: rolePolicy({
      ...allow(MAKES_ROLES, "arn:aws:iam::111111111111:role/atlas-*"),
      Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/atlas-boundary" } },
    }),
    unknown: {
      terraform: {
        resource: {
          aws_iam_role: {
            trainer: { name: "trainer", permissions_boundary: "arn:aws:iam::111111111111:policy/bound" },
          },
          ...rolePolicy(allow(MAKES_ROLES, "arn:aws:iam::111111111111:role/atlas-*")).terraform.resource,
        },
      },
    },
  },
});

function judgePolicy(value: Value, document: PolicyDocument, resource: Resource, { graph }: RuleContext): Verdict {
  const making = document.statements.filter(({ effect, ...rest }) => effect === "Allow" && makesRoles(rest));
  if (making.length === 0) return notApplicable();
  if (making.every(asksForBoundary) || document.statements.some(deniesUnbounded)) return pass();
  const boundaries = rolesOf(resource, graph).map((role) => boundaryOf(role, graph));
  const about = { attribute: value.path };
  const message = `\`${value.path}\` must allow ${MAKES_ROLES} only with a condition on \`iam:PermissionsBoundary\``;
  if (boundaries.length === 0 || boundaries.includes("none")) return fail(message, about);
  const known = boundaries.filter((boundary) => typeof boundary !== "string");
  if (known.some(({ statements }) => !statements.some(deniesUnbounded)))
    return fail(`${message}: nor does the boundary of the role deny it without`, about);
  if (known.length === boundaries.length) return pass();
  return unknown(`${message}, unless the boundary of the role denies it without: that is not known here`, about);
}

/** Making roles by `*` is reported by the rules about whole services and administrators. */
function makesRoles(statement: Pick<Statement, "actions" | "notActions">): boolean {
  const named = statement.actions.filter((action) => !/^(\*|[^:]+:\*)$/.test(action));
  return namesActions({ actions: named, notActions: [] }, [MAKES_ROLES]);
}

function asksForBoundary({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === BOUNDARY_KEY);
}

function deniesUnbounded(statement: Statement): boolean {
  const { effect } = statement;
  return effect === "Deny" && namesActions(statement, [MAKES_ROLES]) && asksForBoundary(statement);
}

function rolesOf(resource: Resource, graph: Graph): readonly Resource[] {
  if (resource.type === "aws_iam_role") return [resource];
  if (resource.type === "aws_iam_role_policy") return rolesNamed(resource.at("role"), graph);
  return graph
    .referrers(resource)
    .filter(({ type }) => type === "aws_iam_role_policy_attachment")
    .flatMap((attachment) => rolesNamed(attachment.at("role"), graph));
}

function rolesNamed(value: Value, graph: Graph): readonly Resource[] {
  const found = graph.targets(value).filter(({ type }) => type === "aws_iam_role");
  if (found.length > 0 || value.literal === undefined) return found;
  return graph.resourcesOf("aws_iam_role").filter((role) => role.at("name").literal === value.literal);
}
