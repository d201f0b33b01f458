import type { Overlay } from "./overlay";
import { amendText, withBody } from "./overlay";

/** Makes the actions of a statement such that none matches, in a way that can be undone. */
const INERT = "sandbox-inert:";
/** Everybody, in a form that moto's check of log delivery can read: it fails on a principal that is a plain text. */
const ANYBODY = { AWS: "sandbox-anybody" };

/**
 * moto looks at no condition: a bucket policy that denies requests without TLS forbids every object call. Denials with
 * a condition are kept there under actions and for a principal that no request has, and read back as they were.
 */
export const s3ConditionalDeny: Overlay = {
  service: "s3",
  actions: ["PutBucketPolicy", "GetBucketPolicy"],
  rewrite: (call) => (call.action === "PutBucketPolicy" ? withBody(call, disarm(call.body.toString("utf8"))) : call),
  amend: (call, response) => (call.action === "GetBucketPolicy" ? amendText(response, rearm) : response),
};

function disarm(policy: string): string {
  try {
    const document = JSON.parse(policy) as { Statement?: unknown };
    const statements = [document.Statement ?? []].flat() as Record<string, unknown>[];
    return JSON.stringify({ ...document, Statement: statements.map(disarmStatement) });
  } catch {
    return policy;
  }
}

function disarmStatement(statement: Record<string, unknown>): Record<string, unknown> {
  if (statement["Effect"] !== "Deny" || statement["Condition"] === undefined) return statement;
  const principal = statement["Principal"] === "*" ? { Principal: ANYBODY } : {};
  const action = statement["Action"];
  if (typeof action === "string") return { ...statement, ...principal, Action: INERT + action };
  if (!Array.isArray(action)) return statement;
  return { ...statement, ...principal, Action: action.map((one) => INERT + String(one)) };
}

function rearm(policy: string): string {
  return policy.replaceAll(INERT, "").replaceAll(JSON.stringify(ANYBODY), '"*"');
}
