import type { Graph } from "../../engine/graph";
import { readPolicy } from "../../engine/policy-document";
import type { Statement } from "../../engine/policy-document";
import type { Resource } from "../../engine/subject";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { isWritten } from "./is-written";

/**
 * Keys of conditions that leave nobody but known callers, in lower case.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html what AWS calls public
 */
const CALLER_KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpcsourceip",
  "elasticfilesystem:accessedviamounttarget",
  "elasticfilesystem:accesspointarn",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/** An operator that does not hold when the key is missing from the request; those with `IfExists` do, and so do `Not…`. */
const NARROWING = /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress|Bool)$/i;

const ANYTHING: ReadonlySet<string> = new Set(["*", "0.0.0.0/0", "::/0", "false"]);

/** The `policy` of a resource must let nobody in without a condition on who it is; a resource without one is not asked. */
export function mustNotBePublic(resource: Resource, graph: Graph): Verdict {
  const policy = resource.at("policy");
  const isOwnResource = resource.type.endsWith("_policy");
  if (policy.absent || (!isOwnResource && !isWritten(policy))) return notApplicable();
  const document = readPolicy(policy, graph);
  const open = (document?.statements ?? []).filter(isPublic);
  if (open.length > 0) {
    return allOf(
      open.map((statement) => {
        const actions = [...statement.actions, ...statement.notActions.map((action) => `all but ${action}`)].join(", ");
        return fail(`\`policy\` must not let everyone in, got ${named(statement)} that allows ${actions}`, {
          attribute: "policy",
          key: statement.sid ?? actions,
        });
      }),
    );
  }
  return document?.complete
    ? pass()
    : unknown(`\`policy\` must not let everyone in, and is known only after apply: ${policy.toString()}`, {
        attribute: "policy",
      });
}

/** Whether a statement is about everyone, as `"*"` or `{ "AWS": "*" }`. */
export function isForEveryone({ principals }: Statement): boolean {
  return principals.some(({ type, ids }) => type === "*" || ids.includes("*"));
}

function isPublic(statement: Statement): boolean {
  if (statement.effect !== "Allow") return false;
  const open = isForEveryone(statement) || statement.notPrincipals.length > 0;
  return open && !statement.conditions.some(narrows);
}

function narrows({ operator, key, values }: Statement["conditions"][number]): boolean {
  const isAboutCaller = CALLER_KEYS.has(key.toLowerCase()) && NARROWING.test(operator);
  return isAboutCaller && values.length > 0 && values.every((value) => !ANYTHING.has(value) && !isAnyArn(value));
}

/** `arn:aws:sns:*:*:*`: neither account nor resource is said. */
function isAnyArn(value: string): boolean {
  const [scheme, , , , account = "", ...resource] = value.split(":");
  return scheme === "arn" && /^\**$/.test(account) && /^\**$/.test(resource.join(":"));
}

function named({ sid }: Statement): string {
  return sid ? `statement ${sid}` : "a statement";
}
