import type { RenderedGroup, RenderedRule } from "./rule-tests";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration, sixty times shorter, at least so long as nothing can be shorter; whole seconds. */
export function shortened(duration: string, least = 0): string {
  const parts = [...duration.matchAll(/(\d+)([smhd])/g)];
  const seconds = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
  return `${Math.max(least, Math.round(seconds / 60))}s`;
}

/**
 * Groups whose `for`, `keep_firing_for` and intervals are sixty times shorter, an interval at least a second. Expressions stay
 * as they are, windows included.
 */
export function inSeconds(groups: readonly RenderedGroup[]): readonly RenderedGroup[] {
  return groups.map((group) => ({
    ...group,
    ...(group.interval !== undefined && { interval: shortened(group.interval, 1) }),
    rules: group.rules.map(ruleInSeconds),
  }));
}

function ruleInSeconds(rule: RenderedRule): RenderedRule {
  return {
    ...rule,
    ...(rule.for !== undefined && { for: shortened(rule.for) }),
    ...(rule.keep_firing_for !== undefined && { keep_firing_for: shortened(rule.keep_firing_for) }),
  };
}

/** A configuration of Alertmanager whose waits between notifications are sixty times shorter, each at least a second. */
export function waitsInSeconds<T>(value: T): T {
  if (Array.isArray(value)) return value.map((one: unknown) => waitsInSeconds(one)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      /^(group_wait|group_interval|repeat_interval)$/.test(key) ? shortened(String(one), 1) : waitsInSeconds(one),
    ]),
  ) as T;
}
