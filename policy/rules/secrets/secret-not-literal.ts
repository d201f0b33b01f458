import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { isWritten } from "../private/is-written";
import { holdsSecret } from "./private/literal-secrets";
import { SECRET_ARGUMENTS } from "./private/secret-arguments";
import { secretsIn } from "./private/secret-patterns";

const version = (secretString: string): Example => ({
  terraform: {
    resource: {
      random_password: { token: { length: 64 } },
      aws_secretsmanager_secret_version: {
        token: { secret_id: "atlas/prod/token", secret_string: secretString },
      },
    },
  },
});

/**
 * What an expression yields passes: it comes from somewhere else. What stands in an argument whose changes are ignored is a
 * placeholder, unless it has the form of a secret. What is found is never written out.
 */
export const secretNotLiteral = resourceRule({
  id: "FD-SEC-003",
  slug: "secret-not-literal",
  title: "No secret is written into the code",
  severity: "critical",
  packs: ["baseline"],
  why: "Everyone who reads the code, its history, a plan or the state has the secret, and it is the same in every environment.",
  fix: "Let AWS make it (`manage_master_user_password`, `GenerateSecretString`), or fill it in outside of Terraform: write a placeholder, and name the argument in `lifecycle.ignore_changes`.",
  sameAs: { checkov: ["CKV_SECRET_6"] },
  types: Object.keys(SECRET_ARGUMENTS),
  judge: (resource) =>
    isPlainParameter(resource)
      ? notApplicable()
      : allOf(written(resource).map((value) => judgeWritten(resource, value))),
  examples: {
    failing: version("correct-horse-battery-staple"),
    passing: version("${random_password.token.result}"),
  },
});

/** Parameters of other types than `SecureString` hold settings. */
function isPlainParameter(resource: Resource): boolean {
  return resource.type === "aws_ssm_parameter" && resource.at("type").literal !== "SecureString";
}

function written(resource: Resource): readonly Value[] {
  return (SECRET_ARGUMENTS[resource.type] ?? [])
    .flatMap((path) => resource.each(path))
    .filter((value) => !value.absent);
}

function judgeWritten(resource: Resource, value: Value): Verdict {
  const isPlaceholder = isIgnored(resource, value.path) && secretsIn(value.text ?? "").length === 0;
  return isPlaceholder ? notApplicable() : mustNotBeLiteral(value);
}

/** Whether Terraform leaves an argument as it is after the first apply: `all`, the argument, or a block that it is in. */
function isIgnored(resource: Resource, path: string): boolean {
  return resource.each("lifecycle.ignore_changes").some(({ text = "" }) => {
    const isAround = path.startsWith(text) && /^$|^[.[]/.test(path.slice(text.length));
    return text === "all" || text === "*" || (text !== "" && isAround);
  });
}

function mustNotBeLiteral(value: Value): Verdict {
  const about = { attribute: value.path };
  if (!isWritten(value))
    return unknown(`\`${value.path}\` must not be a literal, and is known only after apply`, about);
  if (value.unknown || value.text === "") return pass();
  if (value.text !== undefined && !holdsSecret(value.text)) return pass();
  return fail(`\`${value.path}\` must not be a literal, got one of ${String(value.literal).length} characters`, about);
}
