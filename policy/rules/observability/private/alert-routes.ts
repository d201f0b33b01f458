import type { Value } from "../../../engine/value";

/** Labels of an alert. */
export type AlertLabels = Readonly<Record<string, string>>;

/** Where an alert ends, with what the route there has of its own or from those above it. */
export interface Destination {
  /** Name of the receiver. */
  readonly receiver: string;
  /** Seconds between two notifications of an alert that goes on; undefined when only known later. */
  readonly everySeconds: number | undefined;
}

/** Names of the receivers that an alert goes to; undefined when the way there is only known later. */
export function receiversFor(config: Value, labels: AlertLabels): readonly string[] | undefined {
  return destinationsOf(config, labels)?.map(({ receiver }) => receiver);
}

/** Where an alert goes; undefined when the way there is only known later. */
export function destinationsOf(config: Value, labels: AlertLabels): readonly Destination[] | undefined {
  const root = config.at("route");
  return root.unknown ? undefined : follow(root, labels, DEFAULTS);
}

/** Whether a receiver tells anybody: one without a `…_configs` swallows what it gets. */
export function tellsSomebody(config: Value, name: string): boolean {
  const receiver = config.each("receivers").find((one) => one.at("name").text === name);
  return receiver?.keys.some((key) => key.endsWith("_configs") && receiver.each(key).length > 0) ?? false;
}

/** What a route hands down to those below it. */
interface Inherited {
  readonly receiver?: string;
  readonly group_interval: number | undefined;
  readonly repeat_interval: number | undefined;
}

/** What Alertmanager takes where nothing is said. */
const DEFAULTS: Inherited = { group_interval: 5 * 60, repeat_interval: 4 * 3600 };

/** Routes are tried in order; the first that matches takes the alert, unless it says `continue`. */
function follow(route: Value, labels: AlertLabels, inherited: Inherited): readonly Destination[] | undefined {
  const receiver = route.at("receiver");
  if (receiver.unknown) return undefined;
  const own: Inherited = {
    receiver: receiver.text ?? inherited.receiver,
    group_interval: seconds(route.at("group_interval"), inherited.group_interval),
    repeat_interval: seconds(route.at("repeat_interval"), inherited.repeat_interval),
  };
  const found: Destination[] = [];
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
  if (taken) return found;
  return own.receiver === undefined ? [] : [{ receiver: own.receiver, everySeconds: everySeconds(own) }];
}

/** A repeat goes out when the group is looked at next, so never more often than that. */
function everySeconds({ group_interval: looks, repeat_interval: repeats }: Inherited): number | undefined {
  return looks === undefined || repeats === undefined ? undefined : Math.max(looks, repeats);
}

const UNITS = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/** A duration as Prometheus writes it, `1h30m`; undefined when it cannot be read. */
function seconds(value: Value, inherited: number | undefined): number | undefined {
  if (value.absent) return inherited;
  const text = value.unknown ? "" : (value.text ?? "");
  if (!/^(\d+(w|d|h|ms|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(w|d|h|ms|m|s)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
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
