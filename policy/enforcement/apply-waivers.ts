import type { Rule } from "../engine/rule";
import { daysBetween } from "./calendar-day";
import type { DecidedFinding, Notice } from "./policy-report";
import type { RunScope } from "./run-scope";
import type { PolicySettings } from "./settings";
import { isFor, isForStack } from "./waiver";
import type { Waiver } from "./waiver";

/** Findings after a step, and what there is to know about that step. */
export interface Applied {
  readonly findings: readonly DecidedFinding[];
  readonly notices: readonly Notice[];
}

/** What exceptions are applied with. */
export interface ApplyOptions {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly settings: PolicySettings;
  readonly scope: RunScope;
}

/**
 * Excepts findings that a waiver is for. One that has expired excepts nothing, and its finding says so. Of several that hold,
 * the one that holds longest is taken. None is for a rule that could not be applied.
 *
 * @param rules all rules there are, those that are off included
 */
export function applyWaivers(
  findings: readonly DecidedFinding[],
  waivers: readonly Waiver[],
  options: ApplyOptions & { readonly rules: readonly Rule[] },
): Applied {
  const use = new WaiverUse(waivers, options.today);
  const decided = findings.map((finding) => use.decide(finding));
  return { findings: decided, notices: [...offNotices(waivers, options), ...use.notices(options)] };
}

class WaiverUse {
  /** Waivers that except something, or would if they had not expired. */
  private readonly used = new Set<Waiver>();
  /** Waivers that hold for the same findings, by all of them; the finding is the first of them. */
  private readonly doubles = new Map<string, { waivers: readonly Waiver[]; subject: string; more: number }>();
  private readonly byRule = new Map<string, Waiver[]>();

  constructor(
    private readonly waivers: readonly Waiver[],
    private readonly today: string,
  ) {
    for (const waiver of waivers) this.byRule.set(waiver.rule, [...(this.byRule.get(waiver.rule) ?? []), waiver]);
  }

  decide(finding: DecidedFinding): DecidedFinding {
    if (finding.rule.waivable === false) return finding;
    const all = (this.byRule.get(finding.rule.id) ?? []).filter((waiver) => isFor(waiver, finding)).sort(byEnd);
    const holding = all.filter(({ expires }) => expires >= this.today);
    const [longest] = holding;
    const [latest] = all;
    (longest ? holding : all).forEach((waiver) => this.used.add(waiver));
    // A waiver excepts what a rule found, and a rule that threw has found nothing.
    if (finding.cause !== undefined) return finding;
    if (holding.length > 1) this.noteDouble(holding, finding.subject);
    if (longest) {
      const { reason, expires, ticket, where } = longest;
      return { ...finding, status: "waived", waiver: { reason, expires, ...(ticket && { ticket }), where } };
    }
    return latest ? { ...finding, note: `a waiver expired on ${latest.expires}: ${latest.reason}` } : finding;
  }

  notices({ settings, scope }: ApplyOptions): readonly Notice[] {
    return [
      ...[...this.doubles.values()].map(doubleNotice),
      ...this.waivers.flatMap((waiver) => {
        const mayBeUsed = scope.hasAsked(waiver.rule) && scope.hasStack((stack) => isForStack(waiver, stack));
        if (!this.used.has(waiver)) return mayBeUsed ? [this.unusedNotice(waiver)] : [];
        return endNotice(waiver, `the waiver for ${waiver.rule}`, { today: this.today, settings });
      }),
    ];
  }

  private noteDouble(waivers: readonly Waiver[], subject: string): void {
    const key = waivers.map((waiver) => this.waivers.indexOf(waiver)).join();
    const { more, subject: first } = this.doubles.get(key) ?? { more: -1, subject };
    this.doubles.set(key, { waivers, subject: first, more: more + 1 });
  }

  private unusedNotice({ rule, expires, where }: Waiver): Notice {
    const since = expires < this.today ? ` expired on ${expires} and` : "";
    return { level: "warning", message: `the waiver for ${rule}${since} waives nothing: remove it`, where };
  }
}

/** A word in time, while an exception still holds: none when its end is further away than the settings say. */
export function endNotice(
  { expires, reason, where }: Pick<Waiver, "expires" | "reason" | "where">,
  what: string,
  { today, settings }: Pick<ApplyOptions, "today" | "settings">,
): readonly Notice[] {
  const left = daysBetween(today, expires);
  if (left < 0 || left > settings.expiringSoonDays) return [];
  const when = left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days, on ${expires}`;
  return [{ level: "info", message: `${what} expires ${when}: ${reason}`, where }];
}

function doubleNotice({
  waivers,
  subject,
  more,
}: {
  readonly waivers: readonly Waiver[];
  readonly subject: string;
  readonly more: number;
}): Notice {
  const [longest] = waivers as [Waiver, ...Waiver[]];
  const places = waivers.map(({ where, expires }) => `${where} (until ${expires})`).join(" and ");
  const others = more > 0 ? ` and ${more} more` : "";
  const message = `${waivers.length} waivers for ${longest.rule} are for ${subject}${others}: ${places}; the first holds`;
  return { level: "warning", message, where: longest.where };
}

function offNotices(
  waivers: readonly Waiver[],
  { rules, settings, scope }: ApplyOptions & { readonly rules: readonly Rule[] },
): readonly Notice[] {
  return waivers.flatMap((waiver): Notice[] => {
    const why = scope.rules.has(waiver.rule) ? undefined : whyOff(waiver.rule, rules, settings);
    if (why === undefined || !scope.hasStack((stack) => isForStack(waiver, stack))) return [];
    return [{ level: "warning", message: `the waiver for ${waiver.rule} has no effect: ${why}`, where: waiver.where }];
  });
}

function whyOff(id: string, rules: readonly Rule[], { rules: set, packs }: PolicySettings): string | undefined {
  const rule = rules.find((one) => one.id === id);
  if (set[id]?.off !== undefined) return "the rule is off";
  if (!rule || rule.packs.some((pack) => packs.includes(pack))) return undefined;
  return `the rule is off, since no pack it is in is on (${rule.packs.join(", ")})`;
}

function byEnd(one: Waiver, other: Waiver): number {
  return one.expires === other.expires ? 0 : one.expires < other.expires ? 1 : -1;
}
