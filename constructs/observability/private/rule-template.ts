/** What an annotation or label of an alert asks Prometheus to fill in. */
export interface TemplateReading {
  /** Labels it names. */
  readonly labels: readonly string[];
  /** What Prometheus could not fill in, or nobody can check. */
  readonly problems: readonly string[];
}

/**
 * Reads the text of an annotation: plain text with `{{ $labels.x }}`, `{{ $value | humanize }}` and their like in it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
export function readTemplate(text: string): TemplateReading {
  const actions = [...text.matchAll(ACTION)].map(([, action = ""]) => action);
  const labels = actions.flatMap((action) => [...withoutTexts(action).matchAll(LABEL)].map(([, label = ""]) => label));
  return {
    labels: [...new Set(labels)],
    problems: [...bracesProblems(text), ...blockProblems(actions), ...actions.flatMap(actionProblems)],
  };
}

function bracesProblems(text: string): readonly string[] {
  return /\{\{|\}\}/.test(text.replace(ACTION, "")) ? ["must close every `{{` with `}}`"] : [];
}

function blockProblems(actions: readonly string[]): readonly string[] {
  const opened = actions.filter((action) => action.startsWith("if ")).length;
  const closed = actions.filter((action) => action === "end").length;
  return opened === closed ? [] : ["must end every `{{ if }}` with `{{ end }}`"];
}

function actionProblems(action: string): readonly string[] {
  if (action === "") return ["must name something between `{{` and `}}`"];
  const words = withoutTexts(action)
    .replace(VARIABLE, " ")
    .split(/[\s|()]+/)
    .filter((word) => word !== "" && !NUMBER.test(word));
  return words
    .filter((word) => !FUNCTIONS.has(word))
    .map((word) => `must use variables and functions of Prometheus's templates, not \`${word}\``);
}

function withoutTexts(action: string): string {
  return action.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, " ");
}

const ACTION = /\{\{-?\s*((?:"(?:[^"\\]|\\.)*"|`[^`]*`|(?!\}\}).)*?)\s*-?\}\}/gs;
const LABEL = /\$labels\.(\w+)/g;
const VARIABLE = /\$(?:labels|externalLabels)\.\w+|\$value\b|\$externalURL\b/g;
const NUMBER = /^-?\d+(\.\d+)?$/;
const FUNCTIONS = new Set([
  ...["if", "else", "end", "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "print", "printf", "urlquery"],
  ...["humanize", "humanize1024", "humanizeDuration", "humanizePercentage", "humanizeTimestamp"],
  ...["title", "toUpper", "toLower", "stripPort", "stripDomain", "match", "reReplaceAll", "parseDuration", "toTime"],
]);
