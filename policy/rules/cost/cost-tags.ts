import { environmentRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { providersOf } from "../private/stack-parts";
import type { Value } from "../../engine/value";

/** Each of these, under any of its names. */
const NEEDED = [
  ["Project", "Application"],
  ["Stage", "Environment", "Env"],
  ["Owner", "Team"],
];

const stack = (provider: object): TerraformJson => ({
  provider: { aws: [{ region: "us-east-1", ...provider }] },
  resource: { aws_s3_bucket: { models: { bucket: "models" } } },
});

function judgeProvider(provider: Value): Verdict {
  const tags = provider.at("default_tags.tags");
  const about = { attribute: tags.path };
  const keys = tags.keys.map((key) => key.toLowerCase());
  const missing = NEEDED.filter((names) => !names.some((name) => keys.includes(name.toLowerCase())));
  if (missing.length === 0) return pass();
  const message = `\`${tags.path}\` must hold ${missing.map(([name]) => name).join(", ")}, got ${tags.toString()}`;
  return tags.unknown ? unknown(message, about) : fail(message, about);
}

/** Asked of every configuration of the AWS provider; upper and lower case are the same. */
export const costTags = environmentRule({
  id: "FD-COST-007",
  slug: "cost-tags",
  title: "Everything is tagged with its project, stage and owner",
  severity: "low",
  packs: ["cost"],
  why: "What carries no tags is in nobody's bill, budgets do not see it, and whoever finds it running does not know whom to ask.",
  fix: "Set `default_tags.tags` of the AWS provider with Project, Stage and Owner.",
  judge: ({ graph }) =>
    providersOf(graph, "aws").map(({ subject, value }) => ({ subject, verdict: judgeProvider(value) })),
  examples: {
    failing: { terraform: stack({}) },
    passing: {
      terraform: stack({ default_tags: [{ tags: { Project: "atlas", Stage: "prod", Owner: "ml@example.com" } }] }),
    },
    unknown: { terraform: stack({ default_tags: [{ tags: "${var.tags}" }] }) },
  },
});
