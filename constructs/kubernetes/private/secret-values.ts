import type { PropProblem } from "../../core/errors";
import { isReference } from "./values-json";

/**
 * Names of values that hold a secret. Names of secrets and of keys in them are not secret: `existingSecret`,
 * `passwordSecretName`, `passwordKey`.
 */
const SECRET_NAME = new RegExp(
  `(${[
    "pass(word|wd|phrase)?",
    "(access|auth|bearer|refresh|session|api|admin|bot|hf|slack|github|gitlab)[-_]?token",
    "token",
    "api[-_]?key",
    "(secret|private|signing|encryption|fernet|flask[-_]?server[-_]?secret|webserver[-_]?secret)[-_]?(access[-_]?)?key",
    "(client|cookie|jwt|shared|webhook|app)[-_]?secret",
    "access[-_]?key[-_]?id",
    "connection[-_]?string",
    "credentials",
  ].join("|")})$`,
  "i",
);
/** Beside one of these, a value such as `passwordKey` or `secretKey` names a key of an existing secret, or of one to be made. */
const NAMES_A_SECRET = /(^name$|secret[-_]?name$|^existing|secret[-_]?ref$|^secret$|^remoteRef$)/i;
const KEY_OF_SECRET = /(key|property)$/i;

/** Text that is a secret wherever it stands. */
const SECRET_TEXTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/, "a private key"],
  [/\b(AKIA|ASIA)[A-Z2-7]{16}\b/, "an AWS access key"],
  [/\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[\w-]{20,})/, "an access token of a code host"],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, "a Slack token"],
  [/\bhf_[A-Za-z0-9]{30,}\b/, "a Hugging Face token"],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, "a JSON web token"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?![$%]?[({])[^\s/@]+@/i, "a URL with a password"],
];

/**
 * Values that look like secrets. Values of a release are in Terraform's state, in the plan and in the cluster in plain text;
 * a reference to a secret would be there with what it stands for, so it is refused too.
 */
export function secretProblems(value: unknown, prop: string): PropProblem[] {
  if (typeof value === "string") return secretText(value, prop);
  if (Array.isArray(value)) return value.flatMap((item, index) => secretProblems(item, `${prop}[${index}]`));
  if (typeof value !== "object" || value === null || isReference(value)) return [];
  const map = value as Readonly<Record<string, unknown>>;
  return Object.entries(map).flatMap(([key, item]) => {
    const place = `${prop}.${key.replaceAll(".", "\\.")}`;
    return isSecretEntry(key, item, map) ? [problem(place, "a secret by its name", item)] : secretProblems(item, place);
  });
}

function isSecretEntry(key: string, value: unknown, siblings: Readonly<Record<string, unknown>>): boolean {
  if (!isLiteral(value)) return false;
  const { name } = siblings;
  // An environment variable: { name: DB_PASSWORD, value: … }.
  if (key === "value" && typeof name === "string") return SECRET_NAME.test(name);
  if (!SECRET_NAME.test(key)) return false;
  return !(KEY_OF_SECRET.test(key) && Object.keys(siblings).some((sibling) => NAMES_A_SECRET.test(sibling)));
}

function secretText(text: string, prop: string): PropProblem[] {
  const found = SECRET_TEXTS.find(([pattern]) => pattern.test(text));
  return found === undefined ? [] : [problem(prop, found[1], text)];
}

/** Empty text, and text that a shell or a template fills in at the place of use, are no secrets. */
function isLiteral(value: unknown): boolean {
  if (isReference(value) || typeof value === "number") return true;
  return typeof value === "string" && value !== "" && !/^\$[({][\w.-]+[)}]$/.test(value);
}

function problem(prop: string, what: string, value: unknown): PropProblem {
  const length = isReference(value) ? "a reference" : `${String(value).length} characters`;
  const rule = `must not hold ${what}: name an existing Kubernetes secret instead, which External Secrets brings`;
  return { prop, rule, got: `a hidden value (${length})` };
}
