import { z } from "zod";
import { PACKS, SEVERITIES } from "../engine/rule";

const count = (what: string) => z.int().min(0).describe(what);
const day = (what: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe(what);
const level = z.enum(["hard", "soft", "advisory"]);

const location = z.strictObject({
  file: z.string().describe("Relative to the root of the project, with forward slashes."),
  line: z.int().min(1),
  column: z.int().min(1),
});

const waiver = z.strictObject({
  reason: z.string(),
  expires: day("The last day on which it holds."),
  ticket: z.string().optional(),
  where: z.string().describe("File and line, or the path of the construct it was written on."),
});

const rule = z.strictObject({
  id: z.string().describe("Never given to another rule, e.g. FD-EKS-001."),
  slug: z.string(),
  title: z.string().describe("What holds where the rule is kept."),
  severity: z.enum(SEVERITIES),
  packs: z.array(z.enum(PACKS)),
  why: z.string(),
  fix: z.string(),
  sameAs: z
    .strictObject({
      checkov: z.array(z.string()).optional(),
      trivy: z.array(z.string()).optional(),
      cdkNag: z.array(z.string()).optional(),
    })
    .optional()
    .describe("Ids under which other scanners have the same check."),
  waivable: z.boolean(),
});

const finding = z.strictObject({
  rule: z.string().describe("Id of one of `rules`."),
  level: level.describe("What it does while open: hard fails the synthesis, soft the check, advisory nothing."),
  status: z.enum(["open", "waived", "baselined", "overridden"]),
  outcome: z.enum(["fail", "unknown"]).describe("unknown: only known when Terraform applies."),
  message: z.string(),
  type: z.string().describe("Type of resource or kind of object."),
  subject: z.string().describe("What the thing is called in messages."),
  stack: z.string().describe("Stack, or the file when it is of no stack."),
  address: z.string().describe("Address in its stack, or Kind/namespace/name of an object."),
  path: z.string().optional().describe("Path in the tree of constructs."),
  attribute: z.string().optional().describe("Path of the argument or field."),
  key: z.string().optional().describe("Tells it from others of its rule at its place."),
  trace: z.array(location).optional().describe("Where the thing is defined, the innermost place first."),
  cause: z.string().optional().describe("What the rule threw."),
  waiver: waiver.optional().describe("What excepts it."),
  note: z.string().optional(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe("The same in the next run, whatever line and message say by then."),
});

const report = z.strictObject({
  name: z.string(),
  stage: z.enum(["dev", "staging", "prod"]),
  date: day("The day of the run."),
  inputs: z.array(z.string()),
  packs: z.array(z.string()),
  subjects: z.strictObject({
    resources: count("Resources looked at."),
    objects: count("Kubernetes objects looked at."),
    changes: count("Planned changes looked at."),
  }),
  counts: z.strictObject({
    rules: count("Rules asked."),
    pass: count("Checks that passed."),
    fail: count("Checks that failed."),
    unknown: count("Checks that cannot be decided before apply."),
    notApplicable: count("Checks that had nothing to say."),
  }),
  open: z.strictObject({
    hard: count("Open findings that fail the synthesis."),
    soft: count("Open findings that fail the check."),
    advisory: count("Open findings that fail nothing."),
  }),
  failed: z.enum(["no", "soft", "hard"]).describe("The worst that is open; hard too when nothing was judged."),
  rules: z.array(rule).describe("Rules with a finding, by id."),
  findings: z.array(finding),
  notices: z.array(
    z.strictObject({ level: z.enum(["info", "warning"]), message: z.string(), where: z.string().optional() }),
  ),
});

/** What the JSON report holds. A new version is a change that breaks a reader; a field that comes to it is none. */
export const jsonReportSchema = z.strictObject({
  version: z.literal(1),
  reports: z.array(report),
});

/** The JSON report. */
export type JsonReport = z.infer<typeof jsonReportSchema>;

/** One finding of it. */
export type JsonFinding = JsonReport["reports"][number]["findings"][number];

/** The JSON schema of the report, draft 7. */
export function policyReportJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: "Flightdeck policy report", ...z.toJSONSchema(jsonReportSchema, { target: "draft-7" }) };
}
