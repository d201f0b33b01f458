import type { Value } from "../../../engine/value";

/**
 * Names of values that hold a secret. Names of secrets and of keys in them are not secret: `existingSecret`,
 * `passwordSecretName`, `passwordKey`.
 */
const SECRET_NAME = new RegExp(
  `(${[
    "pass(word|wd|phrase)?",
    "(^|[-_.]|(access|auth|bearer|refresh|session|api|admin|bot|hf|slack|github|gitlab)[-_]?)token",
    "api[-_]?key",
    "(secret|private|signing|encryption|fernet)[-_]?(access[-_]?)?key",
    "(client|cookie|jwt|shared|webhook|app)[-_]?secret",
    "access[-_]?key[-_]?id",
    "connection[-_]?string",
    "credentials",
  ].join("|")})$`,
  "i",
);

/** Text that is a secret wherever it stands. */
const SECRET_TEXTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/, "a private key"],
  [/\b(AKIA|ASIA)[A-Z2-7]{16}\b/, "an AWS access key"],
  [/\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[\w-]{20,})/, "an access token of a code host"],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, "a Slack token"],
  [/\bhf_[A-Za-z0-9]{30,}\b/, "a Hugging Face token"],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, "a JSON web token"],
  [/\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{0,200}:(?![$%]?[({])[^\s/@]{1,200}@/i, "a URL with a password"],
];

/** References that stand for a secret itself, whatever the value is called. */
const SECRET_REFERENCE =
  /^(data\.)?(random_password\.[^.]+\.(result|bcrypt_hash)|[\w-]+\.[^.]+\.(.*\.)?(password|master_password|secret_string|secret_binary|auth_token|token|secret|private_key(_pem)?|secret_access_key))$/;

/** One assignment of a configuration file: `password = "…"`, `token: …`. */
const ASSIGNMENT = /^[ \t]*["']?([A-Za-z_][\w.-]{0,80})["']?[ \t]*[:=][ \t]*["']?([^\s"',]{6,})/gm;

/** Whether a value of that name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** What secret a text is or holds, such as `a private key`; undefined when it is none that can be told by its looks. */
export function secretInText(text: string): string | undefined {
  return SECRET_TEXTS.find(([pattern]) => pattern.test(text))?.[1];
}

/** Names of the secrets that a configuration file holds in plain text. */
export function secretAssignmentsIn(text: string): readonly string[] {
  return [...text.matchAll(ASSIGNMENT)]
    .filter(([, name = "", value = ""]) => isSecretName(name) && !isHarmless(value))
    .map(([, name = ""]) => name);
}

/** Whether a value refers to a secret, so that the secret itself will stand in its place. */
export function refersToSecret(value: Value): boolean {
  return value.references.some((reference) => SECRET_REFERENCE.test(reference));
}

/** Empty text, numbers, and text that a shell or a template fills in at the place of use. */
export function isHarmless(text: string): boolean {
  return text === "" || /^(-?\d+(\.\d+)?|true|false|null|none|\$[({][\w.-]+[)}]|%\(.*\)s|\{\{.*)$/i.test(text);
}

/** How a message shows a secret: never the secret itself. */
export function hidden(text: string): string {
  return `a hidden value (${text.length} characters)`;
}
