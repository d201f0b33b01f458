import type { RuleContext } from "./context";
import type { Finding, Judged } from "./result";
import type { Rule } from "./rule";
import type { Subject, SubjectPlace } from "./subject";
import type { Fault, Verdict } from "./verdict";

/** What one rule says of one thing. */
interface Answer {
  readonly outcome: Verdict["outcome"];
  readonly faults: readonly Fault[];
  readonly cause?: string;
}

/** A thing that is judged, as findings name it. */
interface Named {
  readonly place: SubjectPlace;
  readonly type: string;
  readonly subject: string;
}

/** Where a rule for the whole environment stands that threw before it named anything in it. */
const WHOLE: Named = {
  place: { stack: "environment", address: "environment" },
  type: "environment",
  subject: "the environment",
};

/**
 * Asks every rule about everything it is made for, once. The time is linear in the things that are judged: each one meets the
 * rules of its own type or kind only.
 *
 * A rule that throws, or answers with something that is no verdict, fails for the thing it was asked about and says why in
 * `cause`; all others go on.
 *
 * @returns findings sorted by rule id, stack, address, attribute and key, whatever the order of rules and inputs
 */
export function judge(rules: readonly Rule[], context: RuleContext): Judged {
  const run = new JudgeRun();
  const { resources, objects, changes } = context.graph;
  const ofTypes = byName(rules, (rule) => (rule.judges === "resource" ? rule.types : []));
  const ofKinds = byName(rules, (rule) => (rule.judges === "object" ? rule.kinds : []));
  for (const resource of resources)
    for (const rule of ofTypes.get(resource.type) ?? [])
      if (rule.judges === "resource") run.ask(rule, resource, () => rule.judge(resource, context));
  for (const object of objects)
    for (const rule of ofKinds.get(object.kind) ?? [])
      if (rule.judges === "object") run.ask(rule, object, () => rule.judge(object, context));
  for (const rule of rules) {
    if (rule.judges === "change") changes.forEach((change) => run.ask(rule, change, () => rule.judge(change, context)));
    if (rule.judges === "environment") run.askOfAll(rule, () => rule.judge(context));
  }
  return {
    findings: run.findings.sort(byPlace),
    counts: run.counts,
    subjects: { resources: resources.length, objects: objects.length, changes: changes.length },
    asked: run.asked,
    rules,
  };
}

class JudgeRun {
  readonly findings: Finding[] = [];
  readonly counts = { pass: 0, fail: 0, unknown: 0, "not-applicable": 0 };

  /** How often a rule about single things was asked. */
  asked = 0;

  ask(rule: Rule, subject: Subject, judgeIt: () => unknown): void {
    this.asked++;
    this.note(rule, () => nameOf(subject), attempt(judgeIt, toAnswer));
  }

  askOfAll(rule: Rule, judgeAll: () => unknown): void {
    const judgements = attempt(judgeAll, toJudgements);
    if ("cause" in judgements) {
      this.note(rule, () => WHOLE, judgements);
      return;
    }
    if (judgements.length === 0) this.counts["not-applicable"]++;
    for (const { subject, verdict } of judgements)
      this.note(
        rule,
        () => nameOf(subject),
        attempt(() => verdict, toAnswer),
      );
  }

  private note(rule: Rule, named: () => Named, { outcome, faults, cause }: Answer): void {
    this.counts[outcome]++;
    if (outcome !== "fail" && outcome !== "unknown") return;
    const about = cause === undefined ? { rule, outcome, ...named() } : { rule, outcome, ...named(), cause };
    for (const fault of faults) this.findings.push({ ...about, ...fault, message: shortened(fault.message) });
  }
}

/** Longest message of a finding, in characters: a value in it may be as long as its author likes. */
const LONGEST_MESSAGE = 2_000;

/** Rules of users may give anything for a message. */
function shortened(message: unknown): string {
  const text = String(message);
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

/** Each name with the rules that are made for it. */
function byName(rules: readonly Rule[], namesOf: (rule: Rule) => readonly string[]): ReadonlyMap<string, Rule[]> {
  const index = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const name of new Set(namesOf(rule))) {
      const named = index.get(name);
      if (named) named.push(rule);
      else index.set(name, [rule]);
    }
  return index;
}

/** Rules of users are plain JavaScript by the time they run, so that what they return is looked at before it is believed. */
function attempt<T>(
  ask: () => unknown,
  read: (answer: unknown) => T | string,
): T | (Answer & { readonly cause: string }) {
  try {
    const answer = read(ask());
    return typeof answer === "string" ? broken(answer) : answer;
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}

function broken(cause: string): Answer & { readonly cause: string } {
  return { outcome: "fail", faults: [{ message: `the rule could not be applied: ${cause}` }], cause };
}

/** The verdict, or what is wrong with it. */
function toAnswer(answer: unknown): Answer | string {
  if (answer instanceof Promise) return "it returned a promise, and a rule answers at once";
  if (typeof answer !== "object" || answer === null) return `it returned ${String(answer)}, which is no verdict`;
  const { outcome, faults } = answer as Partial<Answer>;
  if (outcome === "pass" || outcome === "not-applicable") return { outcome, faults: [] };
  if (outcome !== "fail" && outcome !== "unknown") return `it returned the outcome ${String(outcome)}, which is none`;
  if (!Array.isArray(faults) || faults.length === 0) return `it returned "${outcome}" without saying what is wrong`;
  return { outcome, faults };
}

/** The judgements of an environment rule, or what is wrong with them. */
function toJudgements(answer: unknown): readonly { readonly subject: Subject; readonly verdict: unknown }[] | string {
  if (!Array.isArray(answer)) return `it returned ${String(answer)}, which is no list of judgements`;
  const judgements = answer as readonly { readonly subject: Subject; readonly verdict: unknown }[];
  const nameless = judgements.some((judgement) => typeof judgement?.subject?.judged !== "string");
  return nameless ? "it returned a judgement without a subject" : judgements;
}

function nameOf(subject: Subject): Named {
  const { stack, address, path, trace } = subject;
  const place = { stack, address, ...(path === undefined ? {} : { path }), ...(trace === undefined ? {} : { trace }) };
  if (subject.judged !== "object") return { place, type: subject.type, subject: address };
  const { kind, namespace, name, chart } = subject;
  return {
    place: chart === undefined ? place : { ...place, chart },
    type: kind,
    subject: `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`,
  };
}

function byPlace(one: Finding, other: Finding): number {
  const keys = sortKeys(one);
  const others = sortKeys(other);
  for (const [index, key] of keys.entries()) {
    const against = others[index] ?? "";
    if (key !== against) return key < against ? -1 : 1;
  }
  return 0;
}

function sortKeys({ rule, place, subject, attribute = "", key = "", message }: Finding): readonly string[] {
  return [rule.id, place.stack, place.address, subject, attribute, key, message];
}
