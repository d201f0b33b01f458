import type { Overlay } from "./overlay";
import { amendText, withBody } from "./overlay";

/** Makes the actions of a statement such that none matches, in a way that can be undone. */
const INERT = "sandbox-inert:";

/**
 * moto looks at no condition: a bucket policy that denies requests without TLS forbids every object call. Denials with
 * a condition are kept there under actions that no request has, and read back as they were.
 */
export const s3ConditionalDeny: Overlay = {
  service: "s3",
  actions: ["PutBucketPolicy", "GetBucketPolicy"],
  rewrite: (call) => (call.action === "PutBucketPolicy" ? withBody(call, disarm(call.body.toString("utf8"))) : call),
  amend: (call, response) =>
    call.action === "GetBucketPolicy" ? amendText(response, (text) => text.replaceAll(INERT, "")) : response,
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
  const action = statement["Action"];
  if (typeof action === "string") return { ...statement, Action: INERT + action };
  return Array.isArray(action) ? { ...statement, Action: action.map((one) => INERT + String(one)) } : statement;
}
