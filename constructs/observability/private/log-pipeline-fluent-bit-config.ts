import { REDACTED } from "./log-pipeline-redaction";

/** What the configuration of Fluent Bit says. */
export interface FluentBitSettings {
  readonly namespace: string;
  readonly region: string;
  readonly logGroupName: string;
  /** Folder of the node for positions and for what could not be sent yet. */
  readonly stateFolder: string;
  readonly redactSecrets: boolean;
  readonly dropDebug: boolean;
}

/** What a section sets, in order. */
type Section = readonly [name: string, settings: Readonly<Record<string, string>>];

/** The configuration in Fluent Bit's own format. */
export function fluentBitConfig(settings: FluentBitSettings): string {
  const sections = [service(settings), input(settings), ...filters(settings), output(settings)];
  return sections.map(sectionText).join("\n");
}

function service({ stateFolder }: FluentBitSettings): Section {
  return [
    "SERVICE",
    {
      Flush: "5",
      Log_Level: "info",
      Parsers_File: "/fluent-bit/parsers/parsers.conf",
      HTTP_Server: "On",
      HTTP_Listen: "0.0.0.0",
      HTTP_Port: "2020",
      Health_Check: "On",
      "storage.path": `${stateFolder}/chunks`,
      "storage.backlog.mem_limit": "32M",
    },
  ];
}

/** What cannot be sent waits on the disk of the node, not in memory. Its own lines are left out, or an error would feed itself. */
function input({ stateFolder }: FluentBitSettings): Section {
  return [
    "INPUT",
    {
      Name: "tail",
      Tag: "kube.*",
      Path: "/var/log/containers/*.log",
      Exclude_Path: "/var/log/containers/fluent-bit-*.log",
      "multiline.parser": "cri",
      DB: `${stateFolder}/positions.db`,
      "DB.locking": "true",
      Read_from_Head: "On",
      Refresh_Interval: "10",
      Skip_Long_Lines: "On",
      "storage.type": "filesystem",
    },
  ];
}

function filters({ redactSecrets, dropDebug }: FluentBitSettings): readonly Section[] {
  const debug = '(?i)("(level|severity|levelname)"\\s*:\\s*"(debug|trace)"|\\blevel=(debug|trace)\\b)';
  return [
    [
      "FILTER",
      {
        Name: "multiline",
        Match: "kube.*",
        "multiline.key_content": "log",
        "multiline.parser": "python, java, go",
      },
    ],
    [
      "FILTER",
      {
        Name: "kubernetes",
        Match: "kube.*",
        Merge_Log: "Off",
        Labels: "Off",
        Annotations: "Off",
      },
    ],
    ...(dropDebug ? [["FILTER", { Name: "grep", Match: "kube.*", Exclude: `log ${debug}` }] as const] : []),
    ...(redactSecrets
      ? [["FILTER", { Name: "lua", Match: "kube.*", script: "/fluent-bit/etc/redact.lua", call: "redact" }] as const]
      : []),
  ];
}

function output({ region, logGroupName }: FluentBitSettings): Section {
  return [
    "OUTPUT",
    {
      Name: "cloudwatch_logs",
      Match: "kube.*",
      region,
      log_group_name: logGroupName,
      log_stream_prefix: "unnamed-",
      log_stream_template: "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']",
      auto_create_group: "false",
      Retry_Limit: "20",
      "storage.total_limit_size": "1G",
    },
  ];
}

function sectionText([name, settings]: Section): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key.padEnd(26)} ${value}`);
  return [`[${name}]`, ...lines, ""].join("\n");
}

/** Lua's patterns know no alternatives and no counts: each with what takes the place of what it finds. */
const PATTERNS: readonly (readonly [pattern: string, replacement: string])[] = [
  [`"A[KS]IA" .. string.rep("[A-Z2-7]", 16)`, REDACTED],
  [
    `"([Ss][Ee][Cc][Rr][Ee][Tt]_?[Aa][Cc][Cc][Ee][Ss][Ss]_?[Kk][Ee][Yy][\\"']?%s*[:=]%s*[\\"']?)[%w/+=]+"`,
    `%1${REDACTED}`,
  ],
  [`"([Bb][Ee][Aa][Rr][Ee][Rr]%s+)[%w%-%._~+/=]+"`, `%1${REDACTED}`],
  [`"eyJ[%w_%-]+%.eyJ[%w_%-]+%.[%w_%-]+"`, REDACTED],
  [`"(://[^%s/:@]*:)[^%s/@]+@"`, `%1${REDACTED}@`],
  [`"gh[pousr]_" .. string.rep("%w", 16) .. "%w*"`, REDACTED],
  [`"github_pat_[%w_]+"`, REDACTED],
  [`"glpat%-[%w_%-]+"`, REDACTED],
  [`"hf_" .. string.rep("%w", 16) .. "%w*"`, REDACTED],
  [`"xox[abprs]%-[%w%-]+"`, REDACTED],
  [`"([Pp][Aa][Ss][Ss][Ww][Oo]?[Rr]?[Dd][\\"']?%s*[:=]%s*[\\"']?)[^%s\\"',;&]+"`, `%1${REDACTED}`],
  [`"([Aa][Pp][Ii]_?[Kk][Ee][Yy][\\"']?%s*[:=]%s*[\\"']?)[^%s\\"',;&]+"`, `%1${REDACTED}`],
  [`"%-%-%-%-%-BEGIN [A-Z ]*PRIVATE KEY%-%-%-%-%-.*"`, REDACTED],
];

/** Takes what looks like a secret out of a record; 2 tells Fluent Bit that the record changed and its time did not. */
export const REDACT_SCRIPT = `local patterns = {
${PATTERNS.map(([pattern, replacement]) => `  { ${pattern}, "${replacement}" },`).join("\n")}
}

function redact(tag, timestamp, record)
  local log = record["log"]
  if type(log) ~= "string" then
    return 0, timestamp, record
  end
  for _, entry in ipairs(patterns) do
    log = log:gsub(entry[1], entry[2])
  end
  record["log"] = log
  return 2, timestamp, record
end
`;
