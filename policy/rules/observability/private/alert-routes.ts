import type { Value } from "../../../engine/value";

/** Labels of an alert. */
export type AlertLabels = Readonly<Record<string, string>>;

/** Names of the receivers that an alert goes to; undefined when the way there is only known later. */
export function receiversFor(config: Value, labels: AlertLabels): readonly string[] | undefined {
  const root = config.at("route");
  return root.unknown ? undefined : follow(root, labels, undefined);
}

/** Whether a receiver tells anybody: one without a `…_configs` swallows what it gets. */
export function tellsSomebody(config: Value, name: string): boolean {
  const receiver = config.each("receivers").find((one) => one.at("name").text === name);
  return receiver?.keys.some((key) => key.endsWith("_configs") && receiver.each(key).length > 0) ?? false;
}

/** Routes are tried in order; the first that matches takes the alert, unless it says `continue`. */
function follow(route: Value, labels: AlertLabels, inherited: string | undefined): readonly string[] | undefined {
  const receiver = route.at("receiver");
  if (receiver.unknown) return undefined;
  const own = receiver.text ?? inherited;
  const found: string[] = [];
  let taken = false;
  for (const child of route.each("routes")) {
    const matched = matches(child, labels);
    if (matched === undefined) return undefined;
    if (!matched) continue;
    const below = follow(child, labels, own);
    if (below === undefined) return undefined;
    found.push(...below);
    taken = true;
    if (child.at("continue").boolean !== true) break;
  }
  return taken ? found : own === undefined ? [] : [own];
}

function matches(route: Value, labels: AlertLabels): boolean | undefined {
  const listed = route.each("matchers").map(({ text }) => text);
  if (route.unknown || listed.includes(undefined)) return undefined;
  const read = listed.map((text) => MATCHER.exec(text ?? ""));
  const ofMaps = (["match", "match_re"] as const).flatMap((key) =>
    route
      .at(key)
      .keys.map((label) => [label, key === "match" ? "=" : "=~", route.at([key, label]).text ?? ""] as const),
  );
  const all = [
    ...read.map((parts) => [parts?.[1] ?? "", parts?.[2] ?? "", parts?.[3] ?? parts?.[4] ?? ""] as const),
    ...ofMaps,
  ];
  return all.every(([label, operator, value]) => holds(labels[label] ?? "", operator, value));
}

/** `severity="critical"`, with spaces and without quotes too. */
const MATCHER = /^\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*(?:"(.*)"|(.*?))\s*$/;

function holds(label: string, operator: string, value: string): boolean {
  if (operator === "=") return label === value;
  if (operator === "!=") return label !== value;
  const found = wholly(value)?.test(label) ?? false;
  return operator === "!~" ? !found : found;
}

/** Patterns of Alertmanager hold for the whole text; one that this engine cannot read matches nothing. */
function wholly(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
