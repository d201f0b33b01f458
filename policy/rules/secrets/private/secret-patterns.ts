/** A secret that can be told by its form. */
export interface SecretPattern {
  /** With its article: `an AWS access key`. */
  readonly name: string;
  readonly pattern: RegExp;
}

/**
 * Forms that their issuers document. Each begins with fixed characters, so that looking for them takes time in proportion to the
 * text.
 */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  // Keys that end so are those of AWS's own documentation.
  { name: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?<!EXAMPLE)/ },
  { name: "a private key", pattern: /-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY-----/ },
  { name: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/ },
  { name: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/ },
  { name: "a Hugging Face token", pattern: /\bhf_[A-Za-z0-9]{34,}\b/ },
  { name: "an NVIDIA NGC key", pattern: /\bnvapi-[\w-]{60,}/ },
  { name: "an OpenAI or Anthropic key", pattern: /\bsk-(?:ant-|proj-|svcacct-)[\w-]{20,}/ },
  { name: "a Google API key", pattern: /\bAIza[\w-]{35}/ },
  { name: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { name: "a Slack webhook", pattern: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{20,}/ },
  { name: "a URL with a password", pattern: /:\/\/[^\s:/@"'<>{}$()]{1,64}:[^\s:/@"'<>{}$()*]{1,128}@[\w[]/ },
];

/** How each pattern begins or what is in each: most texts have none of it, and need not be looked at once for each. */
const HINT = /A[KS]IA|AIza|-----BEGIN|gh[pousr]_|github_pat_|glpat-|hf_|nvapi-|sk-|xox|hooks\.slack|:\/\//;

/**
 * The secrets that a text holds, by name. What an expression will put into it is left out.
 *
 * @example
 * secretsIn("postgres://mlflow:hunter2@db:5432/mlflow"); // ["a URL with a password"]
 */
export function secretsIn(text: string): readonly string[] {
  if (!HINT.test(text)) return [];
  const literal = text.replace(/\$\{[^{}]*\}/g, "${}");
  return SECRET_PATTERNS.filter(({ pattern }) => pattern.test(literal)).map(({ name }) => name);
}
