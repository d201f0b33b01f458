import { secretsIn } from "./secret-patterns";

/** Names of what is secret. */
const SECRET_NAME =
  /pass(word|phrase|wd|code)|secret|token|credential|private[-_]?key|keys?$|(^|[-_.])(pass|pwd?|pin|auth|dsn)$|connection[-_]?(string|url)/i;
/** Names of what leads to a secret, or describes it. */
const ABOUT_A_SECRET = /(arn|name|path|type|algorithm|version|ttl)$/i;

/**
 * Whether a text that stands in an argument for secrets gives one away. A JSON object does when an entry is secret by its name,
 * at any depth, or by its form; all other text is the secret.
 *
 * @example
 * holdsSecret('{"host":"db","port":5432}'); // false
 */
export function holdsSecret(text: string): boolean {
  const content = parsed(text);
  return content === undefined || secretsIn(text).length > 0 || hasSecretEntry(content);
}

/** Undefined for all but JSON objects. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isRecord(content) && !Array.isArray(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function hasSecretEntry(content: unknown): boolean {
  if (!isRecord(content)) return false;
  return Object.entries(content).some(([name, value]) =>
    SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name) ? isFilled(value) : hasSecretEntry(value),
  );
}

function isFilled(value: unknown): boolean {
  return isRecord(value)
    ? Object.values(value).some(isFilled)
    : typeof value === "number" || (typeof value === "string" && value !== "");
}

function isRecord(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === "object" && content !== null;
}
