import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { findByName } from "../private/other-environments";
import { judgeTexts } from "./private/judge-texts";

const bucket = (name: string): Example => ({
  terraform: { resource: { aws_s3_bucket: { models: { bucket: name } } } },
  environment: { project: "atlas", others: [{ project: "atlas", stage: "dev", account: "222222222222" }] },
});

/** Project and stage beside each other: `atlas-dev-models`, `atlas/dev/mlflow`. */
export const cloneOtherName = environmentRule({
  id: "FD-CLONE-002",
  slug: "clone-other-name",
  title: "Nothing holds the name of another environment",
  severity: "high",
  packs: ["baseline"],
  why: "It is what a copied file leaves behind: production reads the models of development, or fails to start because the name is taken.",
  fix: "Make names of the environment's own project and stage.",
  judge: (context) => {
    const { environment } = context;
    if (environment.others.length === 0) return [];
    const find = findByName(environment);
    return judgeTexts(context, (text) => {
      const other = find(text);
      return other && `must not name ${other.project}/${other.stage}, got "${shortened(text)}"`;
    });
  },
  examples: { failing: bucket("atlas-dev-models"), passing: bucket("atlas-prod-models") },
});

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const LONGEST_SHOWN = 80;
