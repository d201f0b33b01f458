/** What takes the place of a secret. */
export const REDACTED = "<redacted>";

/**
 * What looks like a secret in a line of a log. Each expression has one group, which is replaced; all are understood by RE2 and by
 * JavaScript alike.
 */
export const SECRET_EXPRESSIONS: readonly string[] = [
  // Access keys of AWS: the id, and the key where it is named.
  "\\b((?:AKIA|ASIA)[A-Z2-7]{16})\\b",
  "[Ss][Ee][Cc][Rr][Ee][Tt]_?[Aa][Cc][Cc][Ee][Ss][Ss]_?[Kk][Ee][Yy][\"']?\\s*[:=]\\s*[\"']?([A-Za-z0-9/+=]{40})",
  // Headers and JSON web tokens.
  "[Bb][Ee][Aa][Rr][Ee][Rr]\\s+([A-Za-z0-9._~+/-]{16,}=*)",
  "\\b(eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,})",
  // The password of an address: postgresql://user:password@host.
  "://[^\\s/:@\"']*:([^\\s/@\"']+)@",
  // Tokens of code hosts, Hugging Face and Slack.
  "\\b((?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abprs]-)[A-Za-z0-9_-]{16,})",
  // Assignments: password=…, "api_key": "…".
  "(?:[Pp][Aa][Ss][Ss][Ww](?:or)?[Dd]|[Aa][Pp][Ii]_?[Kk][Ee][Yy]|[Cc]lient_?[Ss]ecret|[Aa]ccess_?[Tt]oken|[Aa]uth_?[Tt]oken)" +
    "[\"']?\\s*[:=]\\s*[\"']?([^\\s\"',;&]{6,})",
  "-----BEGIN [A-Z ]*PRIVATE KEY-----(.+)",
];
