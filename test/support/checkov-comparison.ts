import type { CheckovVerdict } from "../../bench/checkov/scan";
import type { Rule } from "../../policy/engine/rule";
import { Resource, type KubernetesObject, type Subject } from "../../policy/engine/subject";
import type { Case } from "./checkov-cases";

/** What our rules say where checkov says pass or fail; `nothing` when none of them is made for it. */
export type Ours = "fail" | "unknown" | "pass" | "not-applicable" | "nothing";

/** What both said of one check at one place. */
export interface Compared {
  readonly check: string;
  readonly where: Case;
  readonly subject: Subject;
  readonly ours: Ours;
  readonly theirs: "pass" | "fail";
  /** How they differ; undefined when they agree. */
  readonly difference?: Difference;
}

/** The ways to disagree, as the decision record names them. */
export type Difference = "fails here only" | "fails there only" | "not asked here" | "unknown here";

const WORST: readonly Ours[] = ["fail", "unknown", "pass", "not-applicable"];

/** Puts checkov's verdicts beside our own. */
export class Comparison {
  readonly compared: Compared[] = [];
  /** Verdicts about something that we do not know: providers, or a mistake of this comparison. */
  readonly unplaced: CheckovVerdict[] = [];
  private readonly rulesOf = new Map<string, Rule[]>();
  private readonly cases: ReadonlyMap<string, Case>;
  private readonly failedThere = new Set<string>();
  private readonly settled = new Map<string, Compared>();
  private readonly verdicts = new Map<string, Ours>();

  constructor(cases: readonly Case[], rules: readonly Rule[]) {
    this.cases = new Map(cases.map((one) => [one.id, one]));
    for (const rule of rules)
      for (const check of rule.sameAs?.checkov ?? [])
        this.rulesOf.set(check, [...(this.rulesOf.get(check) ?? []), rule]);
  }

  /** Cases that others are made of first. */
  add(verdicts: readonly CheckovVerdict[]): void {
    const placed = verdicts.flatMap((verdict) => {
      const place = this.place(verdict);
      if (!place) this.unplaced.push(verdict);
      return place ? [{ verdict, ...place }] : [];
    });
    for (const { verdict, where, subject } of placed)
      if (!verdict.passed) this.failedThere.add(keyOf(verdict.check, where, subject));
    const inOrder = [...placed.filter(({ where }) => !where.base), ...placed.filter(({ where }) => where.base)];
    for (const { verdict, where, subject } of inOrder) this.compare(verdict, where, subject);
  }

  /** Whether one of these rules reports, there or at what belongs to it, what checkov finds and the rules of its check do not. */
  isReported({ where, subject, difference }: Compared, ids: readonly string[], rules: readonly Rule[]): boolean {
    if (difference !== "fails there only" && difference !== "not asked here") return false;
    const places = [subject, ...neighboursOf(where, subject)];
    const named = rules.filter(({ id }) => ids.includes(id));
    return named.some((rule) =>
      places.some((one) => isFor(rule, one) && ["fail", "unknown"].includes(this.verdict(rule, where, one))),
    );
  }

  private compare({ check, passed }: CheckovVerdict, where: Case, subject: Subject): void {
    if (subject instanceof Resource && where.touched?.has(`${subject.stack} ${subject.address}`) === false) return;
    const theirs = passed ? "pass" : "fail";
    const rules = this.rulesOf.get(check) ?? [];
    const answers = rules.map((rule) => ({ rule, ours: this.ask(rule, where, subject, theirs) }));
    const ours = WORST.find((one) => answers.some((answer) => answer.ours === one)) ?? "nothing";
    const before = where.base && this.settled.get(keyOf(check, where.base, subject));
    // A mutant is compared where the change made a difference to either.
    if (before?.ours === ours && before.theirs === theirs) return;
    const failing = answers.filter((answer) => answer.ours === "fail").map(({ rule }) => rule);
    if (ours === "fail" && passed && this.isOfSibling(failing, where, subject)) return;
    const difference = differenceOf(ours, theirs);
    const compared = { check, where, subject, ours, theirs, ...(difference && { difference }) } as const;
    this.settled.set(keyOf(check, where, subject), compared);
    this.compared.push(compared);
  }

  /** Whether what a rule finds is what another check finds that it stands for. */
  private isOfSibling(failing: readonly Rule[], where: Case, subject: Subject): boolean {
    return failing.every((rule) =>
      (rule.sameAs?.checkov ?? []).some((sibling) => this.failedThere.has(keyOf(sibling, where, subject))),
    );
  }

  /** Where a rule has nothing to say, what it says of the things that belong to it: either may name one end of a link. */
  private ask(rule: Rule, where: Case, subject: Subject, theirs: "pass" | "fail"): Ours {
    const own = isFor(rule, subject) ? this.verdict(rule, where, subject) : undefined;
    if (own !== undefined && (own !== "not-applicable" || theirs === "pass")) return own;
    const others = [...neighboursOf(where, subject), ...(theirs === "fail" ? madeOf(where, subject) : [])];
    const near = others.filter((one) => isFor(rule, one));
    const said = near.map((one) => this.verdict(rule, where, one));
    return WORST.find((one) => said.includes(one)) ?? own ?? "nothing";
  }

  private verdict(rule: Rule, where: Case, subject: Subject): Ours {
    const key = `${keyOf(rule.id, where, subject)}`;
    const known = this.verdicts.get(key);
    if (known) return known;
    const outcome = judgeOne(rule, where, subject);
    this.verdicts.set(key, outcome);
    return outcome;
  }

  private place({ file, resource, line }: CheckovVerdict): { where: Case; subject: Subject } | undefined {
    const [, id = "", part = ""] = file.split("/");
    const where = this.cases.get(id);
    const object = /^(\d+)\.json$/.exec(part)?.[1];
    const subject = object === undefined ? where?.resources(part, resource, line) : where?.objects[Number(object)];
    return where && subject ? { where, subject } : undefined;
  }
}

function differenceOf(ours: Ours, theirs: "pass" | "fail"): Difference | undefined {
  if (ours === "unknown") return "unknown here";
  if (theirs === "pass") return ours === "fail" ? "fails here only" : undefined;
  if (ours === "fail") return undefined;
  return ours === "pass" ? "fails there only" : "not asked here";
}

function judgeOne(rule: Rule, { context }: Case, subject: Subject): Ours {
  if (rule.judges === "resource" && subject.judged === "resource") return rule.judge(subject, context).outcome;
  if (rule.judges === "object" && subject.judged === "object") return rule.judge(subject, context).outcome;
  if (rule.judges !== "environment") return "nothing";
  const { stack, address } = subject;
  const said = rule.judge(context).filter(({ subject: of }) => of.stack === stack && of.address === address);
  return WORST.find((one) => said.some(({ verdict }) => verdict.outcome === one)) ?? "pass";
}

function isFor(rule: Rule, subject: Subject): boolean {
  if (rule.judges === "environment") return true;
  if (rule.judges === "object") return subject.judged === "object" && rule.kinds.includes(subject.kind);
  if (rule.judges !== "resource" || subject.judged !== "resource") return false;
  return subject.mode === "managed" && rule.types.includes(subject.type);
}

function neighboursOf({ context: { graph } }: Case, subject: Subject): readonly Subject[] {
  if (subject instanceof Resource) {
    const targets = Object.keys(subject.values).flatMap((name) => graph.targets(subject.at([name])));
    return [...new Set([...targets, ...graph.referrers(subject)])];
  }
  const { namespace } = subject as KubernetesObject;
  return graph.objects.filter(({ name, namespace: of }) => name === namespace || of === namespace);
}

/** The Kubernetes object that a resource makes: it is asked about here, where checkov reads the resource. */
function madeOf({ context: { graph } }: Case, subject: Subject): readonly Subject[] {
  if (!(subject instanceof Resource) || !subject.type.startsWith("kubernetes_")) return [];
  const [name, namespace] = [subject.at("metadata.name").text, subject.at("metadata.namespace").text];
  const type = subject.type.replaceAll("_", "");
  return graph.objects.filter(
    (one) => one.name === name && one.namespace === namespace && type.includes(one.kind.toLowerCase()),
  );
}

function keyOf(name: string, where: Case, { stack, address }: Subject): string {
  return [name, where.id, stack, address].join(" ");
}
