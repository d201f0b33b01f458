import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import { providersOf } from "../private/stack-parts";

const stack = (stage: string): Example => ({
  terraform: { provider: { aws: [{ default_tags: [{ tags: { Project: "atlas", Stage: stage } }] }] } },
  environment: { project: "atlas", others: [{ project: "atlas", stage: "dev", account: "222222222222" }] },
});

function tag(tags: Value, ...names: readonly string[]): Value | undefined {
  const key = tags.keys.find((one) => names.includes(one.toLowerCase()));
  return key === undefined ? undefined : tags.at([key]);
}

/** Default tags of the AWS provider. Whether there are any is asked by `cost-tags`. */
export const cloneOwnTags = environmentRule({
  id: "FD-CLONE-004",
  slug: "clone-own-tags",
  title: "Resources are not tagged as another environment's",
  severity: "medium",
  packs: ["baseline", "cost"],
  why: "Costs, budgets and clean-up jobs go by tags: a copied stage puts production on development's bill, or on its list of things to delete.",
  fix: "Set Project and Stage in `default_tags.tags` to the environment's own.",
  judge: ({ environment, graph }) =>
    environment.others.length === 0
      ? []
      : providersOf(graph, "aws").map(({ subject, value }) => {
          const tags = value.at("default_tags.tags");
          const stage = tag(tags, "stage", "environment", "env");
          const project = tag(tags, "project", "application")?.literal ?? environment.project;
          const other = environment.others.find((one) => one.project === project && one.stage === stage?.literal);
          const isOwn = project === environment.project && stage?.literal === environment.stage;
          if (other === undefined || stage === undefined || isOwn) return { subject, verdict: pass() };
          const message = `\`${stage.path}\` must be this environment's, got ${stage.toString()}, which is ${other.project}/${other.stage}`;
          return { subject, verdict: fail(message, { attribute: stage.path }) };
        }),
  examples: { failing: stack("dev"), passing: stack("prod") },
});
