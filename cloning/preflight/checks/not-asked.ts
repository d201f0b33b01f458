import type { Answer, QuestionError } from "../answer";
import type { PreflightFinding } from "../finding";

const MOST_SHOWN = 6;

/** What could not be found out, by the permission it needs. */
export function notAskedFindings(answers: readonly Answer<unknown>[]): PreflightFinding[] {
  const byAction = new Map<string, { error: QuestionError; questions: string[] }>();
  for (const answer of answers) {
    if (answer.known) continue;
    const { error, what } = answer;
    const key = error.refusal === "denied" ? error.action : `${error.action} ${error.detail}`;
    const entry = byAction.get(key) ?? { error, questions: [] };
    entry.questions.push(what);
    byAction.set(key, entry);
  }
  return [...byAction.values()].map(({ error, questions }) => findingOf(error, questions));
}

function findingOf({ action, refusal, detail }: QuestionError, questions: readonly string[]): PreflightFinding {
  const rest = questions.length - MOST_SHOWN;
  const shown = rest > 0 ? [...questions.slice(0, MOST_SHOWN), `and ${rest} more`] : questions;
  const reason = refusal === "denied" ? `needs ${action}` : `${action} failed`;
  return {
    kind: "not-asked",
    title: `could not be asked: ${reason}`,
    facts: [...shown.map((what, index) => [index === 0 ? "unknown" : "", what] as const), ["AWS said", detail]],
  };
}
